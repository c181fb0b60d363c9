package panel

import (
	"strconv"

	"github.com/hostledger/hostledger/ledger"
)

// planView is what the page of a plan shows.
type planView struct {
	planRow
	Kind            planKind
	Overuse         string // what happens past a limit; "" of an add-on
	Limits, Hosting []fact
	Granted, Denied []string // permissions
	Services        []string // additional ones
	Applications    []string
	Addresses       []string // a reseller's
}

// fact is a value with what people call it.
type fact struct{ Name, Value string }

func planPage(v *visit) error {
	plan, kind, err := v.plan()
	if err != nil {
		return err
	}
	rows, err := v.planRows([]ledger.Plan{*plan})
	if err != nil {
		return err
	}
	s := &plan.Settings
	page := planView{
		planRow: rows[0], Kind: kind, Limits: v.planLimits(plan), Hosting: v.planHosting(plan),
		Services: s.PlanItems, Applications: s.Packages, Addresses: s.IPPool.Addresses,
	}
	page.Granted, page.Denied = planPermissions(plan)
	if kind.PlanKind != ledger.ServicePlanAddon {
		page.Overuse = nameOf(overuses, orDefault(s.Limits.Overuse))
	}
	return v.show(view{template: "plan", title: plan.Name, data: page})
}

// plan returns the plan in the path of a page, if its reader may see it.
func (v *visit) plan() (*ledger.Plan, planKind, error) {
	id, err := v.pathID()
	if err != nil {
		return nil, planKind{}, err
	}
	for _, kind := range v.planKinds() {
		filter := ledger.PlanFilter{Kind: kind.PlanKind, Filter: byID(id), AllOwners: true}
		matches, err := v.Ledger.FindPlans(v.r.Context(), v.who, filter)
		if err != nil {
			return nil, kind, err
		}
		if found(matches, nil) != nil {
			continue
		}
		plans, err := v.Ledger.Plans(v.r.Context(), []int64{id})
		if err != nil {
			return nil, kind, err
		}
		if len(plans) > 0 {
			return &plans[0], kind, nil
		}
	}
	return nil, planKind{}, errNoPage
}

// planLimits returns the limits of a plan, of an add-on those that it adds to.
func (v *visit) planLimits(p *ledger.Plan) []fact {
	switch p.Kind {
	case ledger.ResellerPlan:
		return v.limitFacts(ledger.ResellerLimits, p.ForReseller().CompleteLimits())
	case ledger.ServicePlanAddon:
		return v.limitFacts(ledger.AddonLimits, p.Settings.Limits.Values)
	}
	return v.limitFacts(ledger.WebspaceLimits, p.Settings.Limits.Complete())
}

func (v *visit) limitFacts(d ledger.Descriptor, limits ledger.Properties[int64]) (facts []fact) {
	for _, limit := range limits {
		of := describe(d, limit.Name)
		facts = append(facts, fact{of.Label, v.limitWords(of.Type.Name, limit.Value)})
	}
	return facts
}

// planPermissions returns what a plan lets do, and what it does not.
func planPermissions(p *ledger.Plan) (granted, denied []string) {
	d, permissions := ledger.WebspacePermissions, p.Settings.CompletePermissions()
	switch p.Kind {
	case ledger.ResellerPlan:
		d, permissions = ledger.ResellerPermissions, p.ForReseller().CompletePermissions()
	case ledger.ServicePlanAddon:
		permissions = p.Settings.Permissions
	}
	return permissionNames(d, permissions)
}

// permissionNames returns what permissions let do, and what they do not.
func permissionNames(d ledger.Descriptor, permissions ledger.Properties[bool]) (granted, denied []string) {
	for _, permission := range permissions {
		if name := describe(d, permission.Name).Label; permission.Value {
			granted = append(granted, name)
		} else {
			denied = append(denied, name)
		}
	}
	return granted, denied
}

// planHosting returns how the sites of a plan are served.
func (v *visit) planHosting(p *ledger.Plan) (facts []fact) {
	properties := p.Settings.Hosting.CompleteOfPlan()
	switch {
	case p.Kind == ledger.ResellerPlan:
		return nil
	case p.Kind == ledger.ServicePlanAddon:
		properties = p.Settings.Hosting.Properties
	case p.Settings.Hosting.Type != ledger.HostingVirtual:
		return []fact{{"Website", "none"}}
	}
	for _, property := range properties {
		of := describe(ledger.PlanHosting, property.Name)
		facts = append(facts, fact{of.Label, v.hostingWords(of.Type.Name, property.Value)})
	}
	return facts
}

func (v *visit) hostingWords(kind, value string) string {
	switch {
	case kind == "boolean" && value == "true":
		return "yes"
	case kind == "boolean":
		return "no"
	case value == "":
		return "not set"
	case kind == "bytes":
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			return v.limitWords(kind, n)
		}
	}
	return value
}

// describe returns what is known of a property: what is not known is called by
// its name.
func describe(d ledger.Descriptor, name string) ledger.PropertyDescriptor {
	for _, p := range d.Properties {
		if p.Name == name {
			return p
		}
	}
	return ledger.PropertyDescriptor{Name: name, Label: name}
}

// nameOf returns the name of a choice.
func nameOf(choices []choice, value string) string {
	for _, c := range choices {
		if c.Value == value {
			return c.Name
		}
	}
	return value
}
