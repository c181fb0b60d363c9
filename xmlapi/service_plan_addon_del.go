package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanAddonDel removes add-on plans that no subscription has.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-addon-plans/deleting-addon-plans.66444/
var servicePlanAddonDel = register("service-plan-addon", "del", providers,
	func(f *ledger.PlanFilter, r *Reader) { *f = r.planFilter(ledger.ServicePlanAddon) },
	(*Call).delPlans)
