package xmlapi

import "github.com/hostledger/hostledger/ledger"

// customerConvertToReseller makes customers resellers.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-customer-accounts/upgrading-customer-account-to-reseller-account.60525/
var customerConvertToReseller = register("customer", "convert-to-reseller", adminOnly,
	func(n *convertRequest, r *Reader) {
		n.filter = r.Filter(customerSelectors)
		n.planName = r.OptString("reseller-plan-name")
	},
	func(c *Call, n *convertRequest) {
		matches, err := c.api.Ledger.FindCustomers(c, c.who, n.filter)
		c.each(matches, err, func(id int64) error {
			return c.api.Ledger.ConvertToReseller(c, c.who, id, n.planName)
		})
	})

type convertRequest struct {
	filter   ledger.Filter
	planName *string
}
