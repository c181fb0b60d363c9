package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/internal/trafficfile"
	"github.com/hostledger/hostledger/ledger"
)

// importer stores the traffic of files in a ledger and remembers the sites it
// has looked up.
type importer struct {
	ledger   *ledger.Ledger
	isDry    bool
	refusals *importRefusals
	bar      *progress
	sites    map[string]int64 // by name; 0 for a name that no site has
	ids      map[int64]bool   // whether there is a site

	records int
	bytes   uint64
	of      map[int64]bool // sites that have records
	days    map[ledger.Date]bool
}

func newImporter(l *ledger.Ledger, isDry bool, refusals *importRefusals, bar *progress) *importer {
	return &importer{
		ledger: l, isDry: isDry, refusals: refusals, bar: bar,
		sites: map[string]int64{}, ids: map[int64]bool{}, of: map[int64]bool{}, days: map[ledger.Date]bool{},
	}
}

// lookUp finds the sites of records.
func (i *importer) lookUp(ctx context.Context, records []trafficfile.Record) error {
	var names []string
	for r := range records {
		record := &records[r]
		_, isKnown := i.ids[record.SiteID]
		switch {
		case record.SiteID == 0:
			names = append(names, record.Name)
		case !isKnown:
			id := strconv.FormatInt(record.SiteID, 10)
			found, err := i.ledger.FindSites(ctx, server.Admin, ledger.Filter{By: ledger.ByID, Values: []string{id}})
			if err != nil {
				return err
			}
			i.ids[record.SiteID] = found[0].Err == nil
		}
	}
	return i.lookUpNames(ctx, names)
}

func (i *importer) lookUpNames(ctx context.Context, names []string) error {
	for _, name := range names {
		if _, isKnown := i.sites[name]; isKnown {
			continue
		}
		found, err := i.ledger.SitesNamed(ctx, server.Admin, []string{name})
		if err != nil {
			return err
		}
		i.sites[name] = found[0]
	}
	return nil
}

// siteOf returns the id of a record's site, 0 for none.
func (i *importer) siteOf(record *trafficfile.Record) int64 {
	if record.SiteID == 0 {
		return i.sites[record.Name]
	}
	if !i.ids[record.SiteID] {
		return 0
	}
	return record.SiteID
}

// store stores records, of which each has its site.
func (i *importer) store(ctx context.Context, file string, records []trafficfile.Record) error {
	outcomes := make([]error, len(records))
	if !i.isDry {
		days := make([]ledger.SiteTraffic, len(records))
		for r := range records {
			days[r] = records[r].SiteTraffic
		}
		var err error
		if outcomes, err = i.ledger.SetSiteTraffic(ctx, server.Admin, days); err != nil {
			return err
		}
	}
	for r := range records {
		if outcomes[r] != nil {
			i.refusals.add(file, &trafficfile.LineError{Record: records[r], Err: outcomes[r]})
			continue
		}
		i.records++
		i.bytes = ledger.AddBytes(i.bytes, bytesOf(&records[r]))
		i.of[records[r].SiteID], i.days[records[r].Date] = true, true
	}
	return nil
}

// bytesOf adds up the counters of a record, none of which is negative.
func bytesOf(record *trafficfile.Record) (sum uint64) {
	for _, counter := range record.List() {
		sum = ledger.AddBytes(sum, uint64(*counter)) //nolint:gosec // not negative
	}
	return sum
}

// summary tells what was stored.
func (i *importer) summary() string {
	stored := "stored"
	if i.isDry {
		stored = "would be stored"
	}
	return fmt.Sprintf("%s %s: %s, %s, %d bytes", countRecords(i.records), stored, plural(len(i.of), "site"), plural(len(i.days), "day"), i.bytes)
}

func countRecords(n int) string { return plural(n, "record") }

// asciiName returns the form of a domain name that is the same however it was
// written.
func asciiName(name string) string {
	if parsed, err := ledger.ParseDomainName(name); err == nil {
		return parsed.ASCII
	}
	return name
}
