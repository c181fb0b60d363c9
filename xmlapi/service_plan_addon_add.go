package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanAddonAdd creates an add-on plan.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-addon-plans/creating-an-addon-plan.66429/
var servicePlanAddonAdd = register("service-plan-addon", "add", providers,
	func(n *ledger.NewPlan, r *Reader) {
		n.Kind = ledger.ServicePlanAddon
		name := r.String("name")
		n.Owner = r.planOwner()
		u := &n.Values
		u.Name = &name
		r.addonLimitsAndHosting(u)
		r.performanceToExternalID(u)
		u.Settings.PHP = r.phpSettings()
	},
	(*Call).addPlan)

// addonLimitsAndHosting reads the blocks that service-plan-addon/add and
// service-plan-addon/set begin with in the same order.
func (r *Reader) addonLimitsAndHosting(u *ledger.PlanUpdate) {
	u.Settings.Limits = optional(r, "limits", r.addonLimits)
	u.Settings.Hosting = optional(r, "hosting", r.planHosting)
}

// addonLimits reads a limits element (DomainAddonTemplateLimits).
func (r *Reader) addonLimits(name string) (u ledger.LimitsUpdate) {
	if r.Enter(name) {
		u.Values = properties(r, "limit", r.Long)
		r.Leave()
	}
	return u
}
