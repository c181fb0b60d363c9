package xmlapi

import "github.com/hostledger/hostledger/ledger"

// resellerGetLimitDescriptor tells which limits resellers have.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-accounts/retrieving-descriptor-of-limits.60436/
var resellerGetLimitDescriptor = register("reseller", "get-limit-descriptor", providers,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(resellerSelectors) },
	func(c *Call, f *ledger.Filter) {
		c.describe(*f, ledger.ResellerLimits, c.api.Ledger.FindResellers, always(ledger.ResellerLimits))
	})
