package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanAddPlanItem adds an additional service to service plans.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-service-plans.32891/
var servicePlanAddPlanItem = register("service-plan", "add-plan-item", providers,
	func(n *planOfItemRequest, r *Reader) {
		n.filter = r.planFilter(ledger.ServicePlan)
		n.item = r.planItem()
		n.values.Settings.PlanItems.Add = []string{n.item}
	},
	(*Call).setItemOfPlans)

// planOfItemRequest is the request of an operation that changes which
// additional services plans have.
type planOfItemRequest struct {
	planSetRequest
	item string
}

func (c *Call) setItemOfPlans(n *planOfItemRequest) {
	c.setPlans(&n.planSetRequest, func() { c.w.Text("item", n.item) })
}
