package xmlapi

import "github.com/hostledger/hostledger/ledger"

// admin reads an admin element (adminType).
func (r *Reader) admin(name string, u *ledger.ServerUpdate) {
	if !r.Enter(name) {
		return
	}
	if r.NextOf("admin_cname", "admin_pname") >= 0 {
		r.adminContact(u)
	}
	u.Settings.UID = r.OptString("uid")
	u.Settings.GlobalLogin = r.OptString("global-login")
	r.Leave()
}

func (r *Reader) adminContact(u *ledger.ServerUpdate) {
	c := &u.Contact
	c.Company = r.OptString("admin_cname")
	c.Name = new(r.String("admin_pname"))
	c.Phone = r.OptString("admin_phone")
	c.Fax = r.OptString("admin_fax")
	c.Email = new(r.Email("admin_email"))
	c.Address = r.OptString("admin_address")
	c.City = r.OptString("admin_city")
	c.State = r.OptString("admin_state")
	c.PostalCode = optional(r, "admin_pcode", func(name string) string { return r.Bounded(name, 0, 10) })
	c.Country = r.OptString("admin_country")
	u.Settings.SendAnnounce = r.OptBool("send_announce")
	c.Locale = r.OptString("admin_locale")
	u.Settings.MultipleSessions = r.OptBool("admin_multiple_sessions")
}

// adminPassword reads an element of type serverPassword.
func (r *Reader) adminPassword(name string) string {
	text, ok := r.leaf(name)
	password := string(trimSpace(text))
	r.bounded(string(collapse(text)), ok, 5, 255)
	return password
}

func (c *Call) readAdmin(*serverGetRequest) (func(), error) {
	a, err := c.api.Ledger.Admin(c)
	if err != nil {
		return nil, err
	}
	settings, err := c.api.Ledger.ServerSettings(c, c.who)
	return func() { c.writeAdmin(a, settings) }, err
}

func (c *Call) writeAdmin(a *ledger.Account, s ledger.ServerSettings) {
	w := c.w
	w.Start("admin")
	w.Text("admin_cname", a.Contact.Company)
	w.Text("admin_pname", a.Contact.Name)
	w.Text("admin_phone", a.Contact.Phone)
	w.Text("admin_fax", a.Contact.Fax)
	w.Text("admin_email", a.Contact.Email)
	w.Text("admin_address", a.Contact.Address)
	w.Text("admin_city", a.Contact.City)
	w.Text("admin_state", a.Contact.State)
	w.Text("admin_pcode", a.Contact.PostalCode)
	w.Text("admin_country", a.Contact.Country)
	w.Bool("send_announce", *either(s.SendAnnounce, new(false)))
	w.Text("admin_locale", a.Contact.Locale)
	w.Bool("admin_multiple_sessions", *either(s.MultipleSessions, new(true)))
	w.optText("uid", s.UID)
	w.optText("global-login", s.GlobalLogin)
	w.End("admin")
}
