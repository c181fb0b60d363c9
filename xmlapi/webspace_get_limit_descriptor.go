package xmlapi

import "github.com/hostledger/hostledger/ledger"

// webspaceGetLimitDescriptor tells which limits subscriptions have.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-subscriptions-webspaces/retrieving-descriptor-of-limits.40131/
var webspaceGetLimitDescriptor = register("webspace", "get-limit-descriptor", everyone,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(webspaceSelectors) },
	func(c *Call, f *ledger.Filter) {
		c.describe(*f, ledger.WebspaceLimits, c.api.Ledger.FindWebspaces, always(ledger.WebspaceLimits))
	})
