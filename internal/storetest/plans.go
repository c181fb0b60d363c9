package storetest

import (
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

// addPlan adds a plan and returns it as the store should read it back.
func (w *world) addPlan(t *testing.T, name string, kind ledger.PlanKind, owner *ledger.Account) ledger.Plan {
	t.Helper()
	yes, months := true, int64(6)
	p := ledger.Plan{
		Kind: kind, GUID: "guid-of-" + name, Name: name, ExternalID: "billing-" + name,
		OwnerID: owner.ID, OwnerLogin: owner.Login, OwnerRole: owner.Role,
		Settings: ledger.PlanSettings{
			Settings: ledger.Settings{
				Hosting: ledger.Hosting{Type: ledger.HostingVirtual, Properties: ledger.Properties[string]{{Name: "ssl", Value: "true"}}},
				Limits:  ledger.Limits{Overuse: "normal", Values: ledger.Properties[int64]{{Name: "max_box", Value: 10}}},
				PHP:     ledger.Properties[string]{{Name: "memory_limit", Value: "64M"}},
			},
			Preferences: ledger.PlanPreferences{StatTTL: &months},
			LogRotation: &ledger.LogRotation{On: true, Period: "Weekly"},
			Oversell:    &yes,
			IPPool:      ledger.IPPool{Addresses: []string{"192.0.2.1"}},
		},
	}
	ok(t, w.AddPlan(t.Context(), &p))
	return p
}

func testPlans(t *testing.T, w *world) {
	ctx := t.Context()
	basic, large := w.addPlan(t, "Basic", ledger.ServicePlan, &w.admin), w.addPlan(t, "Large", ledger.ServicePlan, &w.admin)
	addon, theirs := w.addPlan(t, "Basic", ledger.ServicePlanAddon, &w.admin), w.addPlan(t, "Basic", ledger.ServicePlan, &w.reseller)
	fails(t, w.AddPlan(ctx, &ledger.Plan{Kind: ledger.ServicePlan, OwnerID: w.admin.ID, Name: "Basic"}), ledger.ErrExists)
	equal(t, "plans", must(w.Plans(ctx, []int64{large.ID, 987654321, basic.ID}))(t), []ledger.Plan{large, basic})

	for _, c := range []struct {
		kind  ledger.PlanKind
		owner int64
		by    ledger.By
		value string
		want  []int64
	}{
		{ledger.ServicePlan, 0, ledger.ByAll, "", []int64{basic.ID, large.ID, theirs.ID}},
		{ledger.ServicePlan, w.admin.ID, ledger.ByAll, "", []int64{basic.ID, large.ID}},
		{ledger.ServicePlan, w.admin.ID, ledger.ByName, "Basic", []int64{basic.ID}},
		{ledger.ServicePlan, w.reseller.ID, ledger.ByName, "Large", nil},
		{ledger.ServicePlan, w.reseller.ID, ledger.ByID, id(theirs.ID), []int64{theirs.ID}},
		{ledger.ServicePlan, w.reseller.ID, ledger.ByID, id(basic.ID), nil},
		{ledger.ServicePlan, 0, ledger.ByGUID, "guid-of-Basic", []int64{basic.ID, theirs.ID}},
		{ledger.ServicePlan, 0, ledger.ByExternalID, "billing-Large", []int64{large.ID}},
		{ledger.ServicePlan, 0, ledger.ByName, "basic", nil},
		{ledger.ServicePlan, 0, ledger.ByExternalID, "", nil},
		{ledger.ServicePlan, 0, ledger.ByID, "Basic", nil},
		{ledger.ServicePlanAddon, 0, ledger.ByAll, "", []int64{addon.ID}},
		{ledger.ResellerPlan, 0, ledger.ByAll, "", nil},
	} {
		got := must(w.PlanIDs(ctx, c.kind, c.owner, ledger.Selector{By: c.by, Value: c.value}))(t)
		equal(t, "plans by "+string(c.by)+" "+c.value, got, c.want)
	}
}

func testUpdatePlan(t *testing.T, w *world) {
	ctx := t.Context()
	want, large := w.addPlan(t, "Basic", ledger.ServicePlan, &w.admin), w.addPlan(t, "Large", ledger.ServicePlan, &w.admin)
	ok(t, w.UpdateWebspace(ctx, w.customerSpace.ID, nil, func(space *ledger.Webspace) error {
		space.Plan, space.Own.Limits = &want, ledger.Limits{}
		return nil
	}))
	before := want
	want.Name, want.ExternalID = "New", "new"
	want.Settings = ledger.PlanSettings{Settings: ledger.Settings{Limits: ledger.Limits{Values: ledger.Properties[int64]{{Name: "max_box", Value: 20}}}}}
	ok(t, w.UpdatePlan(ctx, want.ID, func(p *ledger.Plan) error {
		equal(t, "plan as it was", *p, before)
		*p = want
		return nil
	}))
	equal(t, "plan", must(w.Plans(ctx, []int64{want.ID}))(t), []ledger.Plan{want})
	boxes, _ := must(w.Webspaces(ctx, []int64{w.customerSpace.ID}))(t)[0].Settings().Limits.Values.Get("max_box")
	equal(t, "limit of a subscription of the plan", boxes, 20)

	fails(t, w.UpdatePlan(ctx, want.ID, func(p *ledger.Plan) error {
		p.Name = large.Name
		return nil
	}), ledger.ErrExists)
	fails(t, w.UpdatePlan(ctx, want.ID, func(p *ledger.Plan) error {
		p.Name = "kept by mistake"
		return ledger.ErrInvalid
	}), ledger.ErrInvalid)
	equal(t, "plan after refused updates", must(w.Plans(ctx, []int64{want.ID}))(t), []ledger.Plan{want})
	fails(t, w.UpdatePlan(ctx, 987654321, func(*ledger.Plan) error { return nil }), ledger.ErrNotFound)
}

func testDeletePlan(t *testing.T, w *world) {
	ctx := t.Context()
	plan, addon := w.addPlan(t, "Basic", ledger.ServicePlan, &w.reseller), w.addPlan(t, "More", ledger.ServicePlanAddon, &w.reseller)
	forResellers := w.addPlan(t, "Resale", ledger.ResellerPlan, &w.admin)
	follow := func(plan *ledger.Plan, addons []ledger.Plan) {
		t.Helper()
		ok(t, w.UpdateWebspace(ctx, w.clientSpace.ID, nil, func(space *ledger.Webspace) error {
			space.Plan, space.Addons = plan, addons
			return nil
		}))
	}
	resell := func(plan *ledger.Plan) {
		t.Helper()
		ok(t, w.UpdateAccount(ctx, w.reseller.ID, func(a *ledger.Account) error {
			a.Plan, a.Locked = plan, plan != nil
			return nil
		}))
		account := must(w.Accounts(ctx, []int64{w.reseller.ID}))(t)[0]
		equal(t, "reseller's plan", account.Plan, plan)
		equal(t, "locked", account.Locked, plan != nil)
	}
	follow(&plan, []ledger.Plan{addon})
	resell(&forResellers)
	unused := w.addPlan(t, "Unused", ledger.ServicePlan, &w.admin)
	followers := must(w.PlanFollowers(ctx, []int64{plan.ID, addon.ID, forResellers.ID, unused.ID, 987654321}))(t)
	equal(t, "followers", followers, map[int64]int{plan.ID: 1, addon.ID: 1, forResellers.ID: 1})
	for _, p := range []ledger.Plan{plan, addon, forResellers} {
		fails(t, w.DeletePlan(ctx, p.ID), ledger.ErrFailed)
	}
	follow(&plan, nil)
	ok(t, w.DeletePlan(ctx, addon.ID))
	resell(nil)
	ok(t, w.DeletePlan(ctx, forResellers.ID))
	fails(t, w.DeletePlan(ctx, forResellers.ID), ledger.ErrNotFound)
	equal(t, "plans", must(w.Plans(ctx, []int64{plan.ID, addon.ID, forResellers.ID}))(t), []ledger.Plan{plan})

	ok(t, w.DeleteAccount(ctx, w.reseller.ID))
	equal(t, "plans of a reseller who is gone", must(w.Plans(ctx, []int64{plan.ID}))(t), nil)
}

// A plan that is gone, or another provider's, is not there for a subscription
// or a reseller, and nothing is kept.
func testPlansOfOthers(t *testing.T, w *world) {
	ctx := t.Context()
	ours, theirs := w.addPlan(t, "Ours", ledger.ServicePlan, &w.admin), w.addPlan(t, "Theirs", ledger.ServicePlan, &w.reseller)
	ourAddon, theirAddon := w.addPlan(t, "Ours", ledger.ServicePlanAddon, &w.admin), w.addPlan(t, "Theirs", ledger.ServicePlanAddon, &w.reseller)
	gone := w.addPlan(t, "Gone", ledger.ServicePlan, &w.admin)
	ok(t, w.DeletePlan(ctx, gone.ID))

	for _, c := range []struct {
		space  *ledger.Webspace
		owner  *ledger.Account
		plan   ledger.Plan
		addons []ledger.Plan
		kind   ledger.Kind
	}{
		{&w.adminSpace, &w.admin, ours, []ledger.Plan{ourAddon, ourAddon}, ""},
		{&w.customerSpace, &w.customer, ours, []ledger.Plan{ourAddon}, ""},
		{&w.resellerSpace, &w.reseller, theirs, []ledger.Plan{theirAddon}, ""},
		{&w.clientSpace, &w.client, theirs, []ledger.Plan{theirAddon}, ""},
		{&w.adminSpace, &w.admin, gone, nil, ledger.ErrNamedNotFound},
		{&w.adminSpace, &w.admin, theirs, nil, ledger.ErrNamedNotFound},
		{&w.customerSpace, &w.customer, theirs, nil, ledger.ErrNamedNotFound},
		{&w.customerSpace, &w.customer, ours, []ledger.Plan{ourAddon, theirAddon}, ledger.ErrNamedNotFound},
		{&w.customerSpace, &w.customer, ours, []ledger.Plan{gone}, ledger.ErrNamedNotFound},
		{&w.resellerSpace, &w.reseller, ours, nil, ledger.ErrNamedNotFound},
		{&w.clientSpace, &w.client, ours, nil, ledger.ErrNamedNotFound},
	} {
		added := newWebspace("new.example", c.owner)
		added.Plan = &c.plan
		errs := []error{w.UpdateWebspace(ctx, c.space.ID, nil, func(space *ledger.Webspace) error {
			space.Plan, space.Addons = &c.plan, c.addons
			return nil
		})}
		if c.addons == nil {
			errs = append(errs, w.AddWebspace(ctx, &added, nil))
		}
		for _, err := range errs {
			if c.kind == "" {
				ok(t, err)
			} else {
				fails(t, err, c.kind)
			}
		}
	}
	equal(t, "plan after refused updates", *must(w.Webspaces(ctx, []int64{w.clientSpace.ID}))(t)[0].Plan, theirs)
	equal(t, "subscriptions after refused ones", must(w.WebspaceIDs(ctx, ledger.Everything, ledger.Selector{By: ledger.ByName, Value: "new.example"}))(t), nil)
	fails(t, w.UpdateWebspace(ctx, w.clientSpace.ID, nil, func(space *ledger.Webspace) error {
		space.OwnerID = w.customer.ID
		return nil
	}), ledger.ErrNamedNotFound)
	fails(t, w.UpdateAccountWithWebspaces(ctx, w.client.ID, func(a *ledger.Account) error {
		a.OwnerID = w.admin.ID
		return nil
	}, func(*ledger.Provider, int) error { return nil }, func(*ledger.Webspace) error { return nil }), ledger.ErrNamedNotFound)

	for _, plan := range []ledger.Plan{gone, w.addPlan(t, "Theirs", ledger.ResellerPlan, &w.reseller)} {
		another := ledger.Account{GUID: "another", Login: "another", Role: ledger.RoleReseller, OwnerID: w.admin.ID, Plan: &plan}
		fails(t, w.AddAccount(ctx, &another, nil), ledger.ErrNamedNotFound)
		fails(t, w.UpdateAccount(ctx, w.reseller.ID, func(a *ledger.Account) error {
			a.Plan = &plan
			return nil
		}), ledger.ErrNamedNotFound)
	}
	equal(t, "reseller's plan after refused updates", must(w.Accounts(ctx, []int64{w.reseller.ID}))(t)[0].Plan, nil)
}
