package xmlapi

import "github.com/hostledger/hostledger/ledger"

// siteAliasCreate gives a site another name.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-site-aliases/creating-site-aliases.33604/
var siteAliasCreate = register("site-alias", "create", everyone,
	func(n *ledger.NewAlias, r *Reader) {
		r.aliasUpdate(&n.AliasUpdate)
		n.SiteID = r.ID("site-id")
		n.Name = r.String("name")
		n.ASCIIName = r.OptString("ascii-name")
	},
	func(c *Call, n *ledger.NewAlias) {
		a, err := c.api.Ledger.AddAlias(c, c.who, *n)
		if err != nil {
			c.result(Result{Err: err})
			return
		}
		c.result(Result{ID: a.ID})
	})

// aliasUpdate reads what create and set have in the same order: status, pref
// and manage-dns. tomcat is of the versions before 1.6.9.1, whose clients still
// send it.
func (r *Reader) aliasUpdate(u *ledger.AliasUpdate) {
	if r.Next("status") {
		status := ledger.Status(r.Int("status"))
		u.Status = &status
	}
	s := &u.Settings
	if r.Next("pref") && r.Enter("pref") {
		s.Web = r.OptBool("web")
		s.Mail = r.OptBool("mail")
		s.Tomcat = r.OptBool("tomcat")
		s.SEORedirect = r.OptBool("seo-redirect")
		s.ICPStatus = r.OptBool("icp-status")
		s.ICPPermit = r.OptString("icp-permit")
		r.Leave()
	}
	s.ManageDNS = r.OptBool("manage-dns")
}
