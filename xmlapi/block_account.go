package xmlapi

import "github.com/hostledger/hostledger/ledger"

// newAccount reads what customer/add and reseller/add begin with, up to locale.
func (r *Reader) newAccount(n *ledger.NewAccount) {
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
}

// accountUpdate reads what customer/set and reseller/set have in the same
// order, up to description.
func (r *Reader) accountUpdate(u *ledger.AccountUpdate) {
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
}

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

// writeAccount writes what customer/get and reseller/get tell in the same
// order, from cname to guid.
func (c *Call) writeAccount(a *ledger.Account) {
	w := c.w
	w.Text("cname", a.Contact.Company)
	w.Text("pname", a.Contact.Name)
	w.Text("login", a.Login)
	w.Int("status", int64(a.EffectiveStatus()))
	w.Text("phone", a.Contact.Phone)
	w.Text("fax", a.Contact.Fax)
	w.Text("email", a.Contact.Email)
	w.Text("address", a.Contact.Address)
	w.Text("city", a.Contact.City)
	w.Text("state", a.Contact.State)
	w.Text("pcode", a.Contact.PostalCode)
	w.Text("country", a.Contact.Country)
	w.Text("locale", a.Contact.Locale)
	w.Text("guid", a.GUID)
}
