package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/internal/collect"
	"github.com/hostledger/hostledger/ledger"
)

// collecting is a log of Postfix, the server that its totals are sent to, and
// a configuration for the collector between them.
type collecting struct {
	*testing.T
	dir    string
	log    *postfixLog
	server *process
	http   *http.Client
	ids    []int64 // of the sites
	since  ledger.Date
}

// newCollecting adds sites to a server, and begins a log that starts three days
// ago.
func newCollecting(t *testing.T, server *process, client *http.Client, sites int) *collecting {
	t.Helper()
	since := ledger.DateOf(time.Now()).AddDays(-3)
	c := &collecting{T: t, dir: server.Dir, server: server, http: client, since: since, log: newPostfixLog(t, server.Dir, sites, since)}
	c.ids = addSites(t, c.client(), sites)
	c.write("password", adminPasswordForTests+"\n")
	ca := ""
	if strings.HasPrefix(server.urls[0], "https://") {
		ca = "ca = 'data/tls.crt'"
	}
	c.write("collect.toml", fmt.Sprintf(`
		state = 'collector'
		interval = "1s"
		[[source]]
		format = "postfix"
		files = ['%s']
		[[target]]
		url = "%s"
		login = "admin"
		password_file = 'password'
		%s`, c.log.path, server.urls[0], ca))
	return c
}

func (c *collecting) write(name, text string) {
	c.Helper()
	if err := os.WriteFile(filepath.Join(c.dir, name), []byte(text), 0o600); err != nil {
		c.Fatal(err)
	}
}

func (c *collecting) client() *client.Client {
	made := c.server.client()
	made.HTTP = c.http
	return made
}

// follow starts the collector.
func (c *collecting) follow() *process {
	c.Helper()
	p, err := startCollector(c.dir, "collect", "--config", "collect.toml")
	if err != nil {
		c.Fatal(err)
	}
	c.Cleanup(p.kill)
	return p
}

// run runs a command of the collector and returns what it printed.
func (c *collecting) run(command string, flags ...string) string {
	c.Helper()
	cmd := exec.Command("hostledger", append([]string{"collect", command, "--config", "collect.toml"}, flags...)...)
	cmd.Dir = c.dir
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		c.Fatalf("collect %s: %v: %s", command, err, complaint.String())
	}
	return string(out)
}

func (c *collecting) status() (s collect.Status) {
	c.Helper()
	if err := json.Unmarshal([]byte(c.run("status", "--json")), &s); err != nil {
		c.Fatal(err)
	}
	return s
}

// await waits until what is looked for is there.
func (c *collecting) await(what string, isThere func() bool) {
	c.Helper()
	for deadline := time.Now().Add(30 * time.Second); !isThere(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			c.Fatalf("there is no %s: %s; the status is\n%s", what, c.missing(), c.run("status"))
		}
	}
}

// traffic returns what the server has of sites, from a day to the last.
func (c *collecting) traffic(since ledger.Date, ids ...int64) []client.TrafficResult {
	c.Helper()
	results, err := client.Do(context.Background(), c.client(), client.WebspaceGetTraffic{
		Filter: client.WebspaceFilter{ID: ids}, SinceDate: &since, ToDate: &c.log.day,
	})
	if err != nil || len(results) != len(ids) {
		c.Fatalf("%d results, error %v", len(results), err)
	}
	return results
}

// missing returns the first site and day that the server has otherwise than the
// log, as text; "" when all agree. More than the log has is an error.
func (c *collecting) missing() (first string) {
	c.Helper()
	for i, r := range c.traffic(c.since, c.ids...) {
		for _, got := range r.Days {
			want := c.log.wantDay(i, got.Date)
			if got.SMTPIn > want.SMTPIn || got.SMTPOut > want.SMTPOut {
				c.Fatalf("%s has %+v, more than the log, which has %+v", siteDomain(i), got, want)
			}
			if got != want && first == "" {
				first = fmt.Sprintf("%s has %+v, not %+v", siteDomain(i), got, want)
			}
		}
	}
	return first
}

// checkAll waits until the server has all that was logged, stops the collector,
// and checks that nothing is left to be sent.
func (c *collecting) checkAll(collector *process) {
	c.Helper()
	c.await("end of what is missing", func() bool { return c.missing() == "" })
	if status, err := collector.terminate(); status != 0 || err != nil {
		c.Fatalf("the collector ended with status %d, %v", status, err)
	}
	if out := c.run("once"); out != "0 days of sites sent.\n" {
		c.Errorf("after everything was sent: %s", out)
	}
	if missing := c.missing(); missing != "" {
		c.Error(missing)
	}
	if s := c.status(); s.Targets[0].Waiting != 0 || len(s.Problems) > 0 || s.Refused() > 0 {
		c.Errorf("at the end the status is %+v", s)
	}
}
