package server_test

import (
	"fmt"
	"testing"

	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
)

const locked = "The subscription is locked: its values change when it is synchronized."

// bigger is an add-on with something of everything that one can have.
func bigger() ledger.SettingsUpdate {
	u := limits("max_site", 5)
	u.Permissions, u.Hosting, u.PHP = permissions("manage_log", true), hosting("ssi", "true"), php("upload_max_filesize", "1G")
	u.Packages.Add = []string{"Drupal"}
	return u
}

func TestAddonsComeAndGo(t *testing.T) {
	h := newHost(t)
	plan, addon := h.plan(ledger.ServicePlan, "Gold", gold()), h.plan(ledger.ServicePlanAddon, "Bigger", bigger())
	unlimited := h.plan(ledger.ServicePlanAddon, "Unlimited", limits("max_site", -1))
	id := h.subscribe("jane.example", plan, ledger.SettingsUpdate{})
	h.fails(h.remove(id, addon), ledger.ErrFailed, `The subscription does not have the add-on plan "Bigger".`)
	h.ok(h.add(id, addon))
	h.fails(h.add(id, addon), ledger.ErrExists, `The subscription has the add-on plan "Bigger" already.`)
	h.has(id, "max_site", 15)
	h.has(id, "manage_dns", true)
	h.has(id, "manage_log", true)
	h.has(id, "ssi", "true")
	h.has(id, "shell", "/bin/bash")
	h.has(id, "upload_max_filesize", "1G")
	h.equal("applications", h.read(id).Settings().Packages, []string{"WordPress", "Drupal"})
	h.ok(h.add(id, unlimited))
	h.has(id, "max_site", -1)
	h.ok(h.remove(id, unlimited))
	h.change(addon, limits("max_site", 6))
	h.change(plan, limits("max_site", 20))
	h.has(id, "max_site", 26)
	h.change(plan, limits("max_site", 10))
	h.ok(h.remove(id, addon))
	h.hasGold(id)
	h.has(id, "manage_log")
	h.has(id, "ssi")
	h.has(id, "upload_max_filesize")
	h.isLocked(id, false)
}

func TestAddonsStayWithASwitchedSubscription(t *testing.T) {
	h := newHost(t)
	old, other := h.plan(ledger.ServicePlan, "Gold", gold()), h.plan(ledger.ServicePlan, "Tin", limits("max_site", 1))
	addon := h.plan(ledger.ServicePlanAddon, "Bigger", bigger())
	id := h.subscribe("jane.example", old, ledger.SettingsUpdate{})
	h.ok(h.add(id, addon))
	h.ok(h.switchTo(id, other))
	h.equal("add-ons", len(h.read(id).Addons), 1)
	h.has(id, "max_site", 6)
	h.has(id, "ssi", "true")
}

func TestAddonsOfALockedSubscriptionWait(t *testing.T) {
	h := newHost(t)
	plan, addon := h.plan(ledger.ServicePlan, "Gold", gold()), h.plan(ledger.ServicePlanAddon, "Bigger", bigger())
	id := h.subscribe("jane.example", plan, limits("max_site", 2))
	h.ok(h.tells(h.AddToSubscription(t.Context(), server.Admin, id, *byGUID(addon)))(locked))
	h.isLocked(id, true)
	h.has(id, "max_site", 2)
	h.has(id, "ssi")
	h.ok(h.sync(id))
	h.has(id, "max_site", 15)
	h.has(id, "ssi", "true")

	h.set(id, limits("max_site", 2))
	h.ok(h.tells(h.RemoveFromSubscription(t.Context(), server.Admin, id, *byGUID(addon)))(locked))
	h.has(id, "max_site", 2)
	h.has(id, "ssi", "true")
	h.ok(h.sync(id))
	h.hasGold(id)
	h.has(id, "ssi")
	h.has(id, "upload_max_filesize")
}

