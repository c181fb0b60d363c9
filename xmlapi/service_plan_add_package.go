package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanAddPackage adds applications to those that service plans provide. The ledger installs
// nothing.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-service-plans/including-an-app-in-a-service-plan.66803/
var servicePlanAddPackage = register("service-plan", "add-package", providers,
	func(n *planSetRequest, r *Reader) {
		n.filter = r.planFilter(ledger.ServicePlan)
		n.values.Settings.Packages.Add = r.packages()
	},
	(*Call).setListOfPlans)
