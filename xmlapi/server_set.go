package xmlapi

import "github.com/hostledger/hostledger/ledger"

// serverSet changes the administrator's account and the server's settings.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-plesk-server/setting-up-server.36909/
var serverSet = register("server", "set", adminOnly,
	func(u *ledger.ServerUpdate, r *Reader) {
		names := []string{"admin", "password", "prefs", "session_setup", "external-id", "mode", "certificates"}
		for i := range r.All(names) {
			switch name := names[i]; name {
			case "admin":
				r.admin(name, u)
			case "password":
				u.Password = new(r.adminPassword(name))
			case "prefs":
				u.Settings.Prefs = r.serverPrefs(name)
			case "session_setup":
				u.Settings.LoginTimeout = r.sessionSetup(name)
			case "external-id":
				u.Settings.ExternalID = new(r.String(name))
			case "mode":
				u.Mode = new(r.Enum(name, "poweruser", "standard"))
			case "certificates":
				u.Certificates = r.serverCertificates(name)
			}
		}
	},
	func(c *Call, u *ledger.ServerUpdate) {
		c.result(Result{Err: c.api.Ledger.UpdateServer(c, c.who, *u)})
	})
