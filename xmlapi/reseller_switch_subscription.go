package xmlapi

// resellerSwitchSubscription makes resellers follow another plan, or none: then
// they keep the limits and permissions they have.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-accounts/switching-reseller-accounts-to-different-reseller-plans.66530/
var resellerSwitchSubscription = register("reseller", "switch-subscription", adminOnly,
	func(n *subscriptionRequest, r *Reader) {
		n.filter = r.Filter(resellerSelectors)
		n.plan = r.subscribedPlan("plan-guid", "no-plan", "plan-external-id")
	},
	func(c *Call, n *subscriptionRequest) {
		matches, err := c.api.Ledger.FindResellers(c, c.who, n.filter)
		c.each(matches, err, func(id int64) error { return c.api.Ledger.SwitchReseller(c, c.who, id, n.plan) })
	})
