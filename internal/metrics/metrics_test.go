package metrics_test

import (
	"net/http"
	"os"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"github.com/hostledger/hostledger/internal/server"
)

// Names, units and help are what Prometheus's conventions ask for.
func TestConventions(t *testing.T) {
	t.Parallel()
	h := newHost(t, server.Options{})
	problems, err := promlint.New(strings.NewReader(h.get("/metrics"))).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
}

// What libraries tell of the process, of Go and of the database is there too.
func TestCollectors(t *testing.T) {
	t.Parallel()
	h := newHost(t, server.Options{})
	found := map[string]bool{}
	for _, sample := range h.vector() {
		found[sample.Metric.String()] = true
	}
	for _, name := range []string{
		`hostledger_build_info{go_version="` + runtime.Version() + `", version="` + server.Version() + `"}`,
		`go_goroutines`, `process_start_time_seconds`,
		`go_sql_in_use_connections{db_name="read"}`, `go_sql_in_use_connections{db_name="write"}`,
	} {
		if !found[name] {
			t.Errorf("there is no %s", name)
		}
	}
}

// Each server counts for itself.
func TestServersShareNothing(t *testing.T) {
	t.Parallel()
	busy, idle := newHost(t, server.Options{}), newHost(t, server.Options{})
	idle.changes("a packet for another server", func() { busy.post(busy.admin(), strings.NewReader(protos)) }, samples{})
}

// Clients cannot see metrics.
func TestMetricsAreNotForClients(t *testing.T) {
	t.Parallel()
	h := newHost(t, server.Options{})
	response, err := http.Get(h.clients + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusNotFound {
		t.Errorf("the status is %s", response.Status)
	}
}

var (
	family   = regexp.MustCompile(`(?m)^# TYPE (hostledger_\S+)`)
	told     = regexp.MustCompile(`hostledger_[a-z_]+`)
	ofFamily = regexp.MustCompile(`_(bucket|sum|count)$`)
)

// The guide has every metric, and none that there is not.
func TestGuide(t *testing.T) {
	t.Parallel()
	h := newHost(t, server.Options{})
	guide, err := os.ReadFile("../../docs/metrics.md")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, name := range told.FindAllString(string(guide), -1) {
		used[ofFamily.ReplaceAllString(name, "")] = true
	}
	for _, match := range family.FindAllStringSubmatch(h.get("/metrics"), -1) {
		if !used[match[1]] {
			t.Errorf("the guide lacks %s", match[1])
		}
		delete(used, match[1])
	}
	for name := range used {
		t.Errorf("the guide has %s", name)
	}
}
