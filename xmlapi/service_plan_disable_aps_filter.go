package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanDisableAPSFilter makes service plans provide every application.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-service-plans/including-all-apps-in-a-service-plan.69082/
var servicePlanDisableAPSFilter = register("service-plan", "disable-aps-filter", providers,
	func(n *planSetRequest, r *Reader) {
		n.filter = r.planFilter(ledger.ServicePlan)
		on := false
		n.values.Settings.APSFilter = &on
	},
	(*Call).setListOfPlans)
