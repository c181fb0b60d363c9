package sqlstore

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

// BenchmarkSetTraffic stores runs of one record from 16 clients at once,
// and runs of a million records: five days of 200,000 sites.
func BenchmarkSetTraffic(b *testing.B) {
	b.Run("one record", func(b *testing.B) { benchmarkOneRecord(b, openSQLiteIn(b, b.TempDir())) })
	b.Run("one record in memory", func(b *testing.B) { benchmarkOneRecord(b, openMemory(b)) })
	b.Run("a million records", benchmarkMillionRecords)
}

func benchmarkOneRecord(b *testing.B, store *Store) {
	const sites, clients = 1000, 16
	addSites(b, store, sites)
	b.ResetTimer()
	var next atomic.Int64
	var wait sync.WaitGroup
	for range clients {
		wait.Go(func() {
			for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
				storeRun(b, store, randomRun(1, func(int) (int64, ledger.Date) {
					return n%sites + 1, firstDay.AddDays(int(n / sites))
				}))
			}
		})
	}
	wait.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "records/s")
}

func benchmarkMillionRecords(b *testing.B) {
	const sites, days = 200_000, 5
	bySite := func(i int) (int64, ledger.Date) { return int64(i/days) + 1, firstDay.AddDays(i % days) }
	byDay := func(i int) (int64, ledger.Date) { return int64(i%sites) + 1, firstDay.AddDays(i / sites) }
	atRandom := func(i int) (int64, ledger.Date) { return byDay(i * 7_368_787 % (sites * days)) } // a prime: each comes once
	for _, order := range []struct {
		name  string
		isNew bool
		key   func(i int) (int64, ledger.Date)
	}{
		{"new by site", true, bySite}, {"new by day", true, byDay},
		{"again by site", false, bySite}, {"again by day", false, byDay}, {"again at random", false, atRandom},
	} {
		b.Run(order.name, func(b *testing.B) {
			store := openSQLiteIn(b, b.TempDir())
			addSites(b, store, sites)
			if !order.isNew {
				storeRun(b, store, randomRun(sites*days, order.key))
			}
			for b.Loop() {
				b.StopTimer()
				if order.isNew {
					execute(b, store, `DELETE FROM traffic`, `DELETE FROM traffic_totals`)
				}
				run := randomRun(sites*days, order.key)
				b.StartTimer()
				storeRun(b, store, run)
			}
			b.ReportMetric(float64(b.N)*sites*days/b.Elapsed().Seconds(), "records/s")
		})
	}
}

// BenchmarkTraffic reads from a year of 1,000 sites, of which eleven months are
// archived.
func BenchmarkTraffic(b *testing.B) { benchmarkTraffic(b, openSQLiteIn(b, b.TempDir())) }

func benchmarkTraffic(b *testing.B, store *Store) {
	const sites, days = 1000, 365
	addSites(b, store, sites)
	storeRun(b, store, randomRun(sites*days, func(i int) (int64, ledger.Date) {
		return int64(i%sites) + 1, firstDay.AddDays(i / sites)
	}))
	if err := store.ArchiveTraffic(context.Background(), firstDay.AddDays(days).FirstOfMonth()-100); err != nil {
		b.Fatal(err)
	}
	all := make([]int64, sites)
	for i := range all {
		all[i] = int64(i) + 1
	}
	for _, question := range []struct {
		name  string
		sites []int64
		days  int
		want  int
	}{
		{"a month of one site", all[:1], 31, 31},
		{"a year of one site", all[:1], days, days},
		{"a century of one site", all[:1], 36_500, days},
		{"a month of all sites", all, 31, 31 * sites},
	} {
		b.Run(question.name, func(b *testing.B) {
			for b.Loop() {
				found, err := store.Traffic(context.Background(), question.sites, firstDay, firstDay.AddDays(question.days-1))
				if err != nil || len(found) != question.want {
					b.Fatalf("got %d records and the error %v, want %d records", len(found), err, question.want)
				}
			}
		})
	}
}

// BenchmarkAddWebspace adds subscriptions one after the other.
func BenchmarkAddWebspace(b *testing.B) {
	b.Run("on disk", func(b *testing.B) { benchmarkAddWebspace(b, openSQLiteIn(b, b.TempDir())) })
	b.Run("in memory", func(b *testing.B) { benchmarkAddWebspace(b, openMemory(b)) })
}

