package xmlapi

// resellerPlanAddPackage adds applications to those that plans for resellers provide. The ledger installs
// nothing.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-plans/adding-application-to-reseller-plan.66899/
var resellerPlanAddPackage = register("reseller-plan", "add-package", adminOnly,
	func(n *planSetRequest, r *Reader) {
		n.filter = r.resellerPlanFilter()
		n.values.Settings.Packages.Add = r.packages()
	},
	(*Call).setListOfPlans)
