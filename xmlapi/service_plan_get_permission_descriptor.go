package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanGetPermissionDescriptor tells which permissions service plans
// grant.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-service-plans/retrieving-descriptor-of-permissions.68325/
var servicePlanGetPermissionDescriptor = register("service-plan", "get-permission-descriptor", providers,
	func(f *ledger.PlanFilter, r *Reader) { *f = r.anyPlanFilter(ledger.ServicePlan) },
	func(c *Call, f *ledger.PlanFilter) { c.describePlans(f, ledger.WebspacePermissions) })
