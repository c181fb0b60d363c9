package xmlapi

import "github.com/hostledger/hostledger/ledger"

// resellerPlanGetLimitDescriptor tells which limits plans for resellers have.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-plans.60460/
var resellerPlanGetLimitDescriptor = register("reseller-plan", "get-limit-descriptor", adminOnly,
	func(_ *struct{}, r *Reader) { r.anyContent() },
	func(c *Call, _ *struct{}) {
		c.result(Result{}, func() { c.writeDescriptor(ledger.ResellerLimits) })
	})
