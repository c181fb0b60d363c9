package xmlapi

// webspaceRemoveSubscription takes an add-on plan from subscriptions, unless the
// limits that are left are too small for the sites that they have. A locked
// subscription loses the values when it is synchronized, as problems then says.
// https://docs.plesk.com/en-US/obsidian/api-rpc/reference/managing-subscriptions-webspaces/removing-an-addon-plan-from-a-subscription.66375
var webspaceRemoveSubscription = register("webspace", "remove-subscription", providers,
	(*subscriptionRequest).addonPlan,
	func(c *Call, n *subscriptionRequest) {
		c.eachSubscription(n.filter, func(id int64) (string, error) {
			return c.api.Ledger.RemoveFromSubscription(c, c.who, id, *n.plan)
		})
	})
