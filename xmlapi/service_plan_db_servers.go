package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanDBServers changes or lists the database servers that service plans
// provide. The request has no place for an owner: the plans are the caller's.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-service-plans/managing-database-servers-available-in-a-plan.72584/
var servicePlanDBServers = register("service-plan", "db-servers", providers,
	func(n *dbServersRequest, r *Reader) { n.decode(r, planSelectors) },
	func(c *Call, n *dbServersRequest) {
		f := ledger.PlanFilter{Kind: ledger.ServicePlan, Filter: n.filter}
		matches, err := c.api.Ledger.FindPlans(c, c.who, f)
		n.answer(c, matches, err, func() {
			eachLoaded(c, matches, err, f.Kind.Missing(), c.api.Ledger.Plans, planID,
				func(p *ledger.Plan) (func(), error) {
					return func() { c.writeDBServers(p.Settings.DBServers) }, nil
				})
		}, func(id int64, u ledger.SettingsUpdate) error {
			return c.api.Ledger.UpdatePlan(c, c.who, f.Kind, id, ledger.PlanUpdate{Settings: u})
		})
	})
