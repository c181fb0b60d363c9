package xmlapi

// resellerPlanRemovePackage takes applications from those that plans for resellers provide.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-plans/removing-application-from-reseller-plan.66900/
var resellerPlanRemovePackage = register("reseller-plan", "remove-package", adminOnly,
	func(n *planSetRequest, r *Reader) {
		n.filter = r.resellerPlanFilter()
		n.values.Settings.Packages.Remove = r.packages()
	},
	(*Call).setListOfPlans)
