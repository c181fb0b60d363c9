package xmlapi

import "github.com/hostledger/hostledger/ledger"

// siteGetPhysicalHostingDescriptor tells which properties the physical hosting
// of sites has.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-sites-domains/getting-descriptors-of-hosting-settings.66640/
var siteGetPhysicalHostingDescriptor = register("site", "get-physical-hosting-descriptor", everyone,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(siteSelectors) },
	func(c *Call, f *ledger.Filter) {
		c.describe(*f, ledger.SiteHosting, c.api.Ledger.FindSites, c.api.Ledger.SiteHostingDescriptor)
	})
