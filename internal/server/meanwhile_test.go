package server_test

import (
	"context"
	"crypto/rand"
	"testing"
	"time"

	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/internal/sqlstore"
	"github.com/hostledger/hostledger/ledger"
)

// busyStore is a store in which something else happens between what was looked up
// and the next change of a subscription or an account, or look at its days.
type busyStore struct {
	ledger.Store
	meanwhile func()
}

func (s *busyStore) happen() {
	if meanwhile := s.meanwhile; meanwhile != nil {
		s.meanwhile = nil
		meanwhile()
	}
}

func (s *busyStore) AddWebspace(ctx context.Context, w *ledger.Webspace, admit ledger.Admit) error {
	s.happen()
	return s.Store.AddWebspace(ctx, w, admit)
}

func (s *busyStore) UpdateWebspace(ctx context.Context, id int64, admit ledger.Admit, change func(*ledger.Webspace) error) error {
	s.happen()
	return s.Store.UpdateWebspace(ctx, id, admit, change)
}

func (s *busyStore) AddAccount(ctx context.Context, a *ledger.Account, admit ledger.Admit) error {
	s.happen()
	return s.Store.AddAccount(ctx, a, admit)
}

func (s *busyStore) UpdateAccount(ctx context.Context, id int64, change func(*ledger.Account) error) error {
	s.happen()
	return s.Store.UpdateAccount(ctx, id, change)
}

func (s *busyStore) UpdateAccountWithWebspaces(ctx context.Context, id int64, change func(*ledger.Account) error,
	admit func(*ledger.Provider, int) error, changeWebspace func(*ledger.Webspace) error,
) error {
	s.happen()
	return s.Store.UpdateAccountWithWebspaces(ctx, id, change, admit, changeWebspace)
}

func (s *busyStore) Traffic(ctx context.Context, sites []int64, since, to ledger.Date) ([]ledger.SiteDay, error) {
	s.happen()
	return s.Store.Traffic(ctx, sites, since, to)
}

func newBusyHost(t *testing.T) (host, *busyStore) {
	t.Helper()
	t.Parallel()
	memory, err := sqlstore.OpenMemory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	store := &busyStore{Store: memory}
	t.Cleanup(func() { _ = store.Close() })
	h := host{t, ledger.New(store, ledger.Options{
		Now: func() time.Time { return time.Date(2026, 5, 15, 12, 0, 0, 0, time.UTC) }, Random: rand.Reader, WeakPasswords: true,
	})}
	h.ok(h.Initialize(t.Context(), ledger.Setup{Admin: server.Admin, AdminPassword: func() string { return "setup-Pa55" }, IPs: []ledger.IPAddress{}}))
	return h, store
}

// A plan may be removed after it was found by its name.
func TestPlanRemovedMeanwhile(t *testing.T) {
	const gone, addonGone, resellersGone = "Service plan does not exist", "Service plan add-on does not exist", "Reseller plan does not exist"
	admin := server.Admin
	for name, c := range map[string]struct {
		kind ledger.PlanKind
		do   func(h host, plan *ledger.Plan) error
		text string
	}{
		"add": {ledger.ServicePlan, func(h host, plan *ledger.Plan) error {
			_, err := h.AddWebspace(h.Context(), admin, ledger.NewWebspace{Name: "new.example", Plan: byGUID(plan)})
			return err
		}, gone},
		"switch": {ledger.ServicePlan, func(h host, plan *ledger.Plan) error { return h.switchTo(1, plan) }, gone},
		"add-on": {ledger.ServicePlanAddon, func(h host, plan *ledger.Plan) error { return h.add(1, plan) }, addonGone},
		"owner": {ledger.ServicePlan, func(h host, plan *ledger.Plan) error {
			return h.ChangeOwner(h.Context(), admin, h.account("jane"), ledger.NewOwner{Login: "admin", PlanName: &plan.Name})
		}, gone},
		"to reseller": {ledger.ResellerPlan, func(h host, plan *ledger.Plan) error {
			return h.ConvertToReseller(h.Context(), admin, h.account("jane"), &plan.Name)
		}, resellersGone},
		"to customer": {ledger.ServicePlan, func(h host, plan *ledger.Plan) error {
			return h.ConvertToCustomer(h.Context(), admin, h.account("rita"), &plan.Name)
		}, gone},
		"reseller": {ledger.ResellerPlan, func(h host, plan *ledger.Plan) error {
			return h.SwitchReseller(h.Context(), admin, h.account("rita"), byGUID(plan))
		}, resellersGone},
		"new reseller": {ledger.ResellerPlan, func(h host, plan *ledger.Plan) error {
			n := ledger.NewReseller{Plan: byGUID(plan)}
			n.Login, n.Password, n.Contact.Name = "rob", "setup-Pa55", "Rob"
			_, err := h.AddReseller(h.Context(), admin, n)
			return err
		}, resellersGone},
	} {
		t.Run(name, func(t *testing.T) {
			h, store := newBusyHost(t)
			h.populate()
			plan := h.plan(c.kind, "Gone", ledger.SettingsUpdate{})
			store.meanwhile = func() { h.ok(h.DeletePlan(h.Context(), admin, plan.Kind, plan.ID)) }
			h.fails(c.do(h, plan), ledger.ErrNamedNotFound, c.text)
		})
	}
}

