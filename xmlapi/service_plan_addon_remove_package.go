package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanAddonRemovePackage takes applications from those that add-on plans provide.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-addon-plans/excluding-an-app-from-an-addon-plan.72562/
var servicePlanAddonRemovePackage = register("service-plan-addon", "remove-package", providers,
	func(n *planSetRequest, r *Reader) {
		n.filter = r.planFilter(ledger.ServicePlanAddon)
		n.values.Settings.Packages.Remove = r.packages()
	},
	(*Call).setListOfPlans)
