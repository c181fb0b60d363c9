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
	results, err := server.Traffic(ctx, g.filter(), g.Since, g.To)
	if err != nil {
		return err
	}
	days, refused := trafficDays(results)
	if len(days) == 0 && refused != nil {
		return refused
	}
	return errors.Join(g.print(days, trafficTable(days, g.Human)), refused)
}

// trafficDay is the traffic of a subscription on a day, with their sum.
type trafficDay struct {
	ID int64 `json:"id"`
	client.Day
	Total *big.Int `json:"total"` // eight counters of 64 bits may need more than 64
}

// trafficDays lists the days of all results, and what was refused.
func trafficDays(results []client.TrafficResult) ([]trafficDay, error) {
	days := []trafficDay{}
	all := make([]client.Result, len(results))
	for i, result := range results {
		all[i] = result.Result
		for _, day := range result.Days {
			total := new(big.Int)
			for _, bytes := range counters(day) {
				total.Add(total, big.NewInt(bytes))
			}
			days = append(days, trafficDay{ID: result.ID, Day: day, Total: total})
		}
	}
	return days, refusals(all)
}

func counters(d client.Day) [8]int64 {
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
	for _, day := range days {
		row := []string{strconv.FormatInt(day.ID, 10), day.Date.String()}
		for i, bytes := range append(bigs(counters(day.Day)), day.Total) {
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
