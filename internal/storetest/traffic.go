package storetest

import (
	"context"
	"errors"
	"math"
	"sync"
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

var errMissing = errors.New("no such site")

// mail returns a record that gives all four counters: n, 2n, 3n and 4n.
func mail(site int64, date ledger.Date, n int64) ledger.MailTraffic {
	return ledger.MailTraffic{
		SiteID: site, Date: date, Given: ledger.AllMailCounters,
		SMTPIn: n, SMTPOut: 2 * n, POP3IMAPIn: 3 * n, POP3IMAPOut: 4 * n,
	}
}

// day returns what mail is read back as.
func day(site int64, date ledger.Date, n int64) ledger.SiteDay {
	return ledger.SiteDay{SiteID: site, Date: date, Counters: ledger.Counters{
		SMTPIn: n, SMTPOut: 2 * n, POP3IMAPIn: 3 * n, POP3IMAPOut: 4 * n,
	}}
}

// keepTraffic stores records that all have a site.
func keepTraffic(t *testing.T, w *world, records ...ledger.MailTraffic) {
	t.Helper()
	run := &ledger.TrafficRun{}
	for _, record := range records {
		*run.Add() = record
	}
	keepRun(t, w, run)
}

// keepRun stores a run of records that all have a site.
func keepRun(t *testing.T, w *world, run *ledger.TrafficRun) {
	t.Helper()
	ok(t, w.SetTraffic(t.Context(), ledger.Everything, run, errMissing))
	for i := range run.Len() {
		ok(t, run.Err(i))
	}
}

func testTraffic(t *testing.T, w *world) {
	ctx := t.Context()
	a, b, c := w.adminSpace.ID, w.resellerSpace.ID, w.clientSpace.ID
	read := func(since, to ledger.Date, sites ...int64) []ledger.SiteDay {
		t.Helper()
		return must(w.Traffic(ctx, sites, since, to))(t)
	}
	equal(t, "nothing yet", read(10101, 99991231, a, b, c), nil)
	equal(t, "first of nothing", must(w.FirstTraffic(ctx, []int64{a, b, c}))(t), 0)

	const first, middle, end = ledger.Date(10101), ledger.Date(20240229), ledger.Date(99991231)
	keepTraffic(t, w, mail(b, end, 5), mail(b, middle, 4), mail(a, middle, 3), mail(c, first, 2), mail(a, today, 1))
	equal(t, "all, by date and site", read(first, end, c, b, a), []ledger.SiteDay{
		day(c, first, 2), day(a, middle, 3), day(b, middle, 4), day(a, today, 1), day(b, end, 5),
	})
	equal(t, "bounds are included", read(middle, today, a, b), []ledger.SiteDay{day(a, middle, 3), day(b, middle, 4), day(a, today, 1)})
	equal(t, "one day", read(today, today, a, b, c), []ledger.SiteDay{day(a, today, 1)})
	equal(t, "range without records", read(middle+1, today-1, a, b, c), nil)
	equal(t, "range the wrong way round", read(today, middle, a, b, c), nil)
	equal(t, "no sites", read(first, end), nil)
	equal(t, "unknown site", read(first, end, 987654321), nil)
	equal(t, "first of a", must(w.FirstTraffic(ctx, []int64{a}))(t), middle)
	equal(t, "first of a and c", must(w.FirstTraffic(ctx, []int64{a, c}))(t), first)
	equal(t, "first of no sites", must(w.FirstTraffic(ctx, nil))(t), 0)

	keepTraffic(t, w, mail(a, middle, 30), mail(a, today, math.MaxInt64/4))
	equal(t, "replaced", read(middle, today, a), []ledger.SiteDay{day(a, middle, 30), day(a, today, math.MaxInt64/4)})
	largest := ledger.MailTraffic{
		SiteID: a, Date: today, Given: ledger.AllMailCounters,
		SMTPIn: math.MaxInt64, SMTPOut: math.MaxInt64, POP3IMAPIn: math.MaxInt64, POP3IMAPOut: math.MaxInt64,
	}
	keepTraffic(t, w, largest)
	equal(t, "largest", read(today, today, a)[0].SMTPIn, math.MaxInt64)
	equal(t, "largest", read(today, today, a)[0].POP3IMAPOut, math.MaxInt64)

	t.Run("counters not given", func(t *testing.T) { testPartialRecords(t, w) })
	t.Run("outcomes", func(t *testing.T) { testOutcomes(t, w) })
	t.Run("cancelled", func(t *testing.T) { testCancelled(t, w) })
}

func testPartialRecords(t *testing.T, w *world) {
	ctx := t.Context()
	site, date := w.customerSpace.ID, today
	check := func(what string, smtpIn, smtpOut, popIn, popOut int64) {
		t.Helper()
		equal(t, what, must(w.Traffic(ctx, []int64{site}, date, date))(t), []ledger.SiteDay{{
			SiteID: site, Date: date,
			Counters: ledger.Counters{SMTPIn: smtpIn, SMTPOut: smtpOut, POP3IMAPIn: popIn, POP3IMAPOut: popOut},
		}})
	}
	some := func(given ledger.CounterSet, n int64) ledger.MailTraffic {
		record := mail(site, date, n)
		record.Given = given
		return record
	}
	keepTraffic(t, w, some(ledger.SMTPIn|ledger.POP3IMAPOut, 1))
	check("others begin at 0", 1, 0, 0, 4)
	keepTraffic(t, w, some(ledger.SMTPOut|ledger.SMTPIn, 10))
	check("others stay", 10, 20, 0, 4)
	keepTraffic(t, w, some(0, 99))
	check("nothing given", 10, 20, 0, 4)
	keepTraffic(t, w, some(ledger.SMTPIn, 5), some(ledger.POP3IMAPIn|ledger.SMTPOut, 6), some(ledger.SMTPOut, 7))
	check("a later record of the run holds, counter by counter", 5, 14, 18, 4)
	keepTraffic(t, w, some(ledger.AllMailCounters, 100), some(ledger.POP3IMAPIn, 200))
	check("after a full record", 100, 200, 600, 400)
	keepTraffic(t, w, some(ledger.POP3IMAPIn, 300), some(ledger.AllMailCounters, 1), some(ledger.AllMailCounters, 2))
	check("full records replace all", 2, 4, 6, 8)
}

func testOutcomes(t *testing.T, w *world) {
	ctx := t.Context()
	mine, other := w.clientSpace.ID, w.customerSpace.ID
	date := ledger.Date(20200101)
	refused := errors.New("refused before")
	run := &ledger.TrafficRun{}
	*run.Add() = mail(mine, date, 1)
	*run.Add() = mail(987654321, date, 2)
	*run.Add() = mail(other, date, 3)
	*run.Add() = mail(mine, date, 4)
	*run.Add() = mail(987654321, date, 5)
	*run.Add() = mail(0, date, 6)
	*run.Add() = mail(mine, date, 7)
	*run.Add() = mail(-1, date, 8)
	run.Fail(4, refused)
	run.Fail(6, refused)
	ok(t, w.SetTraffic(ctx, scope(w.reseller), run, errMissing))
	for i, want := range []error{nil, errMissing, errMissing, nil, refused, errMissing, refused, errMissing} {
		if !errors.Is(run.Err(i), want) {
			t.Errorf("record %d: got %v, want %v", i, run.Err(i), want)
		}
	}
	equal(t, "what was stored", must(w.Traffic(ctx, []int64{mine, other, 987654321, 0, -1}, date, date))(t),
		[]ledger.SiteDay{day(mine, date, 4)})

	ok(t, w.SetTraffic(ctx, ledger.Everything, &ledger.TrafficRun{}, errMissing))
	none := &ledger.TrafficRun{}
	*none.Add() = mail(987654321, date, 1)
	ok(t, w.SetTraffic(ctx, ledger.Everything, none, errMissing))
	if !errors.Is(none.Err(0), errMissing) {
		t.Errorf("got %v, want %v", none.Err(0), errMissing)
	}
	failed := &ledger.TrafficRun{}
	*failed.Add() = mail(mine, date, 9)
	failed.Fail(0, refused)
	ok(t, w.SetTraffic(ctx, ledger.Everything, failed, errMissing))
	equal(t, "after runs without records", must(w.Traffic(ctx, []int64{mine}, date, date))(t), []ledger.SiteDay{day(mine, date, 4)})
}

func testCancelled(t *testing.T, w *world) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	date := ledger.Date(20190101)
	run := &ledger.TrafficRun{}
	*run.Add() = mail(w.adminSpace.ID, date, 1)
	if err := w.SetTraffic(cancelled, ledger.Everything, run, errMissing); !errors.Is(err, context.Canceled) {
		t.Errorf("got the error %v, want %v", err, context.Canceled)
	}
	equal(t, "what a cancelled run stored", must(w.Traffic(t.Context(), []int64{w.adminSpace.ID}, date, date))(t), nil)
}

