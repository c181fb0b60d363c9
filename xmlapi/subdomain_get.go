package xmlapi

import "github.com/hostledger/hostledger/ledger"

// subdomainGet returns what is known of subdomains, those of site/add too.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-subdomains/retrieving-information-on-subdomains.53501/
var subdomainGet = register("subdomain", "get", everyone,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(subdomainSelectors) },
	func(c *Call, f *ledger.Filter) {
		matches, err := c.api.Ledger.FindSubdomains(c, c.who, *f)
		eachLoaded(c, matches, err, ledger.ErrNoSubdomain, c.api.Ledger.Sites, siteID,
			func(s *ledger.Site) (func(), error) { return func() { c.writeSubdomain(s) }, nil })
	})

// writeSubdomain writes a subdomain. One without hosting, which site/add can
// add, has no properties.
func (c *Call) writeSubdomain(s *ledger.Site) {
	w := c.w
	w.Start("data")
	w.Text("parent", s.ParentName.Unicode)
	w.Text("name", s.Name.Unicode)
	if s.Hosting.Type == ledger.HostingVirtual {
		w.optText("home", s.Hosting.Home)
		for _, p := range s.Hosting.CompleteProperties(s.Name.ASCII) {
			c.writeProperty("property", p.Name, p.Value)
		}
	}
	w.End("data")
}
