package xmlapi

import "github.com/hostledger/hostledger/ledger"

// resellerPlanGetPermissionDescriptor tells which permissions plans for resellers
// grant.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-plans.60460/
var resellerPlanGetPermissionDescriptor = register("reseller-plan", "get-permission-descriptor", adminOnly,
	func(_ *struct{}, r *Reader) { r.anyContent() },
	func(c *Call, _ *struct{}) {
		c.result(Result{}, func() { c.writeDescriptor(ledger.ResellerPermissions) })
	})