// Only plans of the right kind can be chosen, and those of the subscription's
// provider.
func TestOnlyTheProvidersPlans(t *testing.T) {
	h := newHost(t)
	reseller, err := h.AddReseller(t.Context(), server.Admin, ledger.NewReseller{
		NewAccount: ledger.NewAccount{Login: "rita", Password: "setup-Pa55word", Contact: ledger.Contact{Name: "Rita"}},
	})
	h.ok(err)
	rita := ledger.Identity{AccountID: reseller.ID, Role: ledger.RoleReseller, Login: reseller.Login}
	hers, herAddon := h.planOf(rita, ledger.ServicePlan, "Gold", gold()), h.planOf(rita, ledger.ServicePlanAddon, "Bigger", bigger())
	plan, addon := h.plan(ledger.ServicePlan, "Gold", gold()), h.plan(ledger.ServicePlanAddon, "Bigger", bigger())
	id := h.subscribe("jane.example", plan, ledger.SettingsUpdate{})

	const unknown, noAddon = "Service plan does not exist", "Service plan add-on does not exist"
	for _, other := range []*ledger.Plan{hers, addon, herAddon} {
		h.fails(h.switchTo(id, other), ledger.ErrNamedNotFound, unknown)
	}
	for _, other := range []*ledger.Plan{hers, plan, herAddon} {
		h.fails(h.add(id, other), ledger.ErrNamedNotFound, noAddon)
		h.fails(h.remove(id, other), ledger.ErrNamedNotFound, noAddon)
	}
	for _, selector := range []ledger.Selector{{By: ledger.ByExternalID}, {By: ledger.ByGUID}, {By: ledger.ByExternalID, Value: "gold"}} {
		_, err := h.SwitchSubscription(t.Context(), server.Admin, id, &selector)
		h.fails(err, ledger.ErrNamedNotFound, unknown)
	}
	customer := ledger.Identity{AccountID: reseller.ID, Role: ledger.RoleCustomer}
	_, err = h.SwitchSubscription(t.Context(), customer, id, byGUID(plan))
	h.fails(err, ledger.ErrPermission, "Permission denied.")
	h.fails(h.sync(99), ledger.ErrNotFound, "domain does not exist")
	h.fails(h.switchTo(99, plan), ledger.ErrNotFound, "domain does not exist")

	own, err := h.AddWebspace(t.Context(), rita, ledger.NewWebspace{Name: "rita.example", Plan: byGUID(hers), Settings: ledger.SettingsUpdate{Hosting: hosting("ftp_login", "jane")}})
	h.ok(err)
	h.hasGold(own.ID)
	_, err = h.AddToSubscription(t.Context(), rita, own.ID, *byGUID(herAddon))
	h.ok(err)
	h.has(own.ID, "max_site", 15)
	_, err = h.SwitchSubscription(t.Context(), rita, own.ID, byGUID(plan))
	h.fails(err, ledger.ErrNamedNotFound, unknown)
}

// A subscription that gets a provider with other plans keeps its values, and
// follows nobody.
func TestMovedToAnotherProvider(t *testing.T) {
	h := newHost(t)
	person := func(login string, owner *ledger.Selector) ledger.NewCustomer {
		return ledger.NewCustomer{
			NewAccount: ledger.NewAccount{Login: login, Password: "setup-Pa55word", Contact: ledger.Contact{Name: login}}, Owner: owner,
		}
	}
	_, err := h.AddReseller(t.Context(), server.Admin, ledger.NewReseller{NewAccount: person("rita", nil).NewAccount})
	h.ok(err)
	for login, owner := range map[string]*ledger.Selector{"jane": nil, "rick": {By: ledger.ByLogin, Value: "rita"}} {
		_, err := h.AddCustomer(t.Context(), server.Admin, person(login, owner))
		h.ok(err)
	}
	plan, addon := h.plan(ledger.ServicePlan, "Gold", gold()), h.plan(ledger.ServicePlanAddon, "Bigger", bigger())
	move := func(id int64, owner string) {
		t.Helper()
		h.ok(h.UpdateWebspace(t.Context(), server.Admin, id, ledger.WebspaceUpdate{Owner: &ledger.Selector{By: ledger.ByLogin, Value: owner}}))
	}
	following, parted := h.subscribe("following.example", plan, ledger.SettingsUpdate{}), h.subscribe("parted.example", plan, limits("max_box", 1))
	for _, id := range []int64{following, parted} {
		isLocked := h.read(id).Locked
		_, err := h.AddToSubscription(t.Context(), server.Admin, id, *byGUID(addon))
		h.ok(err)
		move(id, "jane")
		h.isLocked(id, isLocked)
		had := h.read(id).Settings()
		move(id, "rick")
		h.isCustom(id)
		h.equal("settings", h.read(id).Settings(), had)
		h.change(plan, limits("max_site", 3))
		h.equal("settings after a change of the plan", h.read(id).Settings(), had)
		h.change(plan, limits("max_site", 10))
	}
}

