package xmlapi

// webspaceAddSubscription adds an add-on plan to subscriptions.
// https://docs.plesk.com/en-US/obsidian/api-rpc/reference/managing-subscriptions-webspaces/adding-an-addon-plan-to-a-subscription.66368
var webspaceAddSubscription = register("webspace", "add-subscription", providers,
	(*subscriptionRequest).addonPlan,
	func(c *Call, n *subscriptionRequest) {
		c.eachSubscription(n.filter, func(id int64) (string, error) {
			return c.api.Ledger.AddToSubscription(c, c.who, id, *n.plan)
		})
	})
