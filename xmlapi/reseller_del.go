package xmlapi

import "github.com/hostledger/hostledger/ledger"

// resellerDel removes resellers with their customers and all their
// subscriptions.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-accounts/removing-reseller-accounts.60343/
var resellerDel = register("reseller", "del", adminOnly,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(resellerSelectors) },
	func(c *Call, f *ledger.Filter) {
		matches, err := c.api.Ledger.FindResellers(c, c.who, *f)
		c.each(matches, err, func(id int64) error { return c.api.Ledger.DeleteReseller(c, c.who, id) })
	})
