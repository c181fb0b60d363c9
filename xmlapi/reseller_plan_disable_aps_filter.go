package xmlapi

// resellerPlanDisableAPSFilter makes plans for resellers provide every application.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-plans/including-all-apps-in-a-reseller-plan.72733/
var resellerPlanDisableAPSFilter = register("reseller-plan", "disable-aps-filter", adminOnly,
	func(n *planSetRequest, r *Reader) {
		n.filter = r.resellerPlanFilter()
		on := false
		n.values.Settings.APSFilter = &on
	},
	(*Call).setListOfPlans)
