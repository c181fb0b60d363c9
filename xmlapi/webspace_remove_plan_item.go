package xmlapi

// webspaceRemovePlanItem takes an additional service from subscriptions. One
// that loses what its plans provide is locked.
// https://docs.plesk.com/en-US/obsidian/api-rpc/reference/managing-subscriptions-webspaces/removing-an-additional-service-from-a-subscription.66843
var webspaceRemovePlanItem = register("webspace", "remove-plan-item", providers,
	func(n *planItemRequest, r *Reader) {
		n.filter = r.Filter(webspaceSelectors)
		n.item = r.planItem("plan-item")
		n.values.Settings.PlanItems.Remove = []string{n.item}
	},
	(*Call).setPlanItem)
