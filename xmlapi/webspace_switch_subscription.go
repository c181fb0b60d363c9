package xmlapi

// webspaceSwitchSubscription makes subscriptions follow another service plan of
// their provider, or with no-plan none: then they keep the values they have.
// With another plan, what a plan can say comes from the plan, even for a locked
// subscription; it keeps its addresses, the name of its FTP user, its document
// root, and its add-on plans. A plan whose limits are too small for the sites
// that a subscription has is refused.
// https://docs.plesk.com/en-US/obsidian/api-rpc/reference/managing-subscriptions-webspaces/switching-a-subscription-to-a-different-service-plan.66391
var webspaceSwitchSubscription = register("webspace", "switch-subscription", providers,
	func(n *subscriptionRequest, r *Reader) {
		n.filter = r.Filter(webspaceSelectors)
		n.plan = r.subscribedPlan("plan-guid", "plan-external-id", "no-plan")
	},
	func(c *Call, n *subscriptionRequest) {
		c.eachSubscription(n.filter, func(id int64) (string, error) {
			return c.api.Ledger.SwitchSubscription(c, c.who, id, n.plan)
		})
	})
