package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanDel removes service plans that no subscription follows.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-service-plans/deleting-service-plans.32922/
var servicePlanDel = register("service-plan", "del", providers,
	func(f *ledger.PlanFilter, r *Reader) { *f = r.planFilter(ledger.ServicePlan) },
	(*Call).delPlans)
