package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanAddonGet returns add-on plans with all their values.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-addon-plans/getting-information-on-addon-plans.66434/
var servicePlanAddonGet = register("service-plan-addon", "get", providers,
	func(f *ledger.PlanFilter, r *Reader) { *f = r.anyPlanFilter(ledger.ServicePlanAddon) },
	func(c *Call, f *ledger.PlanFilter) { c.readPlans(f, c.writeAddonPlan) })

// writeAddonPlan writes what an add-on plan adds to the service plan of a
// subscription.
func (c *Call) writeAddonPlan(p *ledger.Plan) {
	s := &p.Settings
	c.writeOwner(p.OwnerID, p.OwnerLogin, p.OwnerRole)
	c.w.Start("limits")
	c.writeLimitValues(s.Limits.CompleteOfAddon())
	c.w.End("limits")
	c.writeHostingAs("hosting", &s.Hosting, s.Hosting.Properties)
	c.writePerformance(s.Performance)
	c.writePackages(s.Packages)
	c.writePermissions(s.Permissions)
	c.writePHP(s.PHP)
}
