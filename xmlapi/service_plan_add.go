package xmlapi

import "github.com/hostledger/hostledger/ledger"

// servicePlanAdd creates a service plan.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-service-plans/creating-a-service-plan.32908/
var servicePlanAdd = register("service-plan", "add", providers,
	func(n *ledger.NewPlan, r *Reader) {
		n.Kind = ledger.ServicePlan
		name := r.String("name")
		n.Owner = r.planOwner()
		u := &n.Values
		u.Name = &name
		r.mailToPreferences(u)
		u.Settings.Hosting = optional(r, "hosting", r.planHosting)
		if r.Next("hosting-type") {
			h := either(u.Settings.Hosting, &ledger.Hosting{})
			h.Type = ledger.HostingType(r.String("hosting-type"))
			u.Settings.Hosting = h
		}
		r.performanceToExternalID(u)
		r.phpAndWebServer(u)
	},
	(*Call).addPlan)
