package xmlapi

import "github.com/hostledger/hostledger/ledger"

// webspaceGetPhysicalHostingDescriptor tells which properties the physical
// hosting of subscriptions has.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-subscriptions-webspaces/retrieving-descriptor-of-hosting-settings.40133/
var webspaceGetPhysicalHostingDescriptor = register("webspace", "get-physical-hosting-descriptor", everyone,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(webspaceSelectors) },
	func(c *Call, f *ledger.Filter) {
		c.describe(*f, ledger.WebspaceHosting, c.api.Ledger.FindWebspaces, always(ledger.WebspaceHosting))
	})
