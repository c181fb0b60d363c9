package ledger

import (
	"slices"
	"testing"
)

// kindsOf returns the kinds of events in words.
func kindsOf(events []Event) (kinds []string) {
	for _, e := range events {
		kinds = append(kinds, e.String())
	}
	return kinds
}

func servicePlan(id, maxSite int64) *Plan {
	return &Plan{ID: id, Kind: ServicePlan, OwnerID: AdminID, Name: "Plan", Settings: PlanSettings{Settings: Settings{
		Hosting: Hosting{Type: HostingVirtual, Properties: Properties[string]{{"ssl", "true"}, {"php", "true"}}},
		Limits:  Limits{Values: Properties[int64]{{"max_site", maxSite}, {"max_traffic", 1000}}},
		PHP:     Properties[string]{{"memory_limit", "64M"}},
	}}}
}

// What a subscription has from its plans counts like its own.
func TestWebspaceEventsOfPlans(t *testing.T) {
	t.Parallel()
	follower := Webspace{Plan: servicePlan(1, 5), Own: Settings{Hosting: Hosting{
		Type: HostingVirtual, Properties: Properties[string]{{"ftp_login", "jane"}},
	}}}
	custom := follower
	custom.leave()
	locked := follower
	locked.lock()
	reordered := locked
	reordered.Own.Limits.Values = Properties[int64]{{"max_traffic", 1000}, {"max_site", 5}}
	reordered.Own.Hosting.Properties = Properties[string]{{"ftp_login", "jane"}, {"php", "true"}, {"ssl", "true"}}
	limited := locked
	limited.Own.Limits.Values = Properties[int64]{{"max_traffic", 1000}, {"max_site", 2}}
	renamed := follower
	renamed.Plan = servicePlan(1, 5)
	renamed.Plan.Name = "Renamed"
	extended := follower
	extended.Addons = []Plan{{ID: 9, Settings: PlanSettings{Settings: Settings{Limits: Limits{Values: Properties[int64]{{"max_site", 1}}}}}}}
	const limits, updated = "domain_limits/updated", "domain/updated"
	for _, test := range []struct {
		name   string
		before Webspace
		change func(*Webspace)
		want   []string
	}{
		{"nothing", follower, func(*Webspace) {}, nil},
		{"the plan has another name", follower, func(w *Webspace) { *w = renamed }, nil},
		{"another limit", follower, func(w *Webspace) {
			if err := w.customise(SettingsUpdate{Limits: &LimitsUpdate{Values: Properties[int64]{{"max_site", 7}}}}); err != nil {
				t.Error(err)
			}
		}, []string{limits, updated}},
		{"no plan", follower, (*Webspace).leave, []string{updated}},
		{"no plan of a locked one", locked, (*Webspace).leave, []string{updated}},
		{"sync without a difference", reordered, func(w *Webspace) { w.follow(w.Plan) }, []string{updated}},
		{"sync", limited, func(w *Webspace) { w.follow(w.Plan) }, []string{limits, updated}},
		{"a plan that gives the same", follower, func(w *Webspace) { w.follow(servicePlan(2, 5)) }, []string{updated}},
		{"a plan that gives more", follower, func(w *Webspace) { w.follow(servicePlan(2, 6)) }, []string{limits, updated}},
		{"a custom one follows", custom, func(w *Webspace) { w.follow(servicePlan(1, 5)) }, []string{updated}},
		{"an add-on plan", follower, func(w *Webspace) { *w = extended }, []string{limits, updated}},
	} {
		after := test.before
		test.change(&after)
		if got := kindsOf(WebspaceEvents(&test.before, &after)); !slices.Equal(got, test.want) {
			t.Errorf("%s: got the events %v, want %v", test.name, got, test.want)
		}
	}
}

// The same goes for resellers.
func TestAccountEventsOfPlans(t *testing.T) {
	t.Parallel()
	plan := &Plan{ID: 1, Kind: ResellerPlan, OwnerID: AdminID, Settings: PlanSettings{Settings: Settings{
		Limits:      Limits{Values: Properties[int64]{{"max_cl", 5}, {"max_dom", 10}}},
		Permissions: Properties[bool]{{"create_clients", true}, {"create_domains", true}},
	}}}
	follower := Account{ID: 2, Role: RoleReseller, Plan: plan}
	locked := follower
	locked.lock()
	custom := locked
	custom.Reseller.Limits.Values = Properties[int64]{{"max_dom", 10}, {"max_cl", 6}}
	custom.Reseller.Permissions = Properties[bool]{{"create_clients", false}, {"create_domains", true}}
	for _, test := range []struct {
		name   string
		before Account
		change func(*Account)
		want   []string
	}{
		{"nothing", follower, func(*Account) {}, nil},
		{"sync", custom, func(a *Account) { a.Locked = false },
			[]string{"reseller_limits/updated", "reseller_perms/updated", "reseller/updated"}},
		{"sync without a difference", locked, func(a *Account) { a.Locked = false }, []string{"reseller/updated"}},
		{"no plan", follower, func(a *Account) { a.Reseller, a.Plan = a.ResellerSettings(), nil }, []string{"reseller/updated"}},
		{"converted", follower, func(a *Account) { a.Role, a.GUID = RoleCustomer, "other" }, []string{"reseller/deleted", "client/created"}},
		{"a limit", follower, func(a *Account) {
			u := ResellerSettingsUpdate{Limits: LimitsUpdate{Values: Properties[int64]{{"max_cl", 7}}}}
			if err := a.customiseReseller(u); err != nil {
				t.Error(err)
			}
		}, []string{"reseller_limits/updated", "reseller/updated"}},
	} {
		after := test.before
		test.change(&after)
		if got := kindsOf(AccountEvents(&test.before, &after)); !slices.Equal(got, test.want) {
			t.Errorf("%s: got the events %v, want %v", test.name, got, test.want)
		}
	}
}
