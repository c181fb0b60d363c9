package storetest

import (
	"errors"
	"math"
	"slices"
	"sync"
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

const webCounters = ledger.AllCounters &^ ledger.AllMailCounters

// web returns a record that gives the http and ftp counters: n, 2n, 3n and 4n.
func web(site int64, date ledger.Date, n int64) ledger.SiteTraffic {
	record := ledger.SiteTraffic{Given: webCounters}
	record.SiteID, record.Date = site, date
	record.HTTPIn, record.HTTPOut, record.FTPIn, record.FTPOut = n, 2*n, 3*n, 4*n
	return record
}

// both returns what web and mail are read back as.
func both(site int64, date ledger.Date, ofWeb, ofMail int64) ledger.SiteDay {
	d, record := day(site, date, ofMail), web(site, date, ofWeb)
	d.HTTPIn, d.HTTPOut, d.FTPIn, d.FTPOut = record.HTTPIn, record.HTTPOut, record.FTPIn, record.FTPOut
	return d
}

// monthOfBoth returns what days of both add up to.
func monthOfBoth(site, ofWeb, ofMail int64) ledger.SiteMonth {
	m := month(site, ofMail)
	for i := range int64(4) {
		m.Totals[i] = uint64((i + 1) * ofWeb)
	}
	return m
}

func testWebAndMail(t *testing.T, w *world) {
	ctx := t.Context()
	a, b := w.customerSpace.ID, w.clientSpace.ID
	const past = ledger.Date(20251215) // a month that is archived
	check := func(what string, date ledger.Date, want ...ledger.SiteDay) {
		t.Helper()
		equal(t, what, must(w.Traffic(ctx, []int64{a, b}, date, date))(t), want)
		for _, d := range want {
			equal(t, what+", month", must(w.MonthTraffic(ctx, []int64{d.SiteID}, date.FirstOfMonth()))(t),
				[]ledger.SiteMonth{monthOfBoth(d.SiteID, d.HTTPIn, d.SMTPIn)})
		}
	}
	keep := func(days ...ledger.SiteTraffic) { t.Helper(); keepRun(t, w, ledger.SiteRun(days)) }

	for _, date := range []ledger.Date{today, past} {
		keep(web(a, date, 1))
		keepTraffic(t, w, mail(b, date, 2))
		check("one of both", date, both(a, date, 1, 0), both(b, date, 0, 2))
		keepTraffic(t, w, mail(a, date, 3))
		keep(web(b, date, 4))
		check("the other beside it", date, both(a, date, 1, 3), both(b, date, 4, 2))
	}
	ok(t, w.ArchiveTraffic(ctx, today.FirstOfMonth()))
	keep(web(a, past, 5))
	keepTraffic(t, w, mail(b, past, 6))
	check("late, beside what is archived", past, both(a, past, 5, 3), both(b, past, 4, 6))
	ok(t, w.ArchiveTraffic(ctx, today.FirstOfMonth()))
	check("archived again", past, both(a, past, 5, 3), both(b, past, 4, 6))

	some := web(a, today, 100)
	some.Given, some.POP3IMAPOut = ledger.HTTPOut|ledger.POP3IMAPOut, 7
	later := web(a, today, 1000)
	later.Given = ledger.HTTPOut | ledger.FTPIn
	keep(some, later)
	want := both(a, today, 1, 3)
	want.HTTPOut, want.FTPIn, want.POP3IMAPOut = 2000, 3000, 7
	equal(t, "the last holds, counter by counter", must(w.Traffic(ctx, []int64{a}, today, today))(t), []ledger.SiteDay{want})

	var days []ledger.SiteTraffic
	var wantDays []ledger.SiteDay
	for n := range 250 {
		date := ledger.Date(20220101).AddDays(n)
		days, wantDays = append(days, web(b, date, int64(n))), append(wantDays, both(b, date, int64(n), 0))
	}
	keep(days...)
	equal(t, "many days", must(w.Traffic(ctx, []int64{b}, 20220101, 20221231))(t), wantDays)
	equal(t, "their first month", must(w.MonthTraffic(ctx, []int64{b}, 20220101))(t), []ledger.SiteMonth{monthOfBoth(b, 30*31/2, 0)})

	t.Run("outcomes", func(t *testing.T) { testSiteOutcomes(t, w) })
	t.Run("largest", func(t *testing.T) {
		most := ledger.SiteTraffic{Given: ledger.AllCounters}
		most.SiteID, most.Date = a, 20200101
		for _, counter := range most.List() {
			*counter = math.MaxInt64
		}
		next := most
		next.Date++
		keep(most, next)
		equal(t, "days", must(w.Traffic(ctx, []int64{a}, most.Date, next.Date))(t), []ledger.SiteDay{most.SiteDay, next.SiteDay})
		for _, total := range must(w.MonthTraffic(ctx, []int64{a}, most.Date))(t)[0].Totals {
			equal(t, "total", total, math.MaxUint64-1)
		}
	})
}

func testSiteOutcomes(t *testing.T, w *world) {
	ctx := t.Context()
	mine, other := w.clientSpace.ID, w.customerSpace.ID
	const date = ledger.Date(20210101)
	removed := w.addSite(t, "removed.example", &w.clientSpace, nil)
	keepRun(t, w, ledger.SiteRun([]ledger.SiteTraffic{web(removed.ID, date, 1)}))
	ok(t, w.DeleteSite(ctx, removed.ID))
	refused := errors.New("refused before")
	run := ledger.SiteRun([]ledger.SiteTraffic{
		web(mine, date, 1), web(unknownSite, date, 2), web(other, date, 3), web(removed.ID, date, 4), web(mine, date, 5), web(mine, date+1, 6),
	})
	run.Fail(4, refused)
	ok(t, w.SetTraffic(ctx, scope(w.reseller), run, errMissing))
	for i, want := range []error{nil, errMissing, errMissing, errMissing, refused, nil} {
		if !errors.Is(run.Err(i), want) {
			t.Errorf("record %d: got %v, want %v", i, run.Err(i), want)
		}
	}
	equal(t, "what was stored", must(w.Traffic(ctx, []int64{mine, other, unknownSite, removed.ID}, date, date+1))(t),
		[]ledger.SiteDay{both(mine, date, 1, 0), both(removed.ID, date, 1, 0), both(mine, date+1, 6, 0)})
}

// testWebAndMailAtOnce sets web and mail of the same sites and days at the same
// time, while a month of them is archived.
func testWebAndMailAtOnce(t *testing.T, w *world) {
	const rounds, days = 20, 40
	ctx := t.Context()
	sites := []int64{w.customerSpace.ID, w.clientSpace.ID}
	first := ledger.Date(20260110)
	setAll := func(name string, run func(round int) *ledger.TrafficRun) {
		for round := range rounds {
			run := run(round + 1)
			if err := w.SetTraffic(ctx, ledger.Everything, run, errMissing); err != nil || run.Good() != run.Len() {
				t.Errorf("%s, round %d: %d of %d records stored, %v", name, round, run.Good(), run.Len(), err)
			}
		}
	}
	var wait sync.WaitGroup
	wait.Go(func() {
		setAll("mail", func(round int) *ledger.TrafficRun {
			run := &ledger.TrafficRun{}
			for n := range days * len(sites) {
				*run.Add() = mail(sites[n%2], first.AddDays(n/2), int64(round*n))
			}
			return run
		})
	})
	wait.Go(func() {
		setAll("web", func(round int) *ledger.TrafficRun {
			var records []ledger.SiteTraffic
			for n := range days * len(sites) {
				records = append(records, web(sites[n%2], first.AddDays(n/2), int64(2*round*n)))
			}
			return ledger.SiteRun(records)
		})
	})
	wait.Go(func() { ok(t, w.ArchiveTraffic(ctx, 20260201)) })
	wait.Wait()
	var want []ledger.SiteDay
	for n := range days * len(sites) {
		want = append(want, both(sites[n%2], first.AddDays(n/2), int64(2*rounds*n), int64(rounds*n)))
	}
	got := must(w.Traffic(ctx, sites, first, first.AddDays(days)))(t)
	equal(t, "days", len(got), len(want))
	totals := map[int64]ledger.Totals{}
	for i := range got {
		if !slices.Contains(want, got[i]) {
			t.Fatalf("got %+v", got[i])
		}
		if of := totals[got[i].SiteID]; got[i].Date.FirstOfMonth() == first.FirstOfMonth() {
			for n, bytes := range got[i].List() {
				of[n] += uint64(*bytes)
			}
			totals[got[i].SiteID] = of
		}
	}
	for _, used := range must(w.MonthTraffic(ctx, sites, first.FirstOfMonth()))(t) {
		equal(t, "month", used.Totals, totals[used.SiteID])
	}
}
