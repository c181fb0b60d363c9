package xmlapi

import "github.com/hostledger/hostledger/ledger"

// customerDel removes customers with their subscriptions.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-customer-accounts/deleting-customer-accounts.28826/
var customerDel = register("customer", "del", providers,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(customerSelectors) },
	func(c *Call, f *ledger.Filter) {
		matches, err := c.api.Ledger.FindCustomers(c, c.who, *f)
		c.each(matches, err, func(id int64) error { return c.api.Ledger.DeleteCustomer(c, c.who, id) })
	})
