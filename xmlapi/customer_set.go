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
		if r.Next("gen_info") {
			r.customerSetInfo(&n.values)
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
	values ledger.CustomerUpdate
}

func (r *Reader) customerSetInfo(u *ledger.CustomerUpdate) {
	if !r.Enter("gen_info") {
		return
	}
	c := &u.Contact
	c.Company = r.OptString("cname")
	c.Name = r.OptString("pname")
	u.Login = r.OptString("login")
	u.Password = optional(r, "passwd", r.Password)
	u.Status = optionalStatus(r)
	c.Phone = r.OptString("phone")
	c.Fax = r.OptString("fax")
	c.Email = r.OptString("email")
	c.Address = r.OptString("address")
	c.City = r.OptString("city")
	c.State = r.OptString("state")
	c.PostalCode = r.OptString("pcode")
	c.Country = r.OptString("country")
	c.Locale = r.OptString("locale")
	if r.Next("guid") {
		r.Empty("guid")
		u.NewGUID = true
	}
	u.ExternalID = r.OptString("external-id")
	u.Description = r.OptString("description")
	r.Leave()
}
