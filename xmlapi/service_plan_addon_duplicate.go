package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanAddonDuplicate copies an add-on plan.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-addon-plans/creating-a-copy-of-an-addon-plan.72563/
var servicePlanAddonDuplicate = register("service-plan-addon", "duplicate", providers,
	func(n *duplicatePlanRequest, r *Reader) { n.decode(r, ledger.ServicePlanAddon) },
	(*Call).duplicatePlan)
