package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanGetLimitDescriptor tells which limits service plans have.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-service-plans/retrieving-descriptor-of-limits.68324/
var servicePlanGetLimitDescriptor = register("service-plan", "get-limit-descriptor", providers,
	func(f *ledger.PlanFilter, r *Reader) { *f = r.anyPlanFilter(ledger.ServicePlan) },
	func(c *Call, f *ledger.PlanFilter) { c.describePlans(f, ledger.WebspaceLimits) })
