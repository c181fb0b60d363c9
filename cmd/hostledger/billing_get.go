package main

import (
	"context"
	"errors"
	"strconv"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/internal/table"
)

type billingGetCommand struct {
	subscriptions `embed:""`
	output        `embed:""`
	connection    `embed:""`
}

func (*billingGetCommand) Help() string { return ownDataset }

func (g *billingGetCommand) Run(ctx context.Context) error {
	server, err := g.client()
	if err != nil {
		return err
	}
	results, err := server.Billing(ctx, g.filter())
	if err != nil {
		return err
	}
	records, refused := billingRecords(results)
	if len(records) == 0 && refused != nil {
		return refused
	}
	return errors.Join(g.print(records, billingTable(records)), refused)
}

// billingRecord is the billing information of one subscription.
type billingRecord struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
	client.Billing
}

// billingRecords lists the subscriptions found, and what was refused.
func billingRecords(results []client.BillingResult) ([]billingRecord, error) {
	records := []billingRecord{}
	all := make([]client.Result, len(results))
	for i, r := range results {
		all[i] = r.Result
		if r.Err() == nil && r.ID != 0 {
			records = append(records, billingRecord{ID: r.ID, Name: r.Name, Billing: r.Billing})
		}
	}
	return records, refusals(all)
}

func billingTable(records []billingRecord) *table.Table {
	t := &table.Table{Columns: []table.Column{
		{Heading: "ID", Name: "id", Right: true},
		{Heading: "Name", Name: "name"},
		{Heading: "Price", Name: "price", Right: true},
		{Heading: "Renewal date", Name: "renewal_date"},
		{Heading: "Cycle", Name: "cycle"},
		{Heading: "Domain store", Name: "domain_store_url"},
		{Heading: "Certificate store", Name: "cert_store_url"},
	}}
	for _, r := range records {
		price := ""
		if r.Price != nil {
			price = formatPrice(*r.Price)
		}
		t.Rows = append(t.Rows, []string{
			strconv.FormatInt(r.ID, 10), r.Name, price, text(r.RenewalDate), text(r.Cycle),
			text(r.DomainStoreURL), text(r.CertStoreURL),
		})
	}
	return t
}

// text returns "" for a value that is not there.
func text(value *string) string {
	if value == nil {
		return ""
	}
	return *value
}