func benchmarkAddWebspace(b *testing.B, store *Store) {
	addSites(b, store, 1)
	for n := 0; b.Loop(); n++ {
		err := store.AddWebspace(context.Background(), &ledger.Webspace{
			OwnerID: ledger.AdminID, Name: ledger.DomainName{ASCII: "added" + strconv.Itoa(n)},
			Own: ledger.Settings{Hosting: ledger.Hosting{Type: ledger.HostingVirtual, IPs: []string{"192.0.2.1"}}},
		}, nil)
		if err != nil {
			b.Fatal(err)
		}
	}
}

const firstDay = ledger.Date(20260101)

// randomRun returns records of which key tells the site and date. Their
// counters are different every time: SQLite does not write what is there.
func randomRun(records int, key func(i int) (int64, ledger.Date)) *ledger.TrafficRun {
	run := &ledger.TrafficRun{}
	for i := range records {
		site, date := key(i)
		*run.Add() = ledger.MailTraffic{
			SiteID: site, Date: date, Given: ledger.AllMailCounters,
			SMTPIn: rand.Int64N(1 << 30), SMTPOut: rand.Int64N(1 << 24),
			POP3IMAPIn: rand.Int64N(1 << 16), POP3IMAPOut: rand.Int64N(1 << 30),
		}
	}
	return run
}

func storeRun(b *testing.B, store *Store, run *ledger.TrafficRun) {
	if err := store.SetTraffic(context.Background(), ledger.Everything, run, ledger.ErrNotFound); err != nil {
		b.Error(err)
	}
	if err := run.Err(0); err != nil {
		b.Error(err)
	}
}

// addSites adds an administrator and his subscriptions, with ids from 1 up.
func addSites(t testing.TB, store *Store, count int) {
	t.Helper()
	execute(t, store,
		`INSERT INTO accounts (`+accountFields+`) VALUES
			('g', 1, NULL, 'admin', '', 20260101, 0, '', '', '', '', '', '', '', '', '', '', '', '', '', '{}', NULL, FALSE)`,
		`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < `+strconv.Itoa(count)+`)
			INSERT INTO sites (id, webspace_id, guid, name, unicode_name, created, status, description)
			SELECT i, i, 'guid' || i, 'site' || i, 'site' || i, 20260101, 0, '' FROM n`,
		`INSERT INTO webspaces (id, `+webspaceFields+`) SELECT id, 1, '', '', '', NULL, FALSE, 0, '{}' FROM sites`)
	err := store.withTx(context.Background(), func(ctx context.Context, tx *sql.Tx) error {
		return store.dialect.setLastID(ctx, tx, idColumn{"sites", "id"}, int64(count))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// execute runs statements in one transaction.
func execute(t testing.TB, store *Store, texts ...string) {
	t.Helper()
	err := store.withTx(context.Background(), func(ctx context.Context, tx *sql.Tx) error {
		for _, text := range texts {
			if _, err := tx.ExecContext(ctx, text); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// BenchmarkCopy copies a year of 1,000 sites, of which eleven months are over.
func BenchmarkCopy(b *testing.B) {
	const sites, days = 1000, 365
	folder, database := openSQLiteIn(b, b.TempDir()), openPostgres(b)
	addSites(b, folder, sites)
	storeRun(b, folder, randomRun(sites*days, func(i int) (int64, ledger.Date) {
		return int64(i%sites) + 1, firstDay.AddDays(i / sites)
	}))
	if err := folder.SetMeta(context.Background(), ledger.MetaServerGUID, "guid"); err != nil {
		b.Fatal(err)
	}
	o := CopyOptions{Today: firstDay.AddDays(days - 1), Progress: func(string, int64, int64) {}}
	if _, err := Copy(context.Background(), folder, database, o); err != nil {
		b.Fatal(err)
	}
	for _, way := range []struct {
		name string
		from *Store
		to   func() *Store
	}{
		{"folder to database", folder, func() *Store { return openPostgres(b) }},
		{"database to folder", database, func() *Store { return openSQLiteIn(b, b.TempDir()) }},
	} {
		b.Run(way.name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				to := way.to()
				b.StartTimer()
				if _, err := Copy(context.Background(), way.from, to, o); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(sites*days*b.N)/b.Elapsed().Seconds(), "records/s")
		})
	}
}
