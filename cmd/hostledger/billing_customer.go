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
	results, err := server.SetCustomerBilling(ctx, s.filter(), client.Balances{
		Income: prices(s.Income), InvoicesDue: prices(s.InvoicesDue), InvoicesPaid: prices(s.InvoicesPaid),
		InvoicesRefunded: prices(s.InvoicesRefunded), CreditBalance: prices(s.CreditBalance), OveruseDue: prices(s.OveruseDue),
	})
	if err != nil {
		return err
	}
	return reportSaved(results, "customer")
}

func prices(amounts []amount) client.Amounts {
	list := make(client.Amounts, len(amounts))
	for i, a := range amounts {
		list[i] = client.Price(a)
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
	results, err := server.CustomerBilling(ctx, g.filter())
	if err != nil {
		return err
	}
	records, refused := customerRecords(results)
	if len(records) == 0 && refused != nil {
		return refused
	}
	return errors.Join(g.print(records, customerTable(records)), refused)
}

// customerRecord is the balances of one customer.
type customerRecord struct {
	ID    int64  `json:"id"`
	Login string `json:"login"`
	client.Balances
}

// customerRecords lists the customers found, and what was refused.
func customerRecords(results []client.CustomerBillingResult) ([]customerRecord, error) {
	records := []customerRecord{}
	all := make([]client.Result, len(results))
	for i, r := range results {
		all[i] = r.Result
		if r.Err() == nil && r.ID != 0 {
			records = append(records, customerRecord{ID: r.ID, Login: r.Login, Balances: r.Balances})
		}
	}
	return records, refusals(all)
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
			amounts client.Amounts
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
