package xmlapi

import "github.com/hostledger/hostledger/ledger"

// resellerPlanDel removes plans that no reseller follows.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-plans/removing-reseller-plans.60484/
var resellerPlanDel = register("reseller-plan", "del", adminOnly,
	func(f *ledger.PlanFilter, r *Reader) { *f = r.resellerPlanFilter() },
	(*Call).delPlans)
