package sqlstore

import (
	"testing"
	"time"
	"fmt"
	"github.com/hostledger/hostledger/ledger"
)

func TestTmp(t *testing.T) {
	const sites, days = 200_000, 5
	store := openSQLiteIn(t, t.TempDir())
	execute(t, store, `INSERT INTO accounts (`+accountFields+`) VALUES
		('g', 1, NULL, 'admin', '', 20260101, 0, '', '', '', '', '', '', '', '', '', '', '', '', '')`)
	execute(t, store, `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
		INSERT INTO sites (id, webspace_id, guid, name, unicode_name, created, status, description)
		SELECT i, i, 'guid' || i, 'site' || i, 'site' || i, 20260101, 0, '' FROM n`,
		`INSERT INTO webspaces (id, `+webspaceFields+`) SELECT id, 1, '', '', '', NULL, FALSE, '{}' FROM sites`)
	sink := store.traffic.sink.(*sqliteTraffic)
	run := &ledger.TrafficRun{}
	for i := range sites*days {
		*run.Add() = ledger.MailTraffic{
			SiteID: int64(i/days)+1, Date: firstDay.AddDays(i%days), Given: ledger.AllMailCounters,
			SMTPIn: int64(i) * 1_000_003, SMTPOut: int64(i) * 40_009, POP3IMAPIn: int64(i) * 7, POP3IMAPOut: int64(i) * 90_001,
		}
	}
	for range 3 {
		group := []*trafficRequest{{scope: ledger.Everything, run: run, missing: ledger.ErrNotFound}}
		t0 := time.Now()
		sink.run("BEGIN IMMEDIATE")
		sink.failMissing(group)
		t1 := time.Now()
		b := newTrafficBatch(group)
		t2 := time.Now()
		n, err := sink.upsertAll(b)
		t3 := time.Now()
		sink.run("COMMIT")
		t4 := time.Now()
		fmt.Println(n, err, "missing", t1.Sub(t0), "batch", t2.Sub(t1), "upsert", t3.Sub(t2), "commit", t4.Sub(t3))
	}
}
