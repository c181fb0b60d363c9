package xmlapi

import (
	"cmp"
	"context"

	"github.com/hostledger/hostledger/ledger"
)

// planFilter reads which service or add-on plans are meant, and whose.
func (r *Reader) planFilter(kind ledger.PlanKind) ledger.PlanFilter {
	f := ledger.PlanFilter{Kind: kind, Filter: r.Filter(planSelectors)}
	f.Owner = r.planOwner()
	return f
}

// anyPlanFilter is planFilter for reading: it may be about the plans of all
// owners.
func (r *Reader) anyPlanFilter(kind ledger.PlanKind) ledger.PlanFilter {
	f := r.planFilter(kind)
	if f.Owner == nil && r.Next("owner-all") {
		r.Empty("owner-all")
		f.AllOwners = true
	}
	return f
}

func (r *Reader) planOwner() *ledger.Selector {
	return r.selector(r.ID, []ledger.By{ledger.ByID, ledger.ByLogin}, "owner-id", "owner-login")
}

// resellerPlanFilter reads which plans for resellers are meant.
func (r *Reader) resellerPlanFilter() ledger.PlanFilter {
	return ledger.PlanFilter{Kind: ledger.ResellerPlan, Filter: r.FilledFilter(resellerPlanSelectors)}
}

// byFilter names a plan in its result by the element that selected it: after a
// blank filter, by id.
func byFilter(f ledger.Filter) naming {
	return func(m ledger.Match, err error) Result {
		r := of(m, err)
		r.FilterBy, r.ID = string(cmp.Or(f.By, ledger.ByID)), 0
		return r
	}
}

func (c *Call) addPlan(n *ledger.NewPlan) {
	p, err := c.api.Ledger.AddPlan(c, c.who, *n)
	c.addedPlan(p, err)
}

func (c *Call) addedPlan(p *ledger.Plan, err error) {
	if err != nil {
		c.result(Result{Err: err})
		return
	}
	c.result(Result{ID: p.ID}, func() {
		c.w.Text("guid", p.GUID)
		if p.Kind == ledger.ResellerPlan && p.ExternalID != "" {
			c.w.Text("external-id", p.ExternalID)
		}
	})
}

// planSetRequest is the request of an operation that changes plans.
type planSetRequest struct {
	filter ledger.PlanFilter
	values ledger.PlanUpdate
}

// setPlans changes plans, with results that name them by the filter's element.
func (c *Call) setPlans(n *planSetRequest, rest ...func()) {
	c.setPlansNamed(byFilter(n.filter.Filter), n, rest...)
}

// setListOfPlans changes what plans list, with results as those of
// subscriptions.
func (c *Call) setListOfPlans(n *planSetRequest) { c.setPlansNamed(of, n) }

func (c *Call) setPlansNamed(name naming, n *planSetRequest, rest ...func()) {
	matches, err := c.api.Ledger.FindPlans(c, c.who, n.filter)
	c.eachNamed(name, matches, err, func(id int64) error {
		return c.api.Ledger.UpdatePlan(c, c.who, n.filter.Kind, id, n.values)
	}, rest...)
}

// delPlans removes plans that nobody follows.
func (c *Call) delPlans(f *ledger.PlanFilter) {
	matches, err := c.api.Ledger.FindPlans(c, c.who, *f)
	c.eachNamed(byFilter(f.Filter), matches, err, func(id int64) error {
		return c.api.Ledger.DeletePlan(c, c.who, f.Kind, id)
	})
}

// readPlans writes what write tells of plans, after their names.
func (c *Call) readPlans(f *ledger.PlanFilter, write func(*ledger.Plan)) {
	matches, err := c.api.Ledger.FindPlans(c, c.who, *f)
	eachLoadedNamed(c, nameOnError(f.Filter), matches, err, f.Kind.Missing(), c.api.Ledger.Plans, planID,
		func(p *ledger.Plan) (func(), error) {
			return func() {
				c.w.Int("id", p.ID)
				c.w.Text("name", p.Name)
				c.w.Text("guid", p.GUID)
				c.w.Text("external-id", p.ExternalID)
				write(p)
			}, nil
		})
}

// nameOnError names by the filter what cannot be read: what can be has all its
// names in the rest of the result.
func nameOnError(f ledger.Filter) naming {
	byFilter := byFilter(f)
	return func(m ledger.Match, err error) Result {
		if err == nil && m.Err == nil {
			return Result{}
		}
		return byFilter(m, err)
	}
}

// describePlans answers a descriptor operation of service or add-on plans,
// which all have the same descriptor.
func (c *Call) describePlans(f *ledger.PlanFilter, d ledger.Descriptor) {
	find := func(ctx context.Context, who ledger.Identity, _ ledger.Filter) ([]ledger.Match, error) {
		return c.api.Ledger.FindPlans(ctx, who, *f)
	}
	c.describeNamed(byFilter(f.Filter), f.Filter, d, find, always(d))
}

func planID(p *ledger.Plan) int64 { return p.ID }

// duplicatePlanRequest is the request of duplicate.
type duplicatePlanRequest struct {
	filter ledger.PlanFilter
	name   string
}

// decode reads a duplicate operation of service or add-on plans.
func (n *duplicatePlanRequest) decode(r *Reader, kind ledger.PlanKind) {
	n.filter = r.planFilter(kind)
	n.name = r.String("duplicate-name")
}

func (c *Call) duplicatePlan(n *duplicatePlanRequest) {
	p, err := c.api.Ledger.DuplicatePlan(c, c.who, n.filter, n.name)
	c.addedPlan(p, err)
}
