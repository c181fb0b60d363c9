package xmlapi

import "github.com/hostledger/hostledger/ledger"

// customerAdd creates a customer account.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-customer-accounts/creating-a-customer-account.28788/
var customerAdd = register("customer", "add", providers,
	func(n *ledger.NewCustomer, r *Reader) {
		if !r.Enter("gen_info") {
			return
		}
		c := &n.Contact
		c.Company = orEmpty(r.OptString("cname"))
		c.Name = r.String("pname")
		n.Login = r.String("login")
		n.Password = r.Password("passwd")
		n.Status = optionalStatus(r)
		c.Phone = orEmpty(r.OptString("phone"))
		c.Fax = orEmpty(r.OptString("fax"))
		c.Email = orEmpty(r.OptString("email"))
		c.Address = orEmpty(r.OptString("address"))
		c.City = orEmpty(r.OptString("city"))
		c.State = orEmpty(r.OptString("state"))
		c.PostalCode = orEmpty(r.OptString("pcode"))
		c.Country = orEmpty(r.OptString("country"))
		c.Locale = orEmpty(r.OptString("locale"))
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

func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func optionalStatus(r *Reader) *ledger.Status {
	if !r.Next("status") {
		return nil
	}
	return r.status("status")
}
