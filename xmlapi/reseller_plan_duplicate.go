package xmlapi

import "github.com/hostledger/hostledger/ledger"

// resellerPlanDuplicate copies a plan for resellers.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-plans/creating-a-copy-of-a-reseller-plan.72707/
var resellerPlanDuplicate = register("reseller-plan", "duplicate", adminOnly,
	func(n *duplicatePlanRequest, r *Reader) {
		n.filter.Kind = ledger.ResellerPlan
		n.filter.Filter = ledger.Filter{By: ledger.ByName, Values: []string{r.String("name")}}
		n.name = r.String("duplicate-name")
	},
	(*Call).duplicatePlan)
