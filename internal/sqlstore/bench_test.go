package sqlstore

import (
	"context"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

// BenchmarkSetMailTraffic stores runs of one record from 16 clients at once,
// and a run of a million records: five days of 200,000 sites.
func BenchmarkSetMailTraffic(b *testing.B) {
	b.Run("one record", func(b *testing.B) { benchmarkOneRecord(b, openSQLiteIn(b, b.TempDir())) })
	b.Run("one record in memory", func(b *testing.B) { benchmarkOneRecord(b, openMemory(b)) })
	b.Run("a million records", benchmarkMillionRecords)
}

func benchmarkOneRecord(b *testing.B, store *Store) {
	const sites = 1000
	addSites(b, store, sites)
	var next atomic.Int64
	b.SetParallelism(8) // times GOMAXPROCS
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			n := next.Add(1)
			storeRun(b, store, 1, func(int) (int64, ledger.Date) { return n%sites + 1, firstDay.AddDays(int(n / sites)) })
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "records/s")
}

func benchmarkMillionRecords(b *testing.B) {
	const sites, days = 200_000, 5
	store := openSQLiteIn(b, b.TempDir())
	addSites(b, store, sites)
	for _, order := range []struct {
		name string
		key  func(i int) (int64, ledger.Date)
	}{
		{"first by site", func(i int) (int64, ledger.Date) { return int64(i/days) + 1, firstDay.AddDays(i % days) }},
		{"again by site", func(i int) (int64, ledger.Date) { return int64(i/days) + 1, firstDay.AddDays(i % days) }},
		{"again by day", func(i int) (int64, ledger.Date) { return int64(i%sites) + 1, firstDay.AddDays(i / sites) }},
		{"again at random", func(i int) (int64, ledger.Date) {
			n := i * 7_368_787 % (sites * days) // a prime: every number comes once
			return int64(n%sites) + 1, firstDay.AddDays(n / sites)
		}},
	} {
		b.Run(order.name, func(b *testing.B) {
			for b.Loop() {
				storeRun(b, store, sites*days, order.key)
			}
			b.ReportMetric(float64(b.N)*sites*days/b.Elapsed().Seconds(), "records/s")
		})
	}
}

const firstDay = ledger.Date(20260101)

// storeRun stores as many records as it says, whose sites all exist.
func storeRun(b *testing.B, store *Store, records int, key func(i int) (int64, ledger.Date)) {
	run := &ledger.TrafficRun{}
	for i := range records {
		site, date := key(i)
		*run.Add() = ledger.MailTraffic{
			SiteID: site, Date: date, Given: ledger.AllMailCounters,
			SMTPIn: int64(i) * 1_000_003, SMTPOut: int64(i) * 40_009, POP3IMAPIn: int64(i) * 7, POP3IMAPOut: int64(i) * 90_001,
		}
	}
	if err := store.SetMailTraffic(context.Background(), ledger.Everything, run, ledger.ErrNotFound); err != nil {
		b.Fatal(err)
	}
	if err := run.Err(0); err != nil {
		b.Fatal(err)
	}
}

// addSites adds an administrator and subscriptions with the ids from 1 up.
func addSites(b *testing.B, store *Store, count int) {
	b.Helper()
	execute(b, store, `INSERT INTO accounts (`+accountFields+`) VALUES
		('g', 1, NULL, 'admin', '', 20260101, 0, '', '', '', '', '', '', '', '', '', '', '', '', '')`)
	execute(b, store, `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < `+strconv.Itoa(count)+`)
		INSERT INTO sites (id, webspace_id, guid, name, unicode_name, created, status, description)
		SELECT i, i, 'guid' || i, 'site' || i, 'site' || i, 20260101, 0, '' FROM n`,
		`INSERT INTO webspaces (id, `+webspaceFields+`) SELECT id, 1, '', '', '', NULL, FALSE, '{}' FROM sites`)
}

// execute runs statements in one transaction.
func execute(t testing.TB, store *Store, texts ...string) {
	t.Helper()
	tx, err := store.writes.Begin()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		if _, err := tx.Exec(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}
