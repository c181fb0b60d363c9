package xmlapi

// webspaceAddPlanItem adds an additional service to subscriptions, by its name.
// They are kept in the order in which they were last added, each once.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-subscriptions/adding-an-additional-service-to-a-subscription.66842
var webspaceAddPlanItem = register("webspace", "add-plan-item", providers,
	func(n *planItemRequest, r *Reader) {
		n.filter = r.Filter(webspaceSelectors)
		n.item = r.planItem()
		n.values.Settings.PlanItems.Add = []string{n.item}
	},
	(*Call).setPlanItem)

type planItemRequest struct {
	webspaceSetRequest
	item string
}

func (c *Call) setPlanItem(n *planItemRequest) {
	c.setWebspaces(&n.webspaceSetRequest, func() { c.w.Text("item", n.item) })
}
