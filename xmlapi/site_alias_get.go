package xmlapi

import "github.com/hostledger/hostledger/ledger"

// siteAliasGet returns what is known of aliases.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-site-aliases/retrieving-information-on-site-aliases.33839/
var siteAliasGet = register("site-alias", "get", everyone,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(aliasSelectors) },
	func(c *Call, f *ledger.Filter) {
		matches, err := c.api.Ledger.FindAliases(c, c.who, *f)
		eachLoaded(c, matches, err, ledger.ErrNoAlias, c.api.Ledger.Aliases, func(a *ledger.Alias) int64 { return a.ID },
			func(a *ledger.Alias) (func(), error) { return func() { c.writeAlias(a) }, nil })
	})

// writeAlias writes an alias. One of which nothing was set serves its site in
// every way, as on the protocol's server.
func (c *Call) writeAlias(a *ledger.Alias) {
	yes, no, none := true, false, ""
	w, s := c.w, &a.Settings
	w.Start("info")
	w.Int("status", int64(a.EffectiveStatus()))
	w.Start("pref")
	w.Bool("web", *either(s.Web, &yes))
	w.Bool("mail", *either(s.Mail, &yes))
	w.optBool("tomcat", s.Tomcat)
	w.Bool("seo-redirect", *either(s.SEORedirect, &yes))
	w.Bool("icp-status", *either(s.ICPStatus, &no))
	w.Text("icp-permit", *either(s.ICPPermit, &none))
	w.End("pref")
	w.Bool("manage-dns", *either(s.ManageDNS, &yes))
	w.Int("site-id", a.SiteID)
	w.Text("name", a.Name.Unicode)
	w.Text("ascii-name", a.Name.ASCII)
	w.End("info")
}