// testManyRecords stores a run of 10,000 records, out of order, with unknown
// sites among them and some records given twice.
func testManyRecords(t *testing.T, w *world) {
	const sites, days = 100, 100
	var ids []int64
	for i := range sites {
		ids = append(ids, w.addWebspace(t, "site"+id(int64(i))+".example", &w.client).ID)
	}
	first := ledger.Date(20251201)
	run := &ledger.TrafficRun{}
	var want []ledger.SiteDay
	for i := range sites * days {
		n := i * 7919 % (sites * days) // a prime: every number comes once
		*run.Add() = mail(ids[n%sites], first.AddDays(n/sites), int64(n))
		if i%1000 == 0 {
			*run.Add() = mail(987654321+int64(i), first, 1)
			*run.Add() = mail(ids[n%sites], first.AddDays(n/sites), int64(n))
		}
	}
	for n := range sites * days {
		want = append(want, day(ids[n%sites], first.AddDays(n/sites), int64(n)))
	}
	ok(t, w.SetTraffic(t.Context(), scope(w.reseller), run, errMissing))
	failed := 0
	for i, record := range run.All() {
		isUnknown := record.SiteID >= 987654321
		if isUnknown != errors.Is(run.Err(i), errMissing) {
			t.Errorf("record %d of site %d: got %v", i, record.SiteID, run.Err(i))
		}
		if isUnknown {
			failed++
		}
	}
	equal(t, "unknown sites", failed, sites*days/1000)
	equal(t, "stored", must(w.Traffic(t.Context(), ids, first, first.AddDays(days)))(t), want)
}

