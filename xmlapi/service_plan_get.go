package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanGet returns service plans with all their values.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-service-plans/getting-information-on-service-plans.32915/
var servicePlanGet = register("service-plan", "get", providers,
	func(f *ledger.PlanFilter, r *Reader) { *f = r.anyPlanFilter(ledger.ServicePlan) },
	func(c *Call, f *ledger.PlanFilter) { c.readPlans(f, c.writeServicePlan) })

// writeServicePlan writes the values of a plan in the order in which the
// protocol's server was seen to write them.
func (c *Call) writeServicePlan(p *ledger.Plan) {
	s := &p.Settings
	c.writeOwner(p.OwnerID, p.OwnerLogin, p.OwnerRole)
	c.writePlanMail(&s.Mail)
	c.writeLimits(s.Limits)
	c.writeLogRotation(s.LogRotation)
	c.writePlanPreferences(s.Preferences)
	c.writeHostingAs("hosting", &s.Hosting, s.Hosting.CompleteOfPlan())
	c.writePerformance(s.Performance)
	c.writePermissions(s.CompletePermissions())
	c.writePlanItems(s.PlanItems)
	c.writeAPSFilter(s.APSFilter)
	c.writePackages(s.Packages)
	c.writePHPSettings(&s.Settings)
	c.writeWebServer(s.WebServer)
}
