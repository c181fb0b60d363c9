package client

import (
	"context"
	"encoding/xml"

	"github.com/hostledger/hostledger/ledger"
)

// Balances are the figures that a billing system keeps of a customer, each an
// amount in one or more currencies. In a request a balance without amounts
// leaves what is stored, and a single empty amount clears it.
type Balances struct {
	Income           Amounts `xml:"income,omitempty" json:"income,omitempty"`                       // revenue
	InvoicesDue      Amounts `xml:"invoices-due,omitempty" json:"invoices_due,omitempty"`           // outstanding invoices
	InvoicesPaid     Amounts `xml:"invoices-paid,omitempty" json:"invoices_paid,omitempty"`         // paid invoices
	InvoicesRefunded Amounts `xml:"invoices-refunded,omitempty" json:"invoices_refunded,omitempty"` // refunded invoices
	CreditBalance    Amounts `xml:"credit-balance,omitempty" json:"credit_balance,omitempty"`       // the customer's credit
	OveruseDue       Amounts `xml:"overuse-due,omitempty" json:"overuse_due,omitempty"`             // charge for overuse
}

// Amounts are sums of money in different currencies.
type Amounts []Price

// MarshalXML writes each amount as an element of its own.
func (a Amounts) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	return e.EncodeElement(amounts{a}, start)
}

// UnmarshalXML reads what MarshalXML writes.
func (a *Amounts) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	var read amounts
	err := d.DecodeElement(&read, &start)
	*a = read.Values
	return err
}

type amounts struct {
	Values []Price `xml:"value"`
}

// SetCustomerBilling saves balances of customers: customer/set-billing-info.
// Mind that a blank filter means every customer. Each result has its own
// error; the error returned is about the packet as a whole.
func (c *Client) SetCustomerBilling(ctx context.Context, f ledger.Filter, values Balances) ([]Result, error) {
	request := struct {
		XMLName xml.Name `xml:"packet"`
		Filter  filter   `xml:"customer>set-billing-info>filter"`
		Values  Balances `xml:"customer>set-billing-info>values"`
	}{Filter: filter(f), Values: values}
	var answer struct {
		Results []Result `xml:"customer>set-billing-info>result"`
	}
	err := c.exchange(ctx, request, &answer)
	return answer.Results, err
}

// CustomerBillingResult is the balances of one customer.
type CustomerBillingResult struct {
	Result
	Login    string   `xml:"data>gen_info>login"`
	Balances Balances `xml:"data>billing-info"`
}

// CustomerBilling returns the balances of customers: customer/get with the
// dataset billing-info, which Hostledger has and Plesk has not. Each result
// has its own error; the error returned is about the packet as a whole.
func (c *Client) CustomerBilling(ctx context.Context, f ledger.Filter) ([]CustomerBillingResult, error) {
	request := struct {
		XMLName     xml.Name `xml:"packet"`
		Filter      filter   `xml:"customer>get>filter"`
		GenInfo     struct{} `xml:"customer>get>dataset>gen_info"`
		BillingInfo struct{} `xml:"customer>get>dataset>billing-info"`
	}{Filter: filter(f)}
	var answer struct {
		Results []CustomerBillingResult `xml:"customer>get>result"`
	}
	err := c.exchange(ctx, request, &answer)
	return answer.Results, err
}
