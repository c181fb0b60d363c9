package main

import (
	"errors"
	"strconv"
	"strings"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/ledger"
)

// subscriptions is the flags that select subscriptions, by one kind of value.
type subscriptions struct {
	ID         []int64  `name:"id" group:"Subscriptions:" xor:"which" placeholder:"N" help:"By id."`
	Name       []string `group:"Subscriptions:" xor:"which" placeholder:"DOMAIN" help:"By domain name."`
	GUID       []string `name:"guid" group:"Subscriptions:" xor:"which" placeholder:"GUID" help:"By guid."`
	ExternalID []string `name:"external-id" group:"Subscriptions:" xor:"which" placeholder:"ID" help:"By the id in the billing system."`
	OwnerLogin []string `group:"Subscriptions:" xor:"which" placeholder:"LOGIN" help:"By the login of the owner."`
	All        bool     `group:"Subscriptions:" xor:"which" help:"All that the account may see."`
}

// Validate makes sure that all subscriptions are only meant when they are named.
func (s *subscriptions) Validate() error {
	if s.filter().By == ledger.ByAll && !s.All {
		return errors.New("which subscriptions? Give --id, --name, --guid, --external-id, --owner-login or --all")
	}
	return nil
}

func (s *subscriptions) filter() ledger.Filter {
	return firstFilter([]ledger.Filter{
		{By: ledger.ByID, Values: decimals(s.ID)},
		{By: ledger.ByName, Values: s.Name},
		{By: ledger.ByGUID, Values: s.GUID},
		{By: ledger.ByExternalID, Values: s.ExternalID},
		{By: ledger.ByOwnerLogin, Values: s.OwnerLogin},
	})
}

// customers is the flags that select customers, by one kind of value.
type customers struct {
	ID         []int64  `name:"id" group:"Customers:" xor:"which" placeholder:"N" help:"By id."`
	Customer   []string `group:"Customers:" xor:"which" placeholder:"LOGIN" help:"By login."`
	GUID       []string `name:"guid" group:"Customers:" xor:"which" placeholder:"GUID" help:"By guid."`
	ExternalID []string `name:"external-id" group:"Customers:" xor:"which" placeholder:"ID" help:"By the id in the billing system."`
	All        bool     `group:"Customers:" xor:"which" help:"All that the account may see."`
}

// Validate makes sure that all customers are only meant when they are named.
func (c *customers) Validate() error {
	if c.filter().By == ledger.ByAll && !c.All {
		return errors.New("which customers? Give --id, --customer, --guid, --external-id or --all")
	}
	return nil
}

func (c *customers) filter() ledger.Filter {
	return firstFilter([]ledger.Filter{
		{By: ledger.ByID, Values: decimals(c.ID)},
		{By: ledger.ByLogin, Values: c.Customer},
		{By: ledger.ByGUID, Values: c.GUID},
		{By: ledger.ByExternalID, Values: c.ExternalID},
	})
}

// firstFilter returns the filter that has values, a blank one when none has.
func firstFilter(filters []ledger.Filter) ledger.Filter {
	for _, f := range filters {
		if len(f.Values) > 0 {
			return f
		}
	}
	return ledger.Filter{By: ledger.ByAll}
}

func decimals(ids []int64) []string {
	values := make([]string, len(ids))
	for i, id := range ids {
		values[i] = strconv.FormatInt(id, 10)
	}
	return values
}

// refusals turns the results that are errors into one error, a line for each.
func refusals(results []client.Result) error {
	var lines []string
	for _, r := range results {
		if err := r.Err(); err != nil {
			lines = append(lines, strings.TrimPrefix(r.FilterID+": ", ": ")+err.Error())
		}
	}
	if lines == nil {
		return nil
	}
	return refusal(strings.Join(lines, "\n"))
}
