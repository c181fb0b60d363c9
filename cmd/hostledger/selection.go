package main

import (
	"errors"

	"github.com/hostledger/hostledger/client"
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
	if len(s.ID)+len(s.Name)+len(s.GUID)+len(s.ExternalID)+len(s.OwnerLogin) == 0 && !s.All {
		return errors.New("which subscriptions? Give --id, --name, --guid, --external-id, --owner-login or --all")
	}
	return nil
}

func (s *subscriptions) filter() client.WebspaceFilter {
	return client.WebspaceFilter{
		ID: s.ID, Name: s.Name, GUID: s.GUID, ExternalID: s.ExternalID, OwnerLogin: s.OwnerLogin, All: client.Flag(s.All),
	}
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
	if len(c.ID)+len(c.Customer)+len(c.GUID)+len(c.ExternalID) == 0 && !c.All {
		return errors.New("which customers? Give --id, --customer, --guid, --external-id or --all")
	}
	return nil
}

func (c *customers) filter() client.CustomerFilter {
	return client.CustomerFilter{ID: c.ID, Login: c.Customer, GUID: c.GUID, ExternalID: c.ExternalID, All: client.Flag(c.All)}
}
