package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanEnableAPSFilter makes service plans provide no application but those that are
// added from now on.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-service-plans/excluding-all-apps-from-a-service-plan.69089/
var servicePlanEnableAPSFilter = register("service-plan", "enable-aps-filter", providers,
	func(n *planSetRequest, r *Reader) {
		n.filter = r.planFilter(ledger.ServicePlan)
		on := true
		n.values.Settings.APSFilter = &on
	},
	(*Call).setListOfPlans)
