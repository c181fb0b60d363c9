package main

import (
	"context"
	"errors"
	"math/big"
	"strconv"

	"github.com/dustin/go-humanize"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/internal/table"
	"github.com/hostledger/hostledger/ledger"
)

type trafficGetCommand struct {
	subscriptions `embed:""`
	Since         ledger.Date `placeholder:"YYYY-MM-DD" help:"First day; without it the day of creation or of the oldest record."`
	To            ledger.Date `placeholder:"YYYY-MM-DD" help:"Last day; without it today."`
	Human         bool        `xor:"form" help:"Print sizes as people say them, such as 4.2 GiB."`
	output        `embed:""`
	connection    `embed:""`
}

func (g *trafficGetCommand) Run(ctx context.Context) error {
	server, err := g.client()
	if err != nil {
		return err
	}
	request := client.WebspaceGetTraffic{Filter: g.filter()}
	if g.Since != 0 {
		request.SinceDate = &g.Since
	}
	if g.To != 0 {
		request.ToDate = &g.To
	}
	days, err := getTraffic(ctx, server, request)
	if len(days) == 0 && err != nil {
		return err
	}
	return errors.Join(g.print(days, trafficTable(days, g.Human)), err)
}

// trafficDay is the traffic of a subscription on a day, with their sum.
type trafficDay struct {
	ID int64 `json:"id"`
	day
	Total *big.Int `json:"total"` // eight counters of 64 bits may need more than 64
}

// day is a client.Day.
type day struct {
	Date        ledger.Date `json:"date"`
	HTTPIn      int64       `json:"http_in"`
	HTTPOut     int64       `json:"http_out"`
	FTPIn       int64       `json:"ftp_in"`
	FTPOut      int64       `json:"ftp_out"`
	SMTPIn      int64       `json:"smtp_in"`
	SMTPOut     int64       `json:"smtp_out"`
	POP3IMAPIn  int64       `json:"pop3_imap_in"`
	POP3IMAPOut int64       `json:"pop3_imap_out"`
}

// getTraffic lists the days of the subscriptions found. The error is about the
// others too.
func getTraffic(ctx context.Context, server *client.Client, request client.WebspaceGetTraffic) ([]trafficDay, error) {
	results, err := client.Do(ctx, server, request)
	days := []trafficDay{}
	for _, result := range results {
		for _, d := range result.Days {
			total := new(big.Int)
			for _, bytes := range counters(day(d)) {
				total.Add(total, big.NewInt(bytes))
			}
			days = append(days, trafficDay{ID: result.ID, day: day(d), Total: total})
		}
	}
	return days, err
}

func counters(d day) [8]int64 {
	return [8]int64{d.HTTPIn, d.HTTPOut, d.FTPIn, d.FTPOut, d.SMTPIn, d.SMTPOut, d.POP3IMAPIn, d.POP3IMAPOut}
}

func trafficTable(days []trafficDay, human bool) *table.Table {
	size := (*big.Int).String
	if human {
		size = func(bytes *big.Int) string { return humanize.BigIBytes(bytes) }
	}
	t := &table.Table{Columns: []table.Column{
		{Heading: "ID", Name: "id", Right: true},
		{Heading: "Date", Name: "date"},
		{Heading: "HTTP in", Name: "http_in", Right: true},
		{Heading: "HTTP out", Name: "http_out", Right: true},
		{Heading: "FTP in", Name: "ftp_in", Right: true},
		{Heading: "FTP out", Name: "ftp_out", Right: true},
		{Heading: "SMTP in", Name: "smtp_in", Right: true},
		{Heading: "SMTP out", Name: "smtp_out", Right: true},
		{Heading: "POP3/IMAP in", Name: "pop3_imap_in", Right: true},
		{Heading: "POP3/IMAP out", Name: "pop3_imap_out", Right: true},
		{Heading: "Total", Name: "total", Right: true},
	}}
	var sums [9]big.Int
	for _, d := range days {
		row := []string{strconv.FormatInt(d.ID, 10), d.Date.String()}
		for i, bytes := range append(bigs(counters(d.day)), d.Total) {
			row = append(row, size(bytes))
			sums[i].Add(&sums[i], bytes)
		}
		t.Rows = append(t.Rows, row)
	}
	t.Totals = []string{"Total", ""}
	for i := range sums {
		t.Totals = append(t.Totals, size(&sums[i]))
	}
	return t
}

func bigs(values [8]int64) []*big.Int {
	list := make([]*big.Int, len(values), len(values)+1)
	for i, value := range values {
		list[i] = big.NewInt(value)
	}
	return list
}
