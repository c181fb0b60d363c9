package storetest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/netip"
	"slices"
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

// testNoEvents makes changes that fail, and some that change nothing.
func testNoEvents(t *testing.T, w *world) {
	refused := errors.New("refused")
	taken := newWebspace(w.customerSpace.Name.ASCII, &w.customer)
	site := newSite(w.customerSpace.Name.ASCII, &w.customerSpace, nil)
	fresh := newSite("fresh.example", &w.customerSpace, nil)
	for what, do := range map[string]func(ctx context.Context) error{
		"account taken":  func(ctx context.Context) error { return w.AddAccount(ctx, &ledger.Account{Login: "renamed"}, nil) },
		"webspace taken": func(ctx context.Context) error { return w.AddWebspace(ctx, &taken, nil) },
		"site taken":     func(ctx context.Context) error { return w.AddSite(ctx, &site, admitAny) },
		"site too many": func(ctx context.Context) error {
			return w.AddSite(ctx, &fresh, func(ledger.Use) error { return refused })
		},
		"plan taken": func(ctx context.Context) error {
			return w.AddPlan(ctx, &ledger.Plan{Kind: ledger.ResellerPlan, OwnerID: w.admin.ID, Name: "Plan"})
		},
		"no plan":      func(ctx context.Context) error { return w.DeletePlan(ctx, 987654321) },
		"no alias":     func(ctx context.Context) error { return w.DeleteAlias(ctx, 987654321) },
		"no account":   func(ctx context.Context) error { return w.DeleteAccount(ctx, 987654321) },
		"no webspace":  func(ctx context.Context) error { return w.DeleteWebspace(ctx, 987654321) },
		"no site":      func(ctx context.Context) error { return w.DeleteSite(ctx, 987654321) },
		"no key":       func(ctx context.Context) error { return w.DeleteSecretKey(ctx, "none") },
		"last address": func(ctx context.Context) error { return w.DeleteIPAddress(ctx, netip.MustParseAddr("192.0.2.1")) },
		"account refused": func(ctx context.Context) error {
			return w.UpdateAccount(ctx, w.customer.ID, func(a *ledger.Account) error {
				a.Status = ledger.StatusDownByAdmin
				return refused
			})
		},
		"half the billing": func(ctx context.Context) error {
			return w.UpdateWebspaceBilling(ctx, []int64{w.customerSpace.ID, 987654321}, func(b *ledger.WebspaceBilling) { b.CertStoreURL = "" })
		},
		"half the balances": func(ctx context.Context) error {
			return w.SetCustomerBilling(ctx, []int64{w.customer.ID, 987654321}, ledger.CustomerBilling{ledger.BalanceCredit: nil})
		},
		"name taken": func(ctx context.Context) error {
			return w.UpdateWebspace(ctx, w.customerSpace.ID, nil, func(space *ledger.Webspace) error {
				space.Name.ASCII, space.Status = "bare.example", ledger.StatusDownByAdmin
				return nil
			})
		},
	} {
		equal(t, "events of a change that fails: "+what, eventsOf(t, w, func(ctx context.Context) {
			if do(ctx) == nil {
				t.Errorf("%s: the change did not fail", what)
			}
		}), nil)
	}
	quiet := w.addSite(t, "quiet.example", &w.customerSpace, nil)
	equal(t, "events of what changes nothing", eventsOf(t, w, func(ctx context.Context) {
		ok(t, w.UpdateAccount(ctx, w.customer.ID, func(*ledger.Account) error { return nil }))
		ok(t, w.UpdateWebspace(ctx, w.customerSpace.ID, nil, func(space *ledger.Webspace) error {
			space.Own.Limits.Values.Merge(ledger.Properties[int64]{{Name: "max_traffic", Value: 1}})
			space.Own.PHP = ledger.Properties[string]{} // kept like none
			return nil
		}))
		ok(t, w.UpdateSite(ctx, quiet.ID, func(*ledger.Site) error { return nil }))
		ok(t, w.SetMeta(ctx, "name", "value"))
		keepTraffic(t, w, mail(w.customerSpace.ID, today, 1))
	}), nil)
}

