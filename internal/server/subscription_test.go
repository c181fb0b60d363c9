package server_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
)

// host is a ledger with the plans of a test.
type host struct {
	*testing.T
	*ledger.Ledger
}

func newHost(t *testing.T) host {
	t.Parallel()
	return host{t, hostledgertest.New(t).Ledger}
}

func (h host) ok(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// fails checks the kind of an error and what it says.
func (h host) fails(err error, kind ledger.Kind, text string) {
	h.Helper()
	if !errors.Is(err, kind) || err.Error() != text {
		h.Errorf("got the error %v, want %q: %s", err, kind, text)
	}
}

func (h host) equal(what string, got, want any) {
	h.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		h.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// plan adds a plan of the administrator's and returns it.
func (h host) plan(kind ledger.PlanKind, name string, settings ledger.SettingsUpdate) *ledger.Plan {
	h.Helper()
	return h.planOf(server.Admin, kind, name, settings)
}

func (h host) planOf(who ledger.Identity, kind ledger.PlanKind, name string, settings ledger.SettingsUpdate) *ledger.Plan {
	h.Helper()
	plan, err := h.AddPlan(h.Context(), who, ledger.NewPlan{Kind: kind, Values: ledger.PlanUpdate{Name: &name, Settings: settings}})
	h.ok(err)
	return plan
}

// subscribe adds a subscription with a name for its FTP user, and returns its id.
func (h host) subscribe(name string, plan *ledger.Plan, settings ledger.SettingsUpdate) int64 {
	h.Helper()
	n := ledger.NewWebspace{Name: name, Settings: settings}
	if n.Settings.Hosting == nil {
		n.Settings.Hosting = hosting("ftp_login", "jane")
	}
	if plan != nil {
		n.Plan = byGUID(plan)
	}
	w, err := h.AddWebspace(h.Context(), server.Admin, n)
	h.ok(err)
	return w.ID
}

func byGUID(p *ledger.Plan) *ledger.Selector {
	return &ledger.Selector{By: ledger.ByGUID, Value: p.GUID}
}

func (h host) set(id int64, settings ledger.SettingsUpdate) {
	h.Helper()
	h.ok(h.UpdateWebspace(h.Context(), server.Admin, id, ledger.WebspaceUpdate{Settings: settings}))
}

func (h host) change(plan *ledger.Plan, settings ledger.SettingsUpdate) {
	h.Helper()
	h.ok(h.UpdatePlan(h.Context(), server.Admin, plan.Kind, plan.ID, ledger.PlanUpdate{Settings: settings}))
}

func (h host) read(id int64) *ledger.Webspace {
	h.Helper()
	found, err := h.Webspaces(h.Context(), []int64{id})
	h.ok(err)
	return &found[0]
}

// has checks, of each part, one value that is set.
func (h host) has(id int64, name string, want ...any) {
	h.Helper()
	s := h.read(id).Settings()
	for _, got := range []func() (any, bool){
		func() (any, bool) { value, ok := s.Limits.Values.Get(name); return int(value), ok },
		func() (any, bool) { value, ok := s.Permissions.Get(name); return value, ok },
		func() (any, bool) { value, ok := s.Hosting.Properties.Get(name); return value, ok },
		func() (any, bool) { value, ok := s.PHP.Get(name); return value, ok },
	} {
		value, ok := got()
		switch {
		case ok && len(want) == 0:
			h.Errorf("%s is %v, want it not set", name, value)
			return
		case ok:
			h.equal(name, value, want[0])
			return
		}
	}
	if len(want) > 0 {
		h.Errorf("%s is not set, want %v", name, want[0])
	}
}

// isLocked checks that a subscription has plans, and whether it follows them.
func (h host) isLocked(id int64, want bool) {
	h.Helper()
	if w := h.read(id); w.Plan == nil || w.Locked != want {
		h.Errorf("plan %v, locked %v, want a plan and %v", w.Plan, w.Locked, want)
	}
}

// isCustom checks that a subscription follows no plan.
func (h host) isCustom(id int64) {
	h.Helper()
	if w := h.read(id); w.Plan != nil || w.Addons != nil || w.Locked {
		h.Errorf("plan %v, add-ons %v, locked %v, want none", w.Plan, w.Addons, w.Locked)
	}
}

func (h host) switchTo(id int64, plan *ledger.Plan) error {
	h.Helper()
	var selector *ledger.Selector
	if plan != nil {
		selector = byGUID(plan)
	}
	return h.tells(h.SwitchSubscription(h.Context(), server.Admin, id, selector))("")
}

func (h host) sync(id int64) error {
	h.Helper()
	return h.tells(h.SyncSubscription(h.Context(), server.Admin, id))("")
}

func (h host) add(id int64, addon *ledger.Plan) error {
	h.Helper()
	return h.tells(h.AddToSubscription(h.Context(), server.Admin, id, *byGUID(addon)))("")
}

func (h host) remove(id int64, addon *ledger.Plan) error {
	h.Helper()
	return h.tells(h.RemoveFromSubscription(h.Context(), server.Admin, id, *byGUID(addon)))("")
}

// tells checks the problems that a change of plans told, and returns its error.
func (h host) tells(problems string, err error) func(want string) error {
	h.Helper()
	return func(want string) error {
		h.Helper()
		if problems != want {
			h.Errorf("got the problems %q, want %q", problems, want)
		}
		return err
	}
}

func limits(name string, value int64) ledger.SettingsUpdate {
	return ledger.SettingsUpdate{Limits: &ledger.LimitsUpdate{Values: ledger.Properties[int64]{{Name: name, Value: value}}}}
}

func permissions(name string, value bool) *ledger.PermissionsUpdate {
	return &ledger.PermissionsUpdate{Values: ledger.Properties[bool]{{Name: name, Value: value}}}
}

func hosting(name, value string) *ledger.Hosting {
	return &ledger.Hosting{Type: ledger.HostingVirtual, Properties: ledger.Properties[string]{{Name: name, Value: value}}}
}

func php(name, value string) ledger.Properties[string] {
	return ledger.Properties[string]{{Name: name, Value: value}}
}

// gold has something of everything that a subscription can inherit.
func gold() ledger.SettingsUpdate {
	u := limits("max_site", 10)
	u.Permissions, u.Hosting, u.PHP = permissions("manage_dns", true), hosting("shell", "/bin/bash"), php("memory_limit", "512M")
	u.Packages.Add = []string{"WordPress"}
	return u
}

func (h host) hasGold(id int64) {
	h.Helper()
	h.has(id, "max_site", 10)
	h.has(id, "manage_dns", true)
	h.has(id, "shell", "/bin/bash")
	h.has(id, "memory_limit", "512M")
	h.has(id, "ftp_login", "jane")
	h.equal("applications", h.read(id).Settings().Packages, []string{"WordPress"})
}

func TestSubscriptionFollowsItsPlan(t *testing.T) {
	h := newHost(t)
	plan := h.plan(ledger.ServicePlan, "Gold", gold())
	id, other := h.subscribe("jane.example", plan, ledger.SettingsUpdate{}), h.subscribe("john.example", plan, ledger.SettingsUpdate{})
	h.hasGold(id)
	h.isLocked(id, false)

	u := limits("max_site", 3)
	u.Permissions, u.Hosting, u.PHP = permissions("manage_dns", false), hosting("shell", "/bin/false"), php("memory_limit", "64M")
	u.Packages.Remove = []string{"WordPress"}
	h.change(plan, u)
	for _, id := range []int64{id, other} {
		h.has(id, "max_site", 3)
		h.has(id, "manage_dns", false)
		h.has(id, "shell", "/bin/false")
		h.has(id, "memory_limit", "64M")
		h.has(id, "ftp_login", "jane")
		h.equal("applications", len(h.read(id).Settings().Packages), 0)
	}
	site, err := h.Sites(h.Context(), []int64{id})
	h.ok(err)
	shell, _ := site[0].Hosting.Properties.Get("shell")
	h.equal("shell of the main site", shell, "/bin/false")
}

// What a subscription has of its own besides limits and permissions does not
// part it from its plan, and holds.
func TestOwnValuesHoldAgainstThePlan(t *testing.T) {
	h := newHost(t)
	plan := h.plan(ledger.ServicePlan, "Gold", gold())
	id := h.subscribe("jane.example", plan, ledger.SettingsUpdate{})
	h.set(id, ledger.SettingsUpdate{Hosting: hosting("shell", "/bin/sh"), PHP: php("memory_limit", "1G")})
	h.isLocked(id, false)
	u := limits("max_site", 11)
	u.Hosting, u.PHP = hosting("shell", "/bin/false"), php("memory_limit", "64M")
	h.change(plan, u)
	h.has(id, "max_site", 11)
	h.has(id, "shell", "/bin/sh")
	h.has(id, "memory_limit", "1G")
}

func TestLockedSubscriptionKeepsWhatItHas(t *testing.T) {
	for name, own := range map[string]ledger.SettingsUpdate{
		"limits":              limits("max_box", 1),
		"permissions":         {Permissions: permissions("manage_log", true)},
		"without application": {Packages: ledger.ListUpdate[string]{Remove: []string{"WordPress"}}},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHost(t)
			plan := h.plan(ledger.ServicePlan, "Gold", gold())
			id := h.subscribe("jane.example", plan, ledger.SettingsUpdate{})
			h.set(id, own)
			h.isLocked(id, true)
			h.equal("has the plan's application", len(h.read(id).Settings().Packages) == 1, own.Packages.Remove == nil)
			u := limits("max_site", 3)
			u.Permissions, u.Hosting, u.PHP = permissions("manage_dns", false), hosting("shell", "/bin/false"), php("memory_limit", "64M")
			h.change(plan, u)
			h.has(id, "max_site", 10)
			h.has(id, "manage_dns", true)
			h.has(id, "shell", "/bin/bash")
			h.has(id, "memory_limit", "512M")
		})
	}
}

