package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanAddonGetPhysicalHostingDescriptor tells which properties of
// physical hosting add-on plans have.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-addon-plans/retrieving-descriptor-of-hosting-settings.68359/
var servicePlanAddonGetPhysicalHostingDescriptor = register("service-plan-addon", "get-physical-hosting-descriptor", providers,
	func(f *ledger.PlanFilter, r *Reader) { *f = r.anyPlanFilter(ledger.ServicePlanAddon) },
	func(c *Call, f *ledger.PlanFilter) { c.describePlans(f, ledger.AddonHosting) })
