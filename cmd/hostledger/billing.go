package main

import (
	"fmt"
	"strings"

	"github.com/hostledger/hostledger/client"
)

type billingCommand struct {
	Set         billingSetCommand         `cmd:"" help:"Save what subscriptions cost and when they renew."`
	Get         billingGetCommand         `cmd:"" help:"Print what subscriptions cost and when they renew."`
	SetCustomer billingSetCustomerCommand `cmd:"" help:"Save the balances of customers."`
	GetCustomer billingGetCustomerCommand `cmd:"" help:"Print the balances of customers."`
}

const ownDataset = `Reads the dataset billing-info, which Hostledger adds to the protocol: Plesk has no way to read ` +
	`billing information back.`

// amount is a flag's value such as "10.00 USD"; empty clears what is stored.
type amount client.Price

// UnmarshalText splits the amount. Whether it can be is for the server to say.
func (a *amount) UnmarshalText(text []byte) error {
	switch fields := strings.Fields(string(text)); len(fields) {
	case 0:
		*a = amount{}
	case 2:
		*a = amount{Sum: fields[0], Currency: fields[1]}
	default:
		return fmt.Errorf(`%q is not an amount such as "10.00 USD"`, text)
	}
	return nil
}