// testReadEvents reads a part of the journal by kinds and by pages.
func testReadEvents(t *testing.T, w *world) {
	ctx := t.Context()
	from := must(w.LastEventID(ctx))(t)
	for i := range 5 {
		ok(t, w.AddPlan(ctx, &ledger.Plan{Kind: ledger.ServicePlan, OwnerID: w.admin.ID, Name: fmt.Sprint("Plan ", i)}))
		ok(t, w.AddSecretKey(ctx, &ledger.SecretKey{ID: fmt.Sprint(i), Hash: fmt.Sprint(i), AccountID: w.admin.ID}))
	}
	planCreated := ledger.EventKind{Class: ledger.ClassPlan, Type: ledger.EventCreated}
	adminUpdated := ledger.EventKind{Class: ledger.ClassAdmin, Type: ledger.EventUpdated}
	never := ledger.EventKind{Class: ledger.ClassPlan, Type: ledger.EventExceeded}
	all := must(w.Events(ctx, from, nil, 100))(t)
	equal(t, "number of events", len(all), 10)
	places := func(after int, limit int, kinds ...ledger.EventKind) (places []int) {
		last := from
		if after > 0 {
			last = all[after-1].ID
		}
		for _, e := range must(w.Events(ctx, last, kinds, limit))(t) {
			places = append(places, 1+slices.IndexFunc(all, func(other ledger.Event) bool { return other.ID == e.ID }))
		}
		return places
	}
	equal(t, "all", places(0, 100), []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
	equal(t, "a page", places(0, 3), []int{1, 2, 3})
	equal(t, "the next page", places(3, 3), []int{4, 5, 6})
	equal(t, "after the last", places(10, 3), nil)
	equal(t, "one kind", places(0, 100, planCreated), []int{1, 3, 5, 7, 9})
	equal(t, "a page of one kind", places(3, 2, adminUpdated), []int{4, 6})
	equal(t, "two kinds", places(7, 100, planCreated, never, adminUpdated), []int{8, 9, 10})
	equal(t, "a kind that never was", places(0, 100, never), nil)

	recent := func(before int64, limit int) (found []ledger.Event) {
		t.Helper()
		found = must(w.RecentEvents(ctx, before, limit))(t)
		slices.Reverse(found)
		return found
	}
	equal(t, "the newest", recent(math.MaxInt64, 3), all[7:])
	equal(t, "those before", recent(all[7].ID, 7), all[:7])
	equal(t, "before the first", recent(1, 3), nil)

	got := must(w.Events(ledger.WithCause(ctx, someone), from, nil, 1))(t)[0]
	if got.User == "" || got.Host == "" || got.Time.Year() < 2026 {
		t.Errorf("got the cause %+v for a change that came without one, want somebody's", got.Cause)
	}
}

func testDeleteEvents(t *testing.T, w *world) {
	ctx := t.Context()
	last := must(w.LastEventID(ctx))(t)
	all := must(w.Events(ctx, 0, nil, 1000))(t)
	gone, stay := all[:len(all)-2], all[len(all)-2:]
	equal(t, "events of deleting events",
		eventsOf(t, w, func(ctx context.Context) { ok(t, w.DeleteEvents(ctx, gone[len(gone)-1].ID)) }), nil)
	equal(t, "events left", must(w.Events(ctx, 0, nil, 100))(t), stay)

	ok(t, w.DeleteEvents(ctx, last+100))
	equal(t, "events", must(w.Events(ctx, 0, nil, 100))(t), nil)
	equal(t, "last id of an empty journal", must(w.LastEventID(ctx))(t), last)
	plan := &ledger.Plan{Kind: ledger.ServicePlan, OwnerID: w.admin.ID, Name: "after"}
	events := eventsOf(t, w, func(ctx context.Context) { ok(t, w.AddPlan(ctx, plan)) })
	equal(t, "next event", events, []string{"template_domain/created " + id(plan.ID)})
	if next := must(w.LastEventID(ctx))(t); next <= last {
		t.Errorf("an event after the deletion of all up to %d has the id %d", last, next)
	}
}
