package xmlapi

import "github.com/hostledger/hostledger/ledger"

// customerChangeOwner gives customers to another owner.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-customer-accounts/transferring-a-customer-account-to-a-new-owner.73470/
var customerChangeOwner = register("customer", "change-owner", adminOnly,
	func(n *changeOwnerRequest, r *Reader) {
		n.filter = r.Filter(customerSelectors)
		n.owner.Login = r.String("new-owner-login")
		for r.Next("ipV4-address") {
			n.owner.IPv4 = append(n.owner.IPv4, r.String("ipV4-address"))
		}
		for r.Next("ipV6-address") {
			n.owner.IPv6 = append(n.owner.IPv6, r.String("ipV6-address"))
		}
		n.owner.PlanName = r.OptString("plan-name")
	},
	func(c *Call, n *changeOwnerRequest) {
		matches, err := c.api.Ledger.FindCustomers(c, c.who, n.filter)
		c.each(matches, err, func(id int64) error {
			return c.api.Ledger.ChangeOwner(c, c.who, id, n.owner)
		})
	})

type changeOwnerRequest struct {
	filter ledger.Filter
	owner  ledger.NewOwner
}
