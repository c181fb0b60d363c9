package xmlapi

import "github.com/hostledger/hostledger/ledger"

// resellerSet changes reseller accounts.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-accounts/updating-reseller-account-settings.60303/
var resellerSet = register("reseller", "set", providers,
	func(n *resellerSetRequest, r *Reader) {
		n.filter = r.Filter(resellerSelectors)
		if !r.Enter("values") {
			return
		}
		if r.Next("gen-info") && r.Enter("gen-info") {
			r.accountUpdate(&n.values.AccountUpdate)
			n.values.Settings.PowerUser = r.OptBool("power-user")
			r.Leave()
		}
		r.limitsAndPermissions(&n.values.Settings)
		r.Leave()
	},
	func(c *Call, n *resellerSetRequest) {
		matches, err := c.api.Ledger.FindResellers(c, c.who, n.filter)
		c.each(matches, err, func(id int64) error {
			return c.api.Ledger.UpdateReseller(c, c.who, id, n.values)
		})
	})

type resellerSetRequest struct {
	filter ledger.Filter
	values ledger.ResellerUpdate
}
