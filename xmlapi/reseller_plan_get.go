package xmlapi

import "github.com/hostledger/hostledger/ledger"

// resellerPlanGet returns plans for resellers, of their values those asked for.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-plans/retrieving-information-about-reseller-plans.60472/
var resellerPlanGet = register("reseller-plan", "get", adminOnly,
	func(n *resellerPlanGetRequest, r *Reader) {
		n.filter = r.resellerPlanFilter()
		n.wanted = dataset{}
		for _, name := range []string{"limits", "permissions", "ip-pool", "packages"} {
			if n.wanted[name] = r.Next(name); n.wanted[name] {
				r.Empty(name)
			}
		}
	},
	func(c *Call, n *resellerPlanGetRequest) {
		c.readPlans(&n.filter, func(p *ledger.Plan) { c.writeResellerPlan(p, n.wanted) })
	})

type resellerPlanGetRequest struct {
	filter ledger.PlanFilter
	wanted dataset
}

func (c *Call) writeResellerPlan(p *ledger.Plan, wanted dataset) {
	settings := p.ForReseller()
	if wanted["limits"] {
		c.writeResellerLimits(&settings)
	}
	if wanted["permissions"] {
		c.writePermissions(settings.CompletePermissions())
	}
	if wanted["ip-pool"] {
		c.writePlanIPPool(p.Settings.IPPool)
	}
	if wanted["packages"] {
		c.writeAPSFilter(p.Settings.APSFilter)
		c.writePackages(p.Settings.Packages)
	}
}
