package sqlstore

import (
	"bytes"
	"fmt"
	"os/exec"
	"testing"

	"github.com/hostledger/hostledger/internal/pgtest"
	"github.com/hostledger/hostledger/ledger"
)

// openDurable opens an empty ledger on a PostgreSQL server of its own that
// keeps what it acknowledges.
func openDurable(b *testing.B) (*Store, string) {
	b.Helper()
	server, err := pgtest.Start("shared_buffers=1GB", "max_wal_size=8GB", "checkpoint_timeout=1h")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := server.Stop(); err != nil {
			b.Error(err)
		}
	})
	return openPostgresAt(b, server.URL("postgres")), server.URL("postgres")
}

// BenchmarkPostgresMillionRecords stores five days of 200,000 sites, beside
// what psql does with the same records: COPY into a temporary table and one
// upsert, without totals of months.
func BenchmarkPostgresMillionRecords(b *testing.B) {
	const sites, days = 200_000, 5
	byDay := func(i int) (int64, ledger.Date) { return int64(i%sites) + 1, firstDay.AddDays(i / sites) }
	store, address := openDurable(b)
	addSites(b, store, sites)
	execute(b, store, `CREATE TABLE reference (site_id BIGINT NOT NULL, date INTEGER NOT NULL, http_in BIGINT NOT NULL DEFAULT 0, http_out BIGINT NOT NULL DEFAULT 0,
		ftp_in BIGINT NOT NULL DEFAULT 0, ftp_out BIGINT NOT NULL DEFAULT 0, smtp_in BIGINT NOT NULL, smtp_out BIGINT NOT NULL,
		pop3_imap_in BIGINT NOT NULL, pop3_imap_out BIGINT NOT NULL, PRIMARY KEY (site_id, date))`)
	for _, part := range []string{"new", "again"} {
		for _, by := range []struct {
			name string
			run  func(*ledger.TrafficRun)
		}{
			{"hostledger", func(run *ledger.TrafficRun) { storeRun(b, store, run) }},
			{"psql", func(run *ledger.TrafficRun) { copyByPsql(b, address, run) }},
		} {
			b.Run(part+"/"+by.name, func(b *testing.B) {
				for b.Loop() {
					b.StopTimer()
					if part == "new" {
						execute(b, store, `TRUNCATE traffic`, `TRUNCATE traffic_months`, `TRUNCATE reference`)
					}
					if _, err := store.writes.Exec(`CHECKPOINT`); err != nil {
						b.Fatal(err)
					}
					run := randomRun(sites*days, byDay)
					b.StartTimer()
					by.run(run)
				}
				b.ReportMetric(float64(b.N)*sites*days/b.Elapsed().Seconds(), "records/s")
			})
		}
	}
}

func copyByPsql(b *testing.B, address string, run *ledger.TrafficRun) {
	b.StopTimer()
	var rows bytes.Buffer
	for _, r := range run.All() {
		fmt.Fprintf(&rows, "%d\t%d\t%d\t%d\t%d\t%d\n", r.SiteID, r.Date, r.SMTPIn, r.SMTPOut, r.POP3IMAPIn, r.POP3IMAPOut)
	}
	const columns = `site_id, date, smtp_in, smtp_out, pop3_imap_in, pop3_imap_out`
	psql := exec.Command("psql", "-q", "-X", "-v", "ON_ERROR_STOP=1", address,
		"-c", "BEGIN", "-c", `CREATE TEMPORARY TABLE incoming (LIKE reference INCLUDING DEFAULTS)`,
		"-c", `COPY incoming (`+columns+`) FROM STDIN`,
		"-c", `INSERT INTO reference SELECT * FROM incoming ON CONFLICT (site_id, date) DO UPDATE SET
			smtp_in = excluded.smtp_in, smtp_out = excluded.smtp_out, pop3_imap_in = excluded.pop3_imap_in, pop3_imap_out = excluded.pop3_imap_out`,
		"-c", "COMMIT")
	psql.Stdin = &rows
	b.StartTimer()
	if out, err := psql.CombinedOutput(); err != nil {
		b.Fatalf("psql: %v\n%s", err, out)
	}
}

// BenchmarkPostgresOneRecord stores runs of one record from 16 clients at once.
func BenchmarkPostgresOneRecord(b *testing.B) {
	store, _ := openDurable(b)
	b.Run("new", func(b *testing.B) {
		execute(b, store, `TRUNCATE traffic, traffic_months, accounts, webspaces, sites RESTART IDENTITY CASCADE`)
		benchmarkOneRecord(b, store)
	})
}

// BenchmarkPostgresTraffic is BenchmarkTraffic on PostgreSQL.
func BenchmarkPostgresTraffic(b *testing.B) {
	store, _ := openDurable(b)
	benchmarkTraffic(b, store)
}
