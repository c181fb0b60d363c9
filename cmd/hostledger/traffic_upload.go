package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/hostledger/hostledger/client"
)

// trafficLine is the traffic of a day with the line of a file it comes from.
type trafficLine struct {
	number  int
	name    string // of the site, looked up when there is no id
	traffic client.WebspaceSetTraffic
}

// lineError says why a line was not stored.
type lineError struct {
	number int
	err    error
}

// upload sends traffic to a server and remembers the sites it has looked up.
type upload struct {
	server *client.Client
	sites  map[string]client.Result // by name
}

// send sends lines as one packet and returns what became of each, nil for
// stored. The error is about all of them.
func (u *upload) send(ctx context.Context, lines []trafficLine) ([]error, error) {
	if err := u.lookUp(ctx, lines); err != nil {
		return nil, err
	}
	outcomes := make([]error, len(lines))
	var days []client.WebspaceSetTraffic
	var sent []int // the line of each day
	for i, line := range lines {
		if line.name != "" {
			site := u.sites[line.name]
			line.traffic.DomID = site.ID
			outcomes[i] = line.refusedBy(&site)
		}
		if outcomes[i] == nil {
			days = append(days, line.traffic)
			sent = append(sent, i)
		}
	}
	results, err := u.server.SetTraffic(ctx, days)
	for i := range results {
		outcomes[sent[i]] = lines[sent[i]].refusedBy(&results[i])
	}
	return outcomes, err
}

// refusedBy returns a result's error, and says whose it is if it does not.
func (l trafficLine) refusedBy(result *client.Result) error {
	err := result.Err()
	switch {
	case err == nil, result.FilterID != "":
		return err
	case l.name != "":
		return fmt.Errorf("%s: %w", l.name, err)
	}
	return fmt.Errorf("%d: %w", l.traffic.DomID, err)
}

// lookUp finds the sites whose names are new.
func (u *upload) lookUp(ctx context.Context, lines []trafficLine) error {
	var names []string
	for _, line := range lines {
		if _, known := u.sites[line.name]; !known && line.name != "" {
			names = append(names, line.name)
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	results, err := u.server.SiteIDs(ctx, names)
	for i := range results {
		u.sites[names[i]] = results[i]
	}
	return err
}

// refusedLines lists the lines whose outcome is an error.
func refusedLines(lines []trafficLine, outcomes []error) (refused []lineError) {
	for i, err := range outcomes {
		if err != nil {
			refused = append(refused, lineError{lines[i].number, err})
		}
	}
	return refused
}
