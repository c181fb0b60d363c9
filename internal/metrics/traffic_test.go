package metrics_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hostledger/hostledger/internal/server"
)

// Names of samples of the writer of traffic.
const (
	records        = `hostledger_traffic_records_total`
	commits        = `hostledger_traffic_commit_seconds_count`
	commitRuns     = `hostledger_traffic_commit_runs_count`
	commitRunsSum  = `hostledger_traffic_commit_runs_sum`
	commitSizes    = `hostledger_traffic_commit_records_count`
	commitSizesSum = `hostledger_traffic_commit_records_sum`
	waiting        = `hostledger_traffic_runs_waiting`
)

// setTraffic is a packet with a node for each site.
func setTraffic(sites ...int) string {
	var packet strings.Builder
	packet.WriteString(`<packet><webspace>`)
	for _, site := range sites {
		fmt.Fprintf(&packet, `<set_traffic><dom_id>%d</dom_id><date>2026-05-14</date><smtp_in>1</smtp_in><smtp_out>2</smtp_out>`+
			`<pop3_imap_in>3</pop3_imap_in><pop3_imap_out>4</pop3_imap_out></set_traffic>`, site)
	}
	return packet.String() + `</webspace></packet>`
}

func TestRunsOfTraffic(t *testing.T) {
	t.Parallel()
	h := newHost(t, server.Options{})
	sites := make([]int, 5000)
	for i := range sites {
		sites[i] = i%5 + 1 // 4 and 5 are not there
	}
	packet := setTraffic(sites...)
	h.changes("a run", func() { h.post(h.admin(), strings.NewReader(packet)) }, samples{
		executed: 1, answered: 1, read: float64(len(packet)),
		operation("webspace", "set_traffic", "ok"): 3000, operation("webspace", "set_traffic", "1013"): 2000,
		records: 3000, commits: 1, commitRuns: 1, commitRunsSum: 1, commitSizes: 1, commitSizesSum: 3000,
	})
}

// While something else writes to the database, runs wait, and are written
// together afterwards.
func TestRunsOfTrafficWait(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h := newHost(t, server.Options{DataDir: dir})
	outside := connect(t, dir)
	before := h.scrape()
	execute(t, outside, `BEGIN IMMEDIATE`)
	var clients sync.WaitGroup
	runs := 0
	for ; runs < 100 && h.scrape()[waiting] < 2; runs++ {
		clients.Go(func() { h.post(h.admin(), strings.NewReader(setTraffic(1))) })
	}
	execute(t, outside, `ROLLBACK`)
	clients.Wait()
	changed := h.scrape().since(before)
	if changed[waiting] != 0 || changed[records] != float64(runs) || changed[commitRunsSum] != float64(runs) {
		t.Errorf("after %d runs: %v", runs, changed)
	}
	if changed[commits] < 2 || changed[commits] >= float64(runs) {
		t.Errorf("%d runs took %v commits", runs, changed[commits])
	}
}

// A store that fails is seen, and so is that it works again.
func TestTrafficThatCannotBeStored(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h := newHost(t, server.Options{DataDir: dir})
	outside := connect(t, dir)
	packet := setTraffic(1, 2)
	execute(t, outside, `ALTER TABLE sites RENAME TO elsewhere`)
	h.changes("a store that fails", func() { h.post(h.admin(), strings.NewReader(packet)) }, samples{
		executed: 1, answered: 1, read: float64(len(packet)), operation("webspace", "set_traffic", "1023"): 2,
		internal: 1, "hostledger_traffic_commit_failures_total": 1,
	})
	execute(t, outside, `ALTER TABLE elsewhere RENAME TO sites`)
	h.changes("the store that was repaired", func() { h.post(h.admin(), strings.NewReader(packet)) }, samples{
		executed: 1, answered: 1, read: float64(len(packet)), operation("webspace", "set_traffic", "ok"): 2,
		records: 2, commits: 1, commitRuns: 1, commitRunsSum: 1, commitSizes: 1, commitSizesSum: 2,
	})
}

// connect opens the database of a server beside it.
func connect(t *testing.T, dir string) *sql.Conn {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func execute(t *testing.T, conn *sql.Conn, statement string) {
	t.Helper()
	if _, err := conn.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

func TestOverused(t *testing.T) {
	t.Parallel()
	h := newHost(t, server.Options{CheckTraffic: time.Millisecond})
	today := h.Ledger.Today().String()
	h.post(h.admin(), strings.NewReader(`<packet><webspace><set><filter><id>1</id></filter><values><limits>`+
		`<limit><name>max_traffic</name><value>5</value></limit></limits></values></set></webspace></packet>`))
	h.post(h.admin(), strings.NewReader(strings.ReplaceAll(setTraffic(1, 2, 3), "2026-05-14", today)))
	h.await("hostledger_subscriptions_overused_total", 1)
	if at := h.scrape()["hostledger_limits_checked_timestamp_seconds"]; time.Since(time.Unix(int64(at), 0)) > time.Minute {
		t.Errorf("limits were checked at %v", at)
	}
}
