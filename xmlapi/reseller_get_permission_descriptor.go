package xmlapi

import "github.com/hostledger/hostledger/ledger"

// resellerGetPermissionDescriptor tells which permissions resellers may have.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-accounts/retrieving-descriptor-of-permissions.60443/
var resellerGetPermissionDescriptor = register("reseller", "get-permission-descriptor", providers,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(resellerSelectors) },
	func(c *Call, f *ledger.Filter) {
		c.describe(*f, ledger.ResellerPermissions, c.api.Ledger.FindResellers, always(ledger.ResellerPermissions))
	})
