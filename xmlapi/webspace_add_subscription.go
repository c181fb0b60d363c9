package xmlapi

// webspaceAddSubscription adds an add-on plan to subscriptions that follow a
// service plan. Its limits are added to those of the plan, and what it permits
// and switches on is permitted and on; it takes nothing away. A locked
// subscription gets the values when it is synchronized, as problems then says.
// https://docs.plesk.com/en-US/obsidian/api-rpc/reference/managing-subscriptions-webspaces/adding-an-addon-plan-to-a-subscription.66368
var webspaceAddSubscription = register("webspace", "add-subscription", providers,
	(*subscriptionRequest).addonPlan,
	func(c *Call, n *subscriptionRequest) {
		c.eachSubscription(n.filter, func(id int64) (string, error) {
			return c.api.Ledger.AddToSubscription(c, c.who, id, *n.plan)
		})
	})
