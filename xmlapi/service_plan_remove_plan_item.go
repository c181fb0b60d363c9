package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanRemovePlanItem takes an additional service from service plans.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-service-plans/removing-additional-services-from-service-plan.66806/
var servicePlanRemovePlanItem = register("service-plan", "remove-plan-item", providers,
	func(n *planOfItemRequest, r *Reader) {
		n.filter = r.planFilter(ledger.ServicePlan)
		n.item = r.planItem()
		n.values.Settings.PlanItems.Remove = []string{n.item}
	},
	(*Call).setItemOfPlans)