// populate adds the reseller rita and the customer jane, each with a subscription,
// and before these the administrator's, which has the id 1 and a plan.
func (h host) populate() {
	h.Helper()
	h.subscribe("admin.example", h.plan(ledger.ServicePlan, "Plan", ledger.SettingsUpdate{}), ledger.SettingsUpdate{})
	for login, add := range map[string]func(ledger.NewAccount) error{
		"rita": func(n ledger.NewAccount) error {
			_, err := h.AddReseller(h.Context(), server.Admin, ledger.NewReseller{NewAccount: n})
			return err
		},
		"jane": func(n ledger.NewAccount) error {
			_, err := h.AddCustomer(h.Context(), server.Admin, ledger.NewCustomer{NewAccount: n})
			return err
		},
	} {
		h.ok(add(ledger.NewAccount{Login: login, Password: "setup-Pa55", Contact: ledger.Contact{Name: login}}))
		_, err := h.AddWebspace(h.Context(), server.Admin, ledger.NewWebspace{Name: login + ".example", Owner: &ledger.Selector{By: ledger.ByLogin, Value: login}})
		h.ok(err)
	}
}

// account returns the id of an account that populate added.
func (h host) account(login string) int64 {
	h.Helper()
	f := ledger.Filter{By: ledger.ByLogin, Values: []string{login}}
	found, err := h.FindCustomers(h.Context(), server.Admin, f)
	h.ok(err)
	if found[0].Err != nil {
		found, err = h.FindResellers(h.Context(), server.Admin, f)
		h.ok(err)
	}
	h.ok(found[0].Err)
	return found[0].ID
}

// A subscription may pass to another provider after a plan of its provider was
// found.
func TestOwnerChangedMeanwhile(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(h host, plan, addon *ledger.Plan) error
		text string
	}{
		"switch": {func(h host, plan, _ *ledger.Plan) error { return h.switchTo(1, plan) }, "Service plan does not exist"},
		"add":    {func(h host, _, addon *ledger.Plan) error { return h.add(1, addon) }, "Service plan add-on does not exist"},
		"remove": {func(h host, _, addon *ledger.Plan) error { return h.remove(1, addon) }, "Service plan add-on does not exist"},
	} {
		t.Run(name, func(t *testing.T) {
			h, store := newBusyHost(t)
			h.populate()
			plan, addon := h.plan(ledger.ServicePlan, "Silver", ledger.SettingsUpdate{}), h.plan(ledger.ServicePlanAddon, "More", ledger.SettingsUpdate{})
			store.meanwhile = func() {
				owner := &ledger.Selector{By: ledger.ByLogin, Value: "rita"}
				h.ok(h.UpdateWebspace(h.Context(), server.Admin, 1, ledger.WebspaceUpdate{Owner: owner}))
			}
			h.fails(c.do(h, plan, addon), ledger.ErrNamedNotFound, c.text)
			h.isCustom(1)
		})
	}
}

// Resellers and their plans are called what they are.
func TestSentencesOfResellers(t *testing.T) {
	h := newHost(t)
	h.populate()
	plan := h.plan(ledger.ResellerPlan, "Resale", ledger.SettingsUpdate{})
	rita := h.account("rita")
	h.fails(h.SyncReseller(t.Context(), server.Admin, rita), ledger.ErrFailed, "The reseller is not associated with a reseller plan.")
	h.ok(h.SwitchReseller(t.Context(), server.Admin, rita, byGUID(plan)))
	h.fails(h.DeletePlan(t.Context(), server.Admin, plan.Kind, plan.ID), ledger.ErrFailed, "Unable to remove the plan: there are resellers that use it.")
}

// A record for a day to come may arrive after the month was added up.
func TestTrafficOfTomorrowMeanwhile(t *testing.T) {
	h, store := newBusyHost(t)
	site := h.subscribe("busy.example", nil, ledger.SettingsUpdate{})
	set := func(date ledger.Date, bytes int64) {
		run := &ledger.TrafficRun{}
		*run.Add() = ledger.MailTraffic{SiteID: site, Date: date, Given: ledger.SMTPIn, SMTPIn: bytes}
		h.ok(h.SetTraffic(t.Context(), server.Admin, run, ledger.ErrNotFound))
		h.ok(run.Err(0))
	}
	set(20260514, 10)
	store.meanwhile = func() { set(20260516, 100) }
	for _, when := range []string{"meanwhile", "afterwards"} {
		s, err := h.SiteStatistics(t.Context(), site)
		h.ok(err)
		h.equal(when, s.Usage, ledger.Usage{Month: 10, PreviousDay: 10})
	}
}
