package main

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/internal/pgtest"
	"github.com/hostledger/hostledger/ledger"
)

const (
	killWriters     = 4
	killDaysPerSend = 25
	killAfter       = 700 * time.Millisecond
)

var killFirstDay, _ = ledger.NewDate(2001, 1, 1)

// TestKill ends a server in the middle of what several connections send, and
// looks for all that it had acknowledged.
func TestKill(t *testing.T) { testKill(t) }

// TestKillOnPostgres is TestKill on a database that waits for its disk.
func TestKillOnPostgres(t *testing.T) {
	database, err := pgtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := database.Stop(); err != nil {
			t.Error(err)
		}
	})
	testKill(t, "HOSTLEDGER_DB="+database.URL("postgres"))
}

func testKill(t *testing.T, variables ...string) {
	dir := t.TempDir()
	p := serveIn(t, dir, variables...)
	sites := addSites(t, p.client(), killWriters)

	acknowledged := make([]int, killWriters) // days, by writer
	var writers sync.WaitGroup
	for i, site := range sites {
		writers.Go(func() { acknowledged[i] = writeUntilKilled(t, p.client(), site) })
	}
	time.Sleep(killAfter)
	p.kill()
	writers.Wait()

	p = serveIn(t, dir, variables...)
	for i, site := range sites {
		t.Logf("site %d: %d days were acknowledged", site, acknowledged[i])
		if acknowledged[i] == 0 {
			t.Error("nothing was acknowledged before the kill, so nothing was tested")
			continue
		}
		checkDays(t, p.client(), site, acknowledged[i])
	}
}

// addSites adds the subscriptions that siteDomain names.
func addSites(t *testing.T, c *client.Client, n int) (ids []int64) {
	t.Helper()
	var packet strings.Builder
	packet.WriteString("<packet><webspace>")
	for i := range n {
		packet.WriteString("<add><gen_setup><name>" + siteDomain(i) + "</name></gen_setup></add>")
	}
	packet.WriteString("</webspace></packet>")
	var answer struct {
		IDs []int64 `xml:"webspace>add>result>id"`
	}
	if err := c.Call(context.Background(), []byte(packet.String()), &answer); err != nil || len(answer.IDs) != n {
		t.Fatalf("adding %d subscriptions: %v, %+v", n, err, answer)
	}
	return answer.IDs
}

func siteDomain(i int) string { return "site" + strconv.Itoa(i) + ".example" }

// writeUntilKilled sends one day after another and returns how many the server
// acknowledged.
func writeUntilKilled(t *testing.T, c *client.Client, site int64) (acknowledged int) {
	for {
		days := make([]client.WebspaceSetTraffic, killDaysPerSend)
		for i := range days {
			days[i] = killTraffic(site, acknowledged+i)
		}
		results, err := c.SetTraffic(context.Background(), days)
		if err != nil {
			return acknowledged
		}
		for _, r := range results {
			if err := r.Err(); err != nil {
				t.Errorf("site %d: %v", site, err)
				return acknowledged
			}
		}
		acknowledged += len(days)
	}
}

// killTraffic is the traffic of a site on its nth day: figures found nowhere else.
func killTraffic(site int64, n int) client.WebspaceSetTraffic {
	figure := site*1_000_000_000 + int64(n)*4
	return client.WebspaceSetTraffic{
		DomID: site, Date: killFirstDay.AddDays(n),
		SMTPIn: figure, SMTPOut: figure + 1, POP3IMAPIn: figure + 2, POP3IMAPOut: figure + 3,
	}
}

// checkDays checks that the first n days of a site are all there.
func checkDays(t *testing.T, c *client.Client, site int64, n int) {
	t.Helper()
	results, err := client.Do(context.Background(), c, client.WebspaceGetTraffic{
		Filter: client.WebspaceFilter{ID: []int64{site}}, SinceDate: new(killFirstDay), ToDate: new(killFirstDay.AddDays(n - 1)),
	})
	if err != nil || len(results) != 1 || len(results[0].Days) != n {
		t.Fatalf("site %d: %d results, error %v, want one result of %d days", site, len(results), err, n)
	}
	for i, got := range results[0].Days {
		sent := killTraffic(site, i)
		want := client.Day{
			Date: sent.Date, SMTPIn: sent.SMTPIn, SMTPOut: sent.SMTPOut, POP3IMAPIn: sent.POP3IMAPIn, POP3IMAPOut: sent.POP3IMAPOut,
		}
		if got != want {
			t.Fatalf("site %d was acknowledged %+v but has %+v", site, want, got)
		}
	}
}
