package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanAddonAddPackage adds applications to those that add-on plans provide. The ledger installs
// nothing.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-addon-plans/including-an-app-in-an-addon-plan.72561/
var servicePlanAddonAddPackage = register("service-plan-addon", "add-package", providers,
	func(n *planSetRequest, r *Reader) {
		n.filter = r.planFilter(ledger.ServicePlanAddon)
		n.values.Settings.Packages.Add = r.packages()
	},
	(*Call).setListOfPlans)
