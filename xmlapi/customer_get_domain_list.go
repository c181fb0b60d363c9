package xmlapi

import "github.com/hostledger/hostledger/ledger"

// customerGetDomainList lists the domains and subdomains of customers.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-customer-accounts/retrieving-the-list-of-customer%E2%80%99s-domains.75309/
var customerGetDomainList = register("customer", "get-domain-list", everyone,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(customerSelectors) },
	func(c *Call, f *ledger.Filter) {
		matches, err := c.api.Ledger.FindCustomers(c, c.who, *f)
		eachLoaded(c, matches, err, ledger.ErrNoCustomer, c.api.Ledger.Accounts, accountID, c.readDomains)
	})
