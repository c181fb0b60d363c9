package xmlapi

import "github.com/hostledger/hostledger/ledger"

// webspaceGetPermissionDescriptor tells which permissions the customers of
// subscriptions may have.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-subscriptions-webspaces/retrieving-descriptor-of-permissions.40132/
var webspaceGetPermissionDescriptor = register("webspace", "get-permission-descriptor", everyone,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(webspaceSelectors) },
	func(c *Call, f *ledger.Filter) {
		c.describe(*f, ledger.WebspacePermissions, c.api.Ledger.FindWebspaces, always(ledger.WebspacePermissions))
	})
