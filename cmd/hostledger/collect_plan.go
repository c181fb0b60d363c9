package main

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/internal/collect"
	"github.com/hostledger/hostledger/internal/table"
	"github.com/hostledger/hostledger/ledger"
)

// plannedDay is a row of what would be sent.
type plannedDay struct {
	Target string `json:"target"`
	Site   string `json:"site"`    // its domains that have traffic
	SiteID int64  `json:"site_id"` // 0: of no site yet, so that it would wait
	client.Day
}

// printPlans prints what targets would be sent.
func (o *collectOnceCommand) printPlans(plans []collect.Plan) error {
	t := &table.Table{Columns: []table.Column{
		{Heading: "Target", Name: "target"}, {Heading: "Date", Name: "date"}, {Heading: "Site", Name: "site"},
		{Heading: "ID", Name: "site_id", Right: true},
	}}
	for _, name := range ledger.CounterNames {
		t.Columns = append(t.Columns, table.Column{Heading: name, Name: name, Right: true})
	}
	days := []plannedDay{}
	for _, plan := range plans {
		for _, d := range plan.Days {
			days = append(days, plannedDay{plan.Target, d.Domains, d.SiteID, dayOf(&d.SiteTraffic)})
			t.Rows = append(t.Rows, planRow(plan.Target, &d))
		}
	}
	return o.print(days, t)
}

func dayOf(d *ledger.SiteTraffic) client.Day {
	return client.Day{
		Date: d.Date, HTTPIn: d.HTTPIn, HTTPOut: d.HTTPOut, FTPIn: d.FTPIn, FTPOut: d.FTPOut,
		SMTPIn: d.SMTPIn, SMTPOut: d.SMTPOut, POP3IMAPIn: d.POP3IMAPIn, POP3IMAPOut: d.POP3IMAPOut,
	}
}

func planRow(target string, d *collect.PlannedDay) []string {
	id := "none"
	if d.SiteID > 0 {
		id = strconv.FormatInt(d.SiteID, 10)
	}
	row := []string{target, d.Date.String(), d.Domains, id}
	for _, bytes := range d.List() {
		row = append(row, strconv.FormatInt(*bytes, 10))
	}
	return row
}

// unresolved says which targets could not be asked for their sites.
func unresolved(plans []collect.Plan) error {
	var errs []error
	for _, plan := range plans {
		if plan.Unresolved != nil {
			errs = append(errs, fmt.Errorf("%s could not be asked for its sites: %w", plan.Target, plan.Unresolved))
		}
	}
	return errors.Join(errs...)
}
