package server_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
)

func many[T any](first, count int) (properties ledger.Properties[T]) {
	for i := range count {
		properties = append(properties, ledger.Property[T]{Name: fmt.Sprintf("name%d", first+i)})
	}
	return properties
}

func manyNames(first, count int) (names []string) {
	for i := range count {
		names = append(names, strconv.Itoa(first+i))
	}
	return names
}

// kinds are changes that add so many values of a kind, by the element that is
// refused.
var kinds = map[string]func(first, count int) ledger.SettingsUpdate{
	"property": func(first, count int) ledger.SettingsUpdate {
		return ledger.SettingsUpdate{Hosting: &ledger.Hosting{Type: ledger.HostingVirtual, Properties: many[string](first, count)}}
	},
	"limit": func(first, count int) ledger.SettingsUpdate {
		return ledger.SettingsUpdate{Limits: &ledger.LimitsUpdate{Values: many[int64](first, count)}}
	},
	"permission": func(first, count int) ledger.SettingsUpdate {
		return ledger.SettingsUpdate{Permissions: &ledger.PermissionsUpdate{Values: many[bool](first, count)}}
	},
	"setting": func(first, count int) ledger.SettingsUpdate {
		return ledger.SettingsUpdate{PHP: many[string](first, count)}
	},
	"package": func(first, count int) ledger.SettingsUpdate {
		return ledger.SettingsUpdate{Packages: ledger.ListUpdate[string]{Add: manyNames(first, count)}}
	},
	"plan-item": func(first, count int) ledger.SettingsUpdate {
		return ledger.SettingsUpdate{PlanItems: ledger.ListUpdate[string]{Add: manyNames(first, count)}}
	},
}

// However many packets bring them, an object has only so many values of a kind.
func TestMostProperties(t *testing.T) {
	h := newHost(t)
	const most = ledger.MostProperties
	admin, ctx := server.Admin, t.Context()
	for element, some := range kinds {
		refused := fmt.Sprintf("%s: expected at most %d of one object.", element, most)
		plan := h.plan(ledger.ServicePlan, "Plan "+element, some(0, most))
		h.fails(h.UpdatePlan(ctx, admin, plan.Kind, plan.ID, ledger.PlanUpdate{Settings: some(most, 1)}), ledger.ErrInvalid, refused)
		h.change(plan, some(0, 1))

		id := h.subscribe(element+".example", nil, some(0, most))
		h.fails(h.UpdateWebspace(ctx, admin, id, ledger.WebspaceUpdate{Settings: some(most, 1)}), ledger.ErrInvalid, refused)
		_, err := h.AddWebspace(ctx, admin, ledger.NewWebspace{Name: "more.example", Settings: some(0, most+1)})
		h.fails(err, ledger.ErrInvalid, refused)
		h.set(id, some(0, 1))
	}

	site, err := h.AddSite(ctx, admin, ledger.NewSite{Name: "addon.example", Webspace: &ledger.Selector{By: ledger.ByID, Value: "1"}})
	h.ok(err)
	for _, id := range []int64{site.ID, h.subscribe("main.example", nil, ledger.SettingsUpdate{})} {
		update := func(first, count int) error {
			return h.UpdateSite(ctx, admin, id, ledger.SiteUpdate{Settings: ledger.SiteSettingsUpdate{Hosting: kinds["property"](first, count).Hosting}})
		}
		h.ok(update(0, most-1))
		h.fails(update(most, 2), ledger.ErrInvalid, "property: expected at most 1000 of one object.")
	}

	h.populate()
	update := func(first, count int) error {
		var u ledger.ResellerUpdate
		u.Settings.Limits.Values = many[int64](first, count)
		return h.UpdateReseller(ctx, admin, h.account("rita"), u)
	}
	h.ok(update(0, most))
	h.fails(update(most, 1), ledger.ErrInvalid, "limit: expected at most 1000 of one object.")
}

// A subscription that got more than so many from its plans can be changed still.
func TestMoreThanMostFromPlans(t *testing.T) {
	h := newHost(t)
	some := kinds["setting"]
	plan := h.plan(ledger.ServicePlan, "Plan", some(0, ledger.MostProperties))
	id := h.subscribe("jane.example", plan, some(ledger.MostProperties, ledger.MostProperties-1))
	h.ok(h.switchTo(id, nil))
	h.set(id, some(0, 1))
	h.set(id, limits("max_site", 1))
	h.fails(h.UpdateWebspace(t.Context(), server.Admin, id, ledger.WebspaceUpdate{Settings: some(5000, 1)}),
		ledger.ErrInvalid, "setting: expected at most 1000 of one object.")
}

// What makes a subscription itself does not come from its plans.
func TestPlansHaveNoUserOfTheirOwn(t *testing.T) {
	h := newHost(t)
	name := "Bad"
	for _, kind := range []ledger.PlanKind{ledger.ServicePlan, ledger.ServicePlanAddon} {
		_, err := h.AddPlan(t.Context(), server.Admin, ledger.NewPlan{
			Kind: kind, Values: ledger.PlanUpdate{Name: &name, Settings: ledger.SettingsUpdate{Hosting: hosting("ftp_login", "Bad Login!!")}},
		})
		h.fails(err, ledger.ErrInvalid, "ftp_login: expected a letter or digit, then up to 16 letters, digits, hyphens, dots or underscores.")
	}
	plan := h.plan(ledger.ServicePlan, "Plan", ledger.SettingsUpdate{Hosting: hosting("ftp_login", "planned")})
	addon := h.plan(ledger.ServicePlanAddon, "More", ledger.SettingsUpdate{Hosting: hosting("www_root", "/planned")})
	h.change(plan, ledger.SettingsUpdate{Hosting: hosting("ssl", "true")})
	id := h.subscribe("jane.example", plan, ledger.SettingsUpdate{Hosting: hosting("shell", "/bin/sh")})
	h.ok(h.add(id, addon))
	h.has(id, "ssl", "true")
	h.has(id, "ftp_login")
	h.has(id, "www_root")
}
