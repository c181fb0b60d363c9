package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanAddonSet changes add-on plans, and with them the subscriptions that
// have them.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-addon-plans/configuring-addon-plan-settings.66439/
var servicePlanAddonSet = register("service-plan-addon", "set", providers,
	func(n *planSetRequest, r *Reader) {
		n.filter = r.planFilter(ledger.ServicePlanAddon)
		u := &n.values
		r.addonLimitsAndHosting(u)
		r.performanceToExternalID(u)
		u.Name = r.OptString("name")
		u.Settings.PHP = r.phpSettings()
	},
	func(c *Call, n *planSetRequest) { c.setPlans(n) })