// What a subscription has besides from its plan is its own to lose.
func TestOwnApplicationsDoNotLock(t *testing.T) {
	h := newHost(t)
	plan := h.plan(ledger.ServicePlan, "Gold", gold())
	id := h.subscribe("jane.example", plan, ledger.SettingsUpdate{})
	h.set(id, ledger.SettingsUpdate{Packages: ledger.ListUpdate[string]{Add: []string{"Drupal"}}})
	h.equal("applications", h.read(id).Settings().Packages, []string{"WordPress", "Drupal"})
	h.set(id, ledger.SettingsUpdate{Packages: ledger.ListUpdate[string]{Remove: []string{"Drupal"}}})
	h.isLocked(id, false)
	h.hasGold(id)
	err := h.UpdateWebspace(t.Context(), server.Admin, id, ledger.WebspaceUpdate{
		Settings: ledger.SettingsUpdate{Packages: ledger.ListUpdate[string]{Remove: []string{"WordPress", "Drupal"}}},
	})
	h.fails(err, ledger.ErrNamedNotFound, `Application "Drupal" does not exist`)
	h.isLocked(id, false)
}

// A new subscription with limits of its own has the rest from its plan, in
// whatever way its hosting is ordered.
func TestLockedFromTheStart(t *testing.T) {
	h := newHost(t)
	plan := h.plan(ledger.ServicePlan, "Gold", gold())
	for i, hostingType := range []ledger.HostingType{"", ledger.HostingVirtual} {
		w, err := h.AddWebspace(t.Context(), server.Admin, ledger.NewWebspace{
			Name: fmt.Sprintf("site%d.example", i), HostingType: hostingType, Plan: byGUID(plan),
			Settings: ledger.SettingsUpdate{Limits: limits("max_box", 1).Limits, Hosting: hosting("ftp_login", "jane")},
		})
		h.ok(err)
		h.isLocked(w.ID, true)
		h.has(w.ID, "max_box", 1)
		h.hasGold(w.ID)
	}
}

