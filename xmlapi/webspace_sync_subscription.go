package xmlapi

import "github.com/hostledger/hostledger/ledger"

// webspaceSyncSubscription makes locked subscriptions follow their plans again.
// Values of their own that a plan can say are given up; what stays is what
// switch-subscription lets them keep. Plans whose limits have become too small
// for the sites that a subscription has are refused.
// https://docs.plesk.com/en-US/obsidian/api-rpc/reference/managing-subscriptions-webspaces/syncing-a-subscription-with-a-service-plan.66398
var webspaceSyncSubscription = register("webspace", "sync-subscription", providers,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(webspaceSelectors) },
	func(c *Call, f *ledger.Filter) {
		c.eachSubscription(*f, func(id int64) (string, error) { return c.api.Ledger.SyncSubscription(c, c.who, id) })
	})
