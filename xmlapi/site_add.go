package xmlapi

import "github.com/hostledger/hostledger/ledger"

// siteAdd adds a site to a subscription.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-sites-domains/creating-a-site.66530/
var siteAdd = register("site", "add", everyone,
	func(n *ledger.NewSite, r *Reader) {
		r.siteGenSetup(n)
		s := &n.Settings
		s.Hosting = optional(r, "hosting", r.siteHosting)
		s.Prefs = optional(r, "prefs", r.prefs)
		s.Performance = optional(r, "performance", r.performance)
		if r.Next("mail") && r.Enter("mail") {
			n.MailService = r.OptBool("mailservice")
			r.Leave()
		}
	},
	func(c *Call, n *ledger.NewSite) {
		s, err := c.api.Ledger.AddSite(c, c.who, *n)
		if err != nil {
			c.result(Result{Err: err})
			return
		}
		c.result(Result{ID: s.ID}, func() { c.w.Text("guid", s.GUID) })
	})

func (r *Reader) siteGenSetup(n *ledger.NewSite) {
	if !r.Enter("gen_setup") {
		return
	}
	byNameIDOrGUID := []ledger.By{ledger.ByName, ledger.ByID, ledger.ByGUID}
	n.Name = r.Bounded("name", 1, 255)
	if r.Next("htype") {
		n.HostingType = ledger.HostingType(r.Enum("htype", hostingTypes...))
	}
	if r.Next("status") {
		n.Status = r.statusText("status")
	}
	n.Webspace = r.selector(r.ID, byNameIDOrGUID, "webspace-name", "webspace-id", "webspace-guid")
	n.ParentSite = r.selector(r.ID, byNameIDOrGUID, "parent-site-name", "parent-site-id", "parent-site-guid")
	n.Description = orEmpty(r.OptString("description"))
	r.Leave()
}
