package main

import (
	"context"
	"fmt"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/internal/pgtest"
)

const (
	failoverWriters = 4
	failoverPhase   = 700 * time.Millisecond // before the failover, and after it
)

// TestFailover ends the primary of two PostgreSQL servers in the middle of what
// several connections send, and makes the synchronous standby take its place.
// The server is told of both, and nothing that it acknowledged is lost.
func TestFailover(t *testing.T) {
	primary, standby := startPair(t)
	p := serveIn(t, t.TempDir(), "HOSTLEDGER_DB="+addressOf(primary, standby))
	sites := addSites(t, p.client(), failoverWriters)

	var over atomic.Bool
	acknowledged := make([]int, failoverWriters) // days, by writer
	var writers sync.WaitGroup
	for i, site := range sites {
		writers.Go(func() { acknowledged[i] = writeUntil(t, &over, p.client(), site) })
	}
	var added []string
	writers.Go(func() { added = addUntil(t, &over, p.client()) })

	time.Sleep(failoverPhase)
	began := time.Now()
	primary.Kill()
	if err := standby.Promote(); err != nil {
		t.Fatal(err)
	}
	t.Logf("the standby took over %v after the primary was gone", time.Since(began))
	time.Sleep(failoverPhase)
	over.Store(true)
	writers.Wait()
	t.Logf("writers went on until %v after the primary was gone; %d subscriptions were added", time.Since(began), len(added))

	for i, site := range sites {
		t.Logf("site %d: %d days were acknowledged", site, acknowledged[i])
		checkDays(t, p.client(), site, acknowledged[i])
	}
	checkPromoted(t, standby, added)
}

// startPair starts a PostgreSQL server and its synchronous standby.
func startPair(t *testing.T) (primary, standby *pgtest.Server) {
	t.Helper()
	primary, err := pgtest.Start("synchronous_standby_names=*")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = primary.Stop() }) // it is killed already
	standby, err = primary.Standby("wal_retrieve_retry_interval=100ms")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := standby.Stop(); err != nil {
			t.Error(err)
		}
	})
	return primary, standby
}

// addressOf names a new database of several servers.
func addressOf(primary, standby *pgtest.Server) string {
	both, other := mustParse(primary.URL("postgres")), mustParse(standby.URL("postgres"))
	both.RawQuery = url.Values{"host": {both.Query().Get("host") + "," + other.Query().Get("host")}}.Encode()
	return both.String()
}

func mustParse(address string) *url.URL {
	parsed, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	return parsed
}

// writeUntil sends one day after another, again when the server could not take
// it, and returns how many it acknowledged.
func writeUntil(t *testing.T, over *atomic.Bool, c *client.Client, site int64) (acknowledged int) {
	for !over.Load() {
		results, err := c.SetTraffic(context.Background(), []client.WebspaceSetTraffic{killTraffic(site, acknowledged)})
		if err != nil {
			t.Errorf("site %d: %v", site, err)
			return acknowledged
		}
		if err := results[0].Err(); err != nil {
			t.Logf("site %d, day %d: %v", site, acknowledged, err)
			continue
		}
		acknowledged++
	}
	return acknowledged
}

// addUntil adds one subscription after another, again under another name when
// the server could not tell whether it did, and returns the names of those that
// it acknowledged.
func addUntil(t *testing.T, over *atomic.Bool, c *client.Client) (added []string) {
	for n := 0; !over.Load(); n++ {
		name := fmt.Sprintf("added%d.example", n)
		var answer struct {
			Status string `xml:"webspace>add>result>status"`
			Text   string `xml:"webspace>add>result>errtext"`
		}
		err := c.Call(context.Background(), []byte(`<packet><webspace><add><gen_setup><name>`+name+`</name></gen_setup></add></webspace></packet>`), &answer)
		if err != nil {
			t.Errorf("adding %s: %v", name, err)
			return added
		}
		if answer.Status != "ok" {
			t.Logf("adding %s: %s", name, answer.Text)
			continue
		}
		added = append(added, name)
	}
	return added
}

// checkPromoted checks that a database has sites of these names, and that its
// totals of months are those of its days.
func checkPromoted(t *testing.T, s *pgtest.Server, names []string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, s.URL("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }()
	var missing []string
	var agree bool
	err = conn.QueryRow(ctx, `SELECT ARRAY(SELECT unnest($1::text[]) EXCEPT SELECT s.name FROM sites s JOIN webspaces w ON w.id = s.id),
		(SELECT sum(smtp_in + smtp_out + pop3_imap_in + pop3_imap_out) FROM traffic) =
		(SELECT sum(smtp_in + smtp_out + pop3_imap_in + pop3_imap_out) FROM traffic_months)`, names).Scan(&missing, &agree)
	if err != nil {
		t.Fatal(err)
	}
	if len(missing) > 0 || !agree || len(names) == 0 {
		t.Errorf("%d subscriptions were acknowledged, of which %q are missing; totals of months agree with the days: %v",
			len(names), missing, agree)
	}
}
