package xmlapi

import "github.com/hostledger/hostledger/ledger"

// customerAdd creates a customer account.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-customer-accounts/creating-a-customer-account.28788/
var customerAdd = register("customer", "add", providers,
	func(n *ledger.NewCustomer, r *Reader) {
		if !r.Enter("gen_info") {
			return
		}
		r.newAccount(&n.NewAccount)
		n.Owner = r.selector(r.Int,
			[]ledger.By{ledger.ByID, ledger.ByLogin, ledger.ByExternalID},
			"owner-id", "owner-login", "owner-external-id")
		n.ExternalID = orEmpty(r.OptString("external-id"))
		n.Description = orEmpty(r.OptString("description"))
		r.Leave()
	},
	func(c *Call, n *ledger.NewCustomer) {
		a, err := c.api.Ledger.AddCustomer(c, c.who, *n)
		if err != nil {
			c.result(Result{Err: err})
			return
		}
		c.result(Result{ID: a.ID}, func() { c.w.Text("guid", a.GUID) })
	})
