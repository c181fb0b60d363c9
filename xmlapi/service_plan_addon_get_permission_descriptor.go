package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanAddonGetPermissionDescriptor tells which permissions add-on
// plans grant.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-addon-plans/retrieving-descriptor-of-permissions.68358/
var servicePlanAddonGetPermissionDescriptor = register("service-plan-addon", "get-permission-descriptor", providers,
	func(f *ledger.PlanFilter, r *Reader) { *f = r.anyPlanFilter(ledger.ServicePlanAddon) },
	func(c *Call, f *ledger.PlanFilter) { c.describePlans(f, ledger.AddonPermissions) })
