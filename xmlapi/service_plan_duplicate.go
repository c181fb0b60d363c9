package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanDuplicate copies a service plan.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-service-plans/creating-a-copy-of-a-service-plan.72585/
var servicePlanDuplicate = register("service-plan", "duplicate", providers,
	func(n *duplicatePlanRequest, r *Reader) { n.decode(r, ledger.ServicePlan) },
	(*Call).duplicatePlan)
