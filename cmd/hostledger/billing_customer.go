package main

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/internal/table"
	"github.com/hostledger/hostledger/ledger"
)

type billingSetCustomerCommand struct {
	customers        `embed:""`
	Income           []amount `sep:"none" placeholder:"AMOUNT" help:"Revenue, such as \"10.00 USD\"."`
	InvoicesDue      []amount `sep:"none" placeholder:"AMOUNT" help:"Outstanding invoices."`
	InvoicesPaid     []amount `sep:"none" placeholder:"AMOUNT" help:"Paid invoices."`
	InvoicesRefunded []amount `sep:"none" placeholder:"AMOUNT" help:"Refunded invoices."`
	CreditBalance    []amount `sep:"none" placeholder:"AMOUNT" help:"The customer's credit."`
	OveruseDue       []amount `sep:"none" placeholder:"AMOUNT" help:"Charge for the overuse of resources."`
	connection       `embed:""`
}

func (*billingSetCustomerCommand) Help() string {
	return `A balance that is not given stays as it is. One that is given is replaced: repeat the flag for further ` +
		`currencies. An empty value, as in --income "", clears it.`
}

// Validate checks what the flags say together.
func (s *billingSetCustomerCommand) Validate() error {
	given := slices.Concat(s.Income, s.InvoicesDue, s.InvoicesPaid, s.InvoicesRefunded, s.CreditBalance, s.OveruseDue)
	if len(given) == 0 {
		return errors.New("nothing to set: give at least one balance, such as --credit-balance")
	}
	return s.customers.Validate()
}

func (s *billingSetCustomerCommand) Run(ctx context.Context) error {
	server, err := s.client()
	if err != nil {
		return err
	}
	results, err := client.Do(ctx, server, client.CustomerSetBillingInfo{Filter: s.filter(), Values: client.CustomerBilling{
		Income: amounts(s.Income), InvoicesDue: amounts(s.InvoicesDue), InvoicesPaid: amounts(s.InvoicesPaid),
		InvoicesRefunded: amounts(s.InvoicesRefunded), CreditBalance: amounts(s.CreditBalance), OveruseDue: amounts(s.OveruseDue),
	}})
	return reportSaved(results, err, "customer")
}

// amounts are those of a balance, nil for one that was not given.
func amounts(given []amount) *client.Amounts {
	if len(given) == 0 {
		return nil
	}
	list := &client.Amounts{}
	for _, a := range given {
		list.Value = append(list.Value, client.Price(a))
	}
	return list
}

type billingGetCustomerCommand struct {
	customers  `embed:""`
	output     `embed:""`
	connection `embed:""`
}

func (*billingGetCustomerCommand) Help() string { return ownDataset }

func (g *billingGetCustomerCommand) Run(ctx context.Context) error {
	server, err := g.client()
	if err != nil {
		return err
	}
	records, err := getBalances(ctx, server, g.filter())
	if len(records) == 0 && err != nil {
		return err
	}
	return errors.Join(g.print(records, customerTable(records)), err)
}

// customerRecord is the balances of one customer.
type customerRecord struct {
	ID               int64   `json:"id"`
	Login            string  `json:"login"`
	Income           []price `json:"income,omitempty"`
	InvoicesDue      []price `json:"invoices_due,omitempty"`
	InvoicesPaid     []price `json:"invoices_paid,omitempty"`
	InvoicesRefunded []price `json:"invoices_refunded,omitempty"`
	CreditBalance    []price `json:"credit_balance,omitempty"`
	OveruseDue       []price `json:"overuse_due,omitempty"`
}

// balancesRequest is customer/get, of whose answer it reads what is needed here.
type balancesRequest client.CustomerGet

func (balancesRequest) Spec() client.Spec[[]balancesResult] {
	return client.Many[balancesResult]("customer", "get")
}

type balancesResult struct {
	client.Result
	Login    string                 `xml:"data>gen_info>login"`
	Balances client.CustomerBilling `xml:"data>billing-info"`
}

// getBalances lists the customers found. The error is about the others too.
func getBalances(ctx context.Context, server *client.Client, f client.CustomerFilter) ([]customerRecord, error) {
	datasets := client.CustomerDataset{GenInfo: true, BillingInfo: true}
	results, err := client.Do(ctx, server, balancesRequest{Filter: f, Dataset: datasets})
	records := []customerRecord{}
	for _, r := range results {
		if r.ID == 0 || r.Err() != nil {
			continue
		}
		b := r.Balances
		records = append(records, customerRecord{
			ID: r.ID, Login: r.Login,
			Income: prices(b.Income), InvoicesDue: prices(b.InvoicesDue), InvoicesPaid: prices(b.InvoicesPaid),
			InvoicesRefunded: prices(b.InvoicesRefunded), CreditBalance: prices(b.CreditBalance), OveruseDue: prices(b.OveruseDue),
		})
	}
	return records, err
}

func prices(of *client.Amounts) (list []price) {
	if of != nil {
		for _, p := range of.Value {
			list = append(list, price(p))
		}
	}
	return list
}

// customerTable has a row for each amount.
func customerTable(records []customerRecord) *table.Table {
	t := &table.Table{Columns: []table.Column{
		{Heading: "ID", Name: "id", Right: true},
		{Heading: "Login", Name: "login"},
		{Heading: "Balance", Name: "balance"},
		{Heading: "Sum", Name: "sum", Right: true},
		{Heading: "Currency", Name: "currency"},
	}}
	for _, r := range records {
		for _, balance := range []struct {
			name    ledger.Balance
			amounts []price
		}{
			{ledger.BalanceIncome, r.Income},
			{ledger.BalanceInvoicesDue, r.InvoicesDue},
			{ledger.BalanceInvoicesPaid, r.InvoicesPaid},
			{ledger.BalanceInvoicesRefunded, r.InvoicesRefunded},
			{ledger.BalanceCredit, r.CreditBalance},
			{ledger.BalanceOveruseDue, r.OveruseDue},
		} {
			for _, a := range balance.amounts {
				t.Rows = append(t.Rows, []string{strconv.FormatInt(r.ID, 10), r.Login, string(balance.name), a.Sum, a.Currency})
			}
		}
	}
	return t
}
