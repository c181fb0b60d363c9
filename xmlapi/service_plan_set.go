package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanSet changes service plans, and with them the subscriptions that
// follow them.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-service-plans/configuring-service-plan-settings.32929/
var servicePlanSet = register("service-plan", "set", providers,
	func(n *planSetRequest, r *Reader) {
		n.filter = r.planFilter(ledger.ServicePlan)
		u := &n.values
		r.mailToPreferences(u)
		u.Settings.Hosting = optional(r, "hosting", r.planHostingOrNone)
		r.performanceToExternalID(u)
		u.Name = r.OptString("name")
		r.phpAndWebServer(u)
	},
	func(c *Call, n *planSetRequest) { c.setPlans(n) })
