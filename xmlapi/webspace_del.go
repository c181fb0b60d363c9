package xmlapi

import "github.com/hostledger/hostledger/ledger"

// webspaceDel removes subscriptions with all that belongs to them.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-subscriptions-webspaces/deleting-subscriptions-webspaces.33910/
var webspaceDel = register("webspace", "del", providers,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(webspaceSelectors) },
	func(c *Call, f *ledger.Filter) {
		matches, err := c.api.Ledger.FindWebspaces(c, c.who, *f)
		c.each(matches, err, func(id int64) error { return c.api.Ledger.DeleteWebspace(c, c.who, id) })
	})
