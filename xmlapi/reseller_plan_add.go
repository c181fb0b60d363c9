package xmlapi

import "github.com/hostledger/hostledger/ledger"

// resellerPlanAdd creates a plan for resellers.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-plans/creating-reseller-plan.60462/
var resellerPlanAdd = register("reseller-plan", "add", adminOnly,
	func(n *ledger.NewPlan, r *Reader) {
		n.Kind = ledger.ResellerPlan
		name := r.String("name")
		n.Values.Name = &name
		r.resellerPlanValues(&n.Values)
	},
	(*Call).addPlan)
