package xmlapi

import "github.com/hostledger/hostledger/ledger"

// resellerAdd creates a reseller account.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-accounts/creating-reseller-accounts.60297/
var resellerAdd = register("reseller", "add", adminOnly,
	func(n *ledger.NewReseller, r *Reader) {
		if !r.Enter("gen-info") {
			return
		}
		r.newAccount(&n.NewAccount)
		n.ExternalID = orEmpty(r.OptString("external-id"))
		n.Description = orEmpty(r.OptString("description"))
		n.Settings.PowerUser = r.OptBool("power-user")
		r.Leave()
		r.limitsAndPermissions(&n.Settings)
		n.Plan = r.selector(r.ID,
			[]ledger.By{ledger.ByID, ledger.ByName, ledger.ByGUID, ledger.ByExternalID},
			"plan-id", "plan-name", "plan-guid", "plan-external-id")
	},
	func(c *Call, n *ledger.NewReseller) {
		a, err := c.api.Ledger.AddReseller(c, c.who, *n)
		if err != nil {
			c.result(Result{Err: err})
			return
		}
		c.result(Result{ID: a.ID}, func() { c.w.Text("guid", a.GUID) })
	})
