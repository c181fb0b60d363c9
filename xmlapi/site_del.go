package xmlapi

import "github.com/hostledger/hostledger/ledger"

// siteDel removes sites with their subdomains.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-sites-domains/deleting-sites.66570/
var siteDel = register("site", "del", everyone,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(siteSelectors) },
	func(c *Call, f *ledger.Filter) {
		matches, err := c.api.Ledger.FindSites(c, c.who, *f)
		c.each(matches, err, func(id int64) error { return c.api.Ledger.DeleteSite(c, id) })
	})
