package xmlapi

// resellerConvertToCustomer makes resellers customers.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-plans/converting-resellers-into-customers.73474/
var resellerConvertToCustomer = register("reseller", "convert-to-customer", adminOnly,
	func(n *convertRequest, r *Reader) {
		n.filter = r.Filter(resellerSelectors)
		n.planName = r.OptString("plan-name")
	},
	func(c *Call, n *convertRequest) {
		matches, err := c.api.Ledger.FindResellers(c, c.who, n.filter)
		c.each(matches, err, func(id int64) error {
			return c.api.Ledger.ConvertToCustomer(c, c.who, id, n.planName)
		})
	})
