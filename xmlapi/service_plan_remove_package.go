package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanRemovePackage takes applications from those that service plans provide.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-service-plans/excluding-an-app-from-a-service-plan.66804/
var servicePlanRemovePackage = register("service-plan", "remove-package", providers,
	func(n *planSetRequest, r *Reader) {
		n.filter = r.planFilter(ledger.ServicePlan)
		n.values.Settings.Packages.Remove = r.packages()
	},
	(*Call).setListOfPlans)
