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
	records, err := getBilling(ctx, server, g.filter())
	if len(records) == 0 && err != nil {
		return err
	}
	return errors.Join(g.print(records, billingTable(records)), err)
}

// billingRecord is the billing information of one subscription.
type billingRecord struct {
	ID             int64   `json:"id"`
	Name           string  `json:"name"`
	Price          *price  `json:"price,omitempty"`
	RenewalDate    *string `json:"renewal_date,omitempty"`
	Cycle          *string `json:"cycle,omitempty"`
	DomainStoreURL *string `json:"domain_store_url,omitempty"`
	CertStoreURL   *string `json:"cert_store_url,omitempty"`
}

// price is a client.Price.
type price struct {
	Currency string `json:"currency"`
	Sum      string `json:"sum"`
}

// billingRequest is webspace/get, of whose answer it reads what is needed here.
type billingRequest client.WebspaceGet

func (billingRequest) Spec() client.Spec[[]billingResult] {
	return client.Many[billingResult]("webspace", "get")
}

type billingResult struct {
	client.Result
	Name    string                 `xml:"data>gen_info>name"`
	Billing client.WebspaceBilling `xml:"data>billing-info"`
}

// getBilling lists the subscriptions found. The error is about the others too.
func getBilling(ctx context.Context, server *client.Client, f client.WebspaceFilter) ([]billingRecord, error) {
	datasets := client.WebspaceDataset{GenInfo: true, BillingInfo: true}
	results, err := client.Do(ctx, server, billingRequest{Filter: f, Dataset: datasets})
	records := []billingRecord{}
	for _, r := range results {
		if r.ID == 0 || r.Err() != nil {
			continue
		}
		b := r.Billing
		records = append(records, billingRecord{r.ID, r.Name, (*price)(b.Price), b.RenewalDate, b.Cycle, b.DomainStoreURL, b.CertStoreURL})
	}
	return records, err
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
		sum := ""
		if r.Price != nil {
			sum = r.Price.Sum + " " + r.Price.Currency
		}
		t.Rows = append(t.Rows, []string{
			strconv.FormatInt(r.ID, 10), r.Name, sum, text(r.RenewalDate), text(r.Cycle),
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
