package client

import (
	"context"
	"encoding/xml"

	"github.com/hostledger/hostledger/ledger"
)

// Price is an amount of money as the protocol carries it: an ISO 4217 code and
// a decimal number with a point. Both empty is no amount.
type Price struct {
	Currency string `xml:"currency" json:"currency"`
	Sum      string `xml:"sum" json:"sum"`
}

// Billing is what a subscription costs and when it renews. In a request a nil
// value leaves what is stored and an empty one clears it; in an answer nil
// means that nothing is stored.
type Billing struct {
	Price          *Price  `xml:"price,omitempty" json:"price,omitempty"`
	RenewalDate    *string `xml:"renewal-date,omitempty" json:"renewal_date,omitempty"` // ISO 8601 date, or date and time
	Cycle          *string `xml:"cycle,omitempty" json:"cycle,omitempty"`               // ISO 8601 duration, such as P1M
	DomainStoreURL *string `xml:"domain-store-url,omitempty" json:"domain_store_url,omitempty"`
	CertStoreURL   *string `xml:"cert-store-url,omitempty" json:"cert_store_url,omitempty"`
}

// SetBilling saves billing information for subscriptions:
// webspace/set-billing-info. Mind that a blank filter means every
// subscription. Each result has its own error; the error returned is about the
// packet as a whole.
func (c *Client) SetBilling(ctx context.Context, f ledger.Filter, values Billing) ([]Result, error) {
	request := struct {
		XMLName xml.Name `xml:"packet"`
		Filter  filter   `xml:"webspace>set-billing-info>filter"`
		Values  Billing  `xml:"webspace>set-billing-info>values"`
	}{Filter: filter(f), Values: values}
	var answer struct {
		Results []Result `xml:"webspace>set-billing-info>result"`
	}
	err := c.exchange(ctx, request, &answer)
	return answer.Results, err
}

// BillingResult is the billing information of one subscription.
type BillingResult struct {
	Result
	Name    string  `xml:"data>gen_info>name"`
	Billing Billing `xml:"data>billing-info"`
}

// Billing returns the billing information of subscriptions: webspace/get with
// the dataset billing-info, which Hostledger has and Plesk has not. Each
// result has its own error; the error returned is about the packet as a whole.
func (c *Client) Billing(ctx context.Context, f ledger.Filter) ([]BillingResult, error) {
	request := struct {
		XMLName     xml.Name `xml:"packet"`
		Filter      filter   `xml:"webspace>get>filter"`
		GenInfo     struct{} `xml:"webspace>get>dataset>gen_info"`
		BillingInfo struct{} `xml:"webspace>get>dataset>billing-info"`
	}{Filter: filter(f)}
	var answer struct {
		Results []BillingResult `xml:"webspace>get>result"`
	}
	err := c.exchange(ctx, request, &answer)
	return answer.Results, err
}