func TestSynchronizedSubscriptionFollowsAgain(t *testing.T) {
	h := newHost(t)
	plan := h.plan(ledger.ServicePlan, "Gold", gold())
	id := h.subscribe("jane.example", plan, ledger.SettingsUpdate{})
	own := limits("max_site", 99)
	own.Permissions, own.PHP = permissions("manage_log", true), php("memory_limit", "1G")
	own.Hosting = &ledger.Hosting{Type: ledger.HostingVirtual, Properties: ledger.Properties[string]{
		{Name: "shell", Value: "/bin/sh"}, {Name: "ssi", Value: "true"}, {Name: "www_root", Value: "/srv/www"},
	}}
	own.Packages.Add = []string{"Drupal"}
	h.set(id, own)
	h.ok(h.sync(id))
	h.isLocked(id, false)
	h.hasGold(id)
	h.has(id, "manage_log")
	h.has(id, "ssi")
	h.has(id, "www_root", "/srv/www")
	h.change(plan, limits("max_site", 4))
	h.has(id, "max_site", 4)
}

func TestSwitchedSubscriptionHasNothingOfItsOldPlan(t *testing.T) {
	h := newHost(t)
	old, other := h.plan(ledger.ServicePlan, "Gold", gold()), h.plan(ledger.ServicePlan, "Tin", limits("max_site", 1))
	following, locked := h.subscribe("jane.example", old, ledger.SettingsUpdate{}), h.subscribe("john.example", old, limits("max_box", 1))
	for _, id := range []int64{following, locked} {
		h.ok(h.switchTo(id, other))
		h.isLocked(id, false)
		h.has(id, "max_site", 1)
		h.has(id, "ftp_login", "jane")
		for _, name := range []string{"manage_dns", "shell", "memory_limit", "max_box"} {
			h.has(id, name)
		}
		h.equal("applications", len(h.read(id).Settings().Packages), 0)
		h.change(old, limits("max_site", 7))
		h.has(id, "max_site", 1)
		h.ok(h.switchTo(id, old))
		h.has(id, "max_site", 7)
		h.has(id, "shell", "/bin/bash")
	}
}

func TestWithoutAPlanTheValuesStay(t *testing.T) {
	h := newHost(t)
	plan, addon := h.plan(ledger.ServicePlan, "Gold", gold()), h.plan(ledger.ServicePlanAddon, "More", limits("max_site", 5))
	id := h.subscribe("jane.example", plan, ledger.SettingsUpdate{})
	h.ok(h.add(id, addon))
	h.ok(h.switchTo(id, nil))
	h.isCustom(id)
	h.ok(h.DeletePlan(t.Context(), server.Admin, plan.Kind, plan.ID))
	h.ok(h.DeletePlan(t.Context(), server.Admin, addon.Kind, addon.ID))
	h.has(id, "max_site", 15)
	h.has(id, "manage_dns", true)
	h.has(id, "shell", "/bin/bash")
	h.has(id, "memory_limit", "512M")
	h.has(id, "ftp_login", "jane")

	const custom = "The subscription is not associated with a service plan."
	h.fails(h.sync(id), ledger.ErrFailed, custom)
	h.fails(h.add(id, h.plan(ledger.ServicePlanAddon, "Even more", limits("max_site", 5))), ledger.ErrFailed, custom)
	h.ok(h.switchTo(id, nil))
}
