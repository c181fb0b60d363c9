package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanAddonGetLimitDescriptor tells which limits add-on plans raise.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-addon-plans/retrieving-descriptor-of-limits.68357/
var servicePlanAddonGetLimitDescriptor = register("service-plan-addon", "get-limit-descriptor", providers,
	func(f *ledger.PlanFilter, r *Reader) { *f = r.anyPlanFilter(ledger.ServicePlanAddon) },
	func(c *Call, f *ledger.PlanFilter) { c.describePlans(f, ledger.AddonLimits) })
