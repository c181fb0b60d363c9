package xmlapi

// sessionTerminate ends a session of the control panel.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-sessions/terminating-session.40425/
var sessionTerminate = register("session", "terminate", adminOnly,
	func(id *string, r *Reader) { *id = r.String("session-id") },
	func(c *Call, id *string) {
		c.result(Result{Err: c.api.Ledger.TerminateSession(c, c.who, *id)})
	})
