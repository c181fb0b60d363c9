package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/hostledger/hostledger/client"
)

type billingSetCommand struct {
	subscriptions  `embed:""`
	Price          *amount `placeholder:"AMOUNT" help:"Sum and ISO 4217 currency, such as \"10.00 USD\"."`
	RenewalDate    *string `placeholder:"DATE" help:"Next renewal, ISO 8601: 2026-12-22 or 2026-12-22T14:33:12+0600."`
	Cycle          *string `placeholder:"DURATION" help:"Billing cycle, ISO 8601: P1M is a month, P1Y a year."`
	DomainStoreURL *string `name:"domain-store-url" placeholder:"URL" help:"Where customers register domain names."`
	CertStoreURL   *string `name:"cert-store-url" placeholder:"URL" help:"Where customers buy certificates."`
	connection     `embed:""`
}

func (*billingSetCommand) Help() string {
	return `What is not given stays as it is; an empty value, as in --price "", clears it.`
}

// Validate checks what the flags say together.
func (s *billingSetCommand) Validate() error {
	if s.values() == (client.WebspaceBilling{}) {
		return errors.New("nothing to set: give at least one of --price, --renewal-date, --cycle, --domain-store-url and --cert-store-url")
	}
	return s.subscriptions.Validate()
}

func (s *billingSetCommand) values() client.WebspaceBilling {
	return client.WebspaceBilling{
		Price: (*client.Price)(s.Price), RenewalDate: s.RenewalDate, Cycle: s.Cycle,
		DomainStoreURL: s.DomainStoreURL, CertStoreURL: s.CertStoreURL,
	}
}

func (s *billingSetCommand) Run(ctx context.Context) error {
	server, err := s.client()
	if err != nil {
		return err
	}
	results, err := client.Do(ctx, server, client.WebspaceSetBillingInfo{Filter: s.filter(), Values: s.values()})
	return reportSaved(results, err, "subscription")
}

// reportSaved tells for how many objects billing information was saved, and
// returns the error of those that were refused.
func reportSaved(results []client.Result, refused error, object string) error {
	saved := 0
	for _, r := range results {
		if r.Err() == nil && r.ID != 0 {
			saved++
		}
	}
	if saved == 0 && refused != nil {
		return refused
	}
	if saved != 1 {
		object += "s"
	}
	_, err := fmt.Printf("Billing information of %d %s saved.\n", saved, object)
	return errors.Join(refused, err)
}
