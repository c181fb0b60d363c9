package storetest

import (
	"context"
	"errors"
	"math"
	"slices"
	"sync"
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

// month returns what days of mail with these n add up to.
func month(site int64, ns ...int64) ledger.SiteMonth {
	m := ledger.SiteMonth{SiteID: site}
	for _, n := range ns {
		for i := range int64(4) {
			m.Totals[4+i] += uint64((i + 1) * n)
		}
	}
	return m
}

func testMonths(t *testing.T, w *world) {
	ctx := t.Context()
	space := w.addWebspace(t, "months.example", &w.client)
	addon := w.addSite(t, "addon.example", &space, nil)
	gone := w.addSite(t, "gone.example", &space, nil)
	main, other := space.ID, w.resellerSpace.ID
	const march, april = ledger.Date(20260301), ledger.Date(20260401)
	of := func(first ledger.Date) []ledger.SiteMonth {
		t.Helper()
		return must(w.MonthTraffic(ctx, []int64{other, gone.ID, addon.ID, main, main, 987654321}, first))(t)
	}
	top := func(in ledger.Scope, limit int) []ledger.WebspaceMonth {
		t.Helper()
		return must(w.TopWebspaces(ctx, in, march, limit))(t)
	}
	equal(t, "nothing yet", of(march), nil)
	equal(t, "top of nothing", len(top(ledger.Everything, 10)), 0)

	keepTraffic(t, w, mail(main, march, 1), mail(main, march+30, 2), mail(main, april, 4), mail(addon.ID, march+4, 8),
		mail(gone.ID, march+5, 16), mail(other, march+6, 20), mail(main, 20250301, 32))
	ok(t, w.DeleteSite(ctx, gone.ID))
	equal(t, "march", of(march), []ledger.SiteMonth{month(other, 20), month(main, 1, 2), month(addon.ID, 8), month(gone.ID, 16)})
	equal(t, "april", of(april), []ledger.SiteMonth{month(main, 4)})
	equal(t, "no sites", len(must(w.MonthTraffic(ctx, nil, march))(t)), 0)

	keepTraffic(t, w, mail(main, march, 0), mail(addon.ID, march+4, 8), mail(addon.ID, march+5, 1))
	equal(t, "other figures for a day", of(march), []ledger.SiteMonth{month(other, 20), month(main, 2), month(addon.ID, 8, 1), month(gone.ID, 16)})

	both := []ledger.WebspaceMonth{{WebspaceID: main, Bytes: 10 * (2 + 9 + 16)}, {WebspaceID: other, Bytes: 10 * 20}}
	equal(t, "top", top(ledger.Everything, 10), both)
	equal(t, "top one", top(ledger.Everything, 1), both[:1])
	equal(t, "top of the reseller", top(scope(w.reseller), 10), both)
	equal(t, "top of his customer", top(scope(w.client), 10), both[:1])
	equal(t, "top of another customer", len(top(scope(w.customer), 10)), 0)

	all := func(in ledger.Scope) ledger.Totals {
		t.Helper()
		return must(w.MonthOfAll(ctx, in, march))(t)
	}
	equal(t, "all", all(ledger.Everything), month(0, 20, 2, 8, 1, 16).Totals)
	equal(t, "all of the reseller", all(scope(w.reseller)), month(0, 20, 2, 8, 1, 16).Totals)
	equal(t, "all of his customer", all(scope(w.client)), month(0, 2, 8, 1, 16).Totals)
	equal(t, "all of another customer", all(scope(w.customer)), ledger.Totals{})

	ok(t, w.ForgetTraffic(ctx, []int64{main, addon.ID}, april))
	equal(t, "march without its days", of(march), []ledger.SiteMonth{month(other, 20), month(main, 2), month(addon.ID, 8, 1), month(gone.ID, 16)})
	equal(t, "days", must(w.Traffic(ctx, []int64{main, addon.ID, other}, 10101, 99991231))(t),
		[]ledger.SiteDay{day(other, march+6, 20), day(main, april, 4)})

	equal(t, "top is equal", func() []ledger.WebspaceMonth {
		keepTraffic(t, w, mail(other, march+6, 27))
		return top(ledger.Everything, 10)
	}(), []ledger.WebspaceMonth{{WebspaceID: other, Bytes: 270}, {WebspaceID: main, Bytes: 270}})

	ok(t, w.DeleteWebspace(ctx, main))
	equal(t, "after the subscription", of(march), []ledger.SiteMonth{month(other, 27)})
	equal(t, "april after the subscription", len(of(april)), 0)
	t.Run("more than fits", func(t *testing.T) { testGreatMonths(t, w) })
}

// testGreatMonths adds up more than 64 bits hold, and less again.
func testGreatMonths(t *testing.T, w *world) {
	ctx := t.Context()
	site, first := w.customerSpace.ID, ledger.Date(20260501)
	great := func(date ledger.Date, n int64) ledger.MailTraffic {
		return ledger.MailTraffic{SiteID: site, Date: date, Given: ledger.AllMailCounters, SMTPIn: n}
	}
	check := func(what string, want uint64) {
		t.Helper()
		used := must(w.MonthTraffic(ctx, []int64{site}, first))(t)
		equal(t, what, used[0].Totals, ledger.Totals{4: want})
		top := must(w.TopWebspaces(ctx, ledger.Everything, first, 1))(t)
		equal(t, what, top, []ledger.WebspaceMonth{{WebspaceID: site, Bytes: want}})
		equal(t, what, must(w.MonthOfAll(ctx, ledger.Everything, first))(t), ledger.Totals{4: want})
	}
	keepTraffic(t, w, great(first, math.MaxInt64), great(first+1, math.MaxInt64))
	check("two days", math.MaxUint64-1)
	keepTraffic(t, w, great(first+2, math.MaxInt64), great(first+3, math.MaxInt64), great(first+4, math.MaxInt64))
	check("five days", math.MaxUint64)
	keepTraffic(t, w, great(first, 1), great(first+1, 2), great(first+2, 3), great(first+3, 4))
	check("small days again", math.MaxInt64+10)
}

// testArchive archives days while they are read, replaced and added to.
func testArchive(t *testing.T, w *world) {
	ctx := t.Context()
	const sites, days = 150, 70
	first := ledger.Date(20251201)
	var ids []int64
	run := &ledger.TrafficRun{}
	for i := range sites {
		site := w.addWebspace(t, "site"+id(int64(i))+".example", &w.client).ID
		ids = append(ids, site)
		for n := range days {
			*run.Add() = mail(site, first.AddDays(n), int64(n))
		}
	}
	ok(t, w.SetTraffic(ctx, ledger.Everything, run, errMissing))
	archived := make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		defer close(archived)
		ok(t, w.ArchiveTraffic(ctx, 20260201))
	})
	for reader := range 2 {
		wait.Go(func() {
			for n := reader; !isClosed(archived); n += 7 {
				found, err := w.Traffic(ctx, ids[n%sites:n%sites+1], first, first.AddDays(days-1))
				if err != nil || len(found) != days {
					t.Errorf("site %d: got %d days and the error %v, want %d days", n%sites, len(found), err, days)
					return
				}
			}
		})
	}
	wait.Go(func() {
		for n := 0; n < 50; n++ {
			keepTraffic(t, w, mail(ids[n], first.AddDays(n), 1000))
		}
	})
	wait.Wait()
	ok(t, w.ArchiveTraffic(ctx, 20260201))
	found := must(w.Traffic(ctx, ids, first, first.AddDays(days-1)))(t)
	equal(t, "days", len(found), sites*days)
	for _, got := range found {
		n := first.DaysUntil(got.Date)
		want := day(got.SiteID, got.Date, int64(n))
		if slices.Index(ids, got.SiteID) == n && n < 50 {
			want = day(got.SiteID, got.Date, 1000)
		}
		if got != want {
			t.Fatalf("got %+v, want %+v", got, want)
		}
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if err := w.ArchiveTraffic(cancelled, 20260301); !errors.Is(err, context.Canceled) {
		t.Errorf("got the error %v, want %v", err, context.Canceled)
	}
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
