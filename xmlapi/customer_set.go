package xmlapi

import "github.com/hostledger/hostledger/ledger"

// customerSet changes customer accounts.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-customer-accounts/editing-customer-account-settings.28815/
var customerSet = register("customer", "set", everyone,
	func(n *customerSetRequest, r *Reader) {
		n.filter = r.Filter(customerSelectors)
		if !r.Enter("values") {
			return
		}
		if r.Next("gen_info") && r.Enter("gen_info") {
			r.accountUpdate(&n.values)
			r.Leave()
		}
		r.Leave()
	},
	func(c *Call, n *customerSetRequest) {
		matches, err := c.api.Ledger.FindCustomers(c, c.who, n.filter)
		c.each(matches, err, func(id int64) error {
			return c.api.Ledger.UpdateCustomer(c, c.who, id, n.values)
		})
	})

type customerSetRequest struct {
	filter ledger.Filter
	values ledger.AccountUpdate
}