// testConcurrentRuns stores single records, reads and makes other changes, all
// at the same time.
func testConcurrentRuns(t *testing.T, w *world) {
	const writers, each = 16, 40
	ctx := t.Context()
	site, other := w.customerSpace.ID, w.adminSpace.ID
	first := ledger.Date(20260101)
	var wait sync.WaitGroup
	for writer := range writers {
		wait.Go(func() {
			for i := range each {
				n := writer*each + i
				run := &ledger.TrafficRun{}
				*run.Add() = mail(site, first.AddDays(n), int64(n))
				if err := w.SetTraffic(ctx, scope(w.customer), run, errMissing); err != nil || run.Err(0) != nil {
					t.Errorf("storing record %d: %v, %v", n, err, run.Err(0))
				}
			}
		})
	}
	for range 2 {
		wait.Go(func() {
			for i := range each {
				if _, err := w.Traffic(ctx, []int64{site, other}, first, first.AddDays(writers*each)); err != nil {
					t.Errorf("reading: %v", err)
				}
				if err := w.SetMeta(ctx, "counter", id(int64(i))); err != nil {
					t.Errorf("writing: %v", err)
				}
				if _, err := w.Webspaces(ctx, []int64{site, other}); err != nil {
					t.Errorf("reading: %v", err)
				}
			}
		})
	}
	wait.Wait()
	var want []ledger.SiteDay
	for n := range writers * each {
		want = append(want, day(site, first.AddDays(n), int64(n)))
	}
	equal(t, "stored", must(w.Traffic(ctx, []int64{site}, first, first.AddDays(writers*each)))(t), want)
}
