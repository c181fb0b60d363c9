package xmlapi

// resellerPlanEnableAPSFilter makes plans for resellers provide no application but those that are
// added from now on.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-plans/excluding-all-apps-from-a-reseller-plan.72738/
var resellerPlanEnableAPSFilter = register("reseller-plan", "enable-aps-filter", adminOnly,
	func(n *planSetRequest, r *Reader) {
		n.filter = r.resellerPlanFilter()
		on := true
		n.values.Settings.APSFilter = &on
	},
	(*Call).setListOfPlans)
