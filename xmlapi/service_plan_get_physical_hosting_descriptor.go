package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanGetPhysicalHostingDescriptor tells which properties of physical
// hosting service plans have.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-service-plans/retrieving-descriptor-of-hosting-settings.68326/
var servicePlanGetPhysicalHostingDescriptor = register("service-plan", "get-physical-hosting-descriptor", providers,
	func(f *ledger.PlanFilter, r *Reader) { *f = r.anyPlanFilter(ledger.ServicePlan) },
	func(c *Call, f *ledger.PlanFilter) { c.describePlans(f, ledger.PlanHosting) })
