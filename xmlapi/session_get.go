package xmlapi

import "github.com/hostledger/hostledger/ledger"

// sessionGet lists the sessions of the control panel.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-sessions/retrieving-sessions-list.40403/
var sessionGet = register("session", "get", adminOnly,
	func(_ *struct{}, r *Reader) { r.anyContent() },
	func(c *Call, _ *struct{}) {
		sessions, err := c.api.Ledger.Sessions(c, c.who)
		c.result(Result{Err: err}, func() {
			for i := range sessions {
				c.writeSession(&sessions[i])
			}
		})
	})

// sessionTypes are the protocol's names of roles (SessionType).
var sessionTypes = map[ledger.Role]string{
	ledger.RoleAdmin: "admin", ledger.RoleReseller: "reseller", ledger.RoleCustomer: "client",
}

func (c *Call) writeSession(s *ledger.Session) {
	c.w.Start("session")
	c.w.Text("id", s.ID)
	c.w.Text("type", sessionTypes[s.Role])
	c.w.Text("ip-address", s.Address.String())
	c.w.Text("login", s.Login)
	c.w.Time("login-time", s.Created)
	c.w.Time("idle", s.Used) // when it was used last, as the protocol has it
	c.w.End("session")
}