// crowded adds a subscription with three sites, one of which is its main one.
func (h host) crowded(name string, plan *ledger.Plan) int64 {
	h.Helper()
	id := h.subscribe(name, plan, ledger.SettingsUpdate{})
	for i := range 2 {
		_, err := h.AddSite(h.Context(), server.Admin, ledger.NewSite{
			Name: fmt.Sprintf("addon%d.%s", i, name), Webspace: &ledger.Selector{By: ledger.ByName, Value: name},
		})
		h.ok(err)
	}
	return id
}

// Limits and permissions that say nothing do not part a subscription from its
// plan.
func TestEmptyBlocksDoNotLock(t *testing.T) {
	h := newHost(t)
	plan := h.plan(ledger.ServicePlan, "Gold", gold())
	nothing := ledger.SettingsUpdate{Limits: &ledger.LimitsUpdate{}, Permissions: &ledger.PermissionsUpdate{}}
	id := h.subscribe("jane.example", plan, nothing)
	h.isLocked(id, false)
	h.set(id, nothing)
	h.isLocked(id, false)
	h.change(plan, limits("max_site", 3))
	h.has(id, "max_site", 3)
	h.set(id, ledger.SettingsUpdate{Permissions: &ledger.PermissionsUpdate{RevokeAll: true}})
	h.isLocked(id, true)
}

func TestPlanTooSmall(t *testing.T) {
	h := newHost(t)
	big, small := h.plan(ledger.ServicePlan, "Big", limits("max_site", 3)), h.plan(ledger.ServicePlan, "Small", limits("max_site", 2))
	one := h.plan(ledger.ServicePlanAddon, "One more", limits("max_site", 1))
	id := h.crowded("jane.example", big)
	const tooSmall = "Unable to accept the template: the following limitations are exceeded. max_site."
	h.fails(h.switchTo(id, small), ledger.ErrFailed, tooSmall)
	h.equal("plan", h.read(id).Plan.Name, "Big")
	h.has(id, "max_site", 3)

	h.ok(h.add(id, one))
	h.ok(h.switchTo(id, small))
	h.fails(h.remove(id, one), ledger.ErrFailed, tooSmall)
	h.equal("add-ons", len(h.read(id).Addons), 1)
	h.has(id, "max_site", 3)

	_, err := h.AddSite(t.Context(), server.Admin, ledger.NewSite{Name: "sub.jane.example", ParentSite: &ledger.Selector{By: ledger.ByName, Value: "jane.example"}})
	h.ok(err)
	_, err = h.AddAlias(t.Context(), server.Admin, ledger.NewAlias{SiteID: id, Name: "alias.example"})
	h.ok(err)
	none := limits("max_site", 0)
	none.Limits.Values.Merge(ledger.Properties[int64]{{Name: "max_subdom", Value: 0}, {Name: "max_dom_aliases", Value: 0}})
	h.fails(h.switchTo(id, h.plan(ledger.ServicePlan, "None", none)), ledger.ErrFailed,
		"Unable to accept the template: the following limitations are exceeded. max_site, max_subdom, max_dom_aliases.")
}

// Whatever takes nothing away from a subscription that has more than it may is
// not refused.
func TestOverItsLimits(t *testing.T) {
	h := newHost(t)
	plan := h.plan(ledger.ServicePlan, "Plan", limits("max_site", 3))
	one, boxes := h.plan(ledger.ServicePlanAddon, "One more", limits("max_site", 1)), h.plan(ledger.ServicePlanAddon, "Boxes", limits("max_box", 1))
	id := h.crowded("jane.example", plan)
	h.change(plan, limits("max_site", 1))
	h.ok(h.add(id, one))
	h.has(id, "max_site", 2)
	h.ok(h.add(id, boxes))
	h.ok(h.sync(id)) // it follows already

	h.set(id, limits("max_site", 1))
	h.ok(h.tells(h.RemoveFromSubscription(t.Context(), server.Admin, id, *byGUID(boxes)))(locked))
	h.fails(h.sync(id), ledger.ErrFailed, "Unable to accept the template: the following limitations are exceeded. max_site.")
	h.isLocked(id, true)
	h.has(id, "max_site", 1)
	h.ok(h.switchTo(id, nil))
	h.has(id, "max_site", 1)
}
