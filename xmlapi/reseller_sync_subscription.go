package xmlapi

import "github.com/hostledger/hostledger/ledger"

// resellerSyncSubscription makes locked resellers follow their plan again.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-accounts/syncing-reseller-accounts-with-reseller-plans.66523/
var resellerSyncSubscription = register("reseller", "sync-subscription", adminOnly,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(resellerSelectors) },
	func(c *Call, f *ledger.Filter) {
		matches, err := c.api.Ledger.FindResellers(c, c.who, *f)
		c.each(matches, err, func(id int64) error { return c.api.Ledger.SyncReseller(c, c.who, id) })
	})
