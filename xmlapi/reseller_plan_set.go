package xmlapi

// resellerPlanSet changes plans for resellers, and with them the resellers who
// follow them.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-plans/setting-reseller-plan-properties.60491/
var resellerPlanSet = register("reseller-plan", "set", adminOnly,
	func(n *planSetRequest, r *Reader) {
		n.filter = r.resellerPlanFilter()
		r.resellerPlanValues(&n.values)
		n.values.Name = r.OptString("name")
	},
	func(c *Call, n *planSetRequest) { c.setPlans(n) })
