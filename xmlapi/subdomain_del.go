package xmlapi

import "github.com/hostledger/hostledger/ledger"

// subdomainDel removes subdomains with those of their own.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-subdomains/removing-subdomain.53543/
var subdomainDel = register("subdomain", "del", everyone,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(subdomainSelectors) },
	func(c *Call, f *ledger.Filter) {
		matches, err := c.api.Ledger.FindSubdomains(c, c.who, *f)
		c.deleteSites(matches, err, ledger.ErrNoSubdomain)
	})
