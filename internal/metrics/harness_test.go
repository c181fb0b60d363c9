package metrics_test

import (
	"errors"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/internal/server"
)

// host is a server whose metrics are looked at.
type host struct {
	*testing.T
	*server.Server
	clients, monitor string // URLs
}

const password = "setup-Pa55word"

// newHost starts a server with subscriptions 1 to 3.
func newHost(t *testing.T, o server.Options) *host {
	t.Helper()
	o.AdminPassword = func() string { return password }
	o.WeakPasswords = true
	o.Log = slog.New(slog.DiscardHandler)
	o.Monitor = server.NewMonitor(o.Log)
	s, err := server.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	h := &host{T: t, Server: s, clients: listen(t, s.Handler), monitor: listen(t, o.Monitor)}
	fixture := `<packet><webspace>` + add("one") + add("two") + add("three") + `</webspace></packet>`
	if err := s.RunFixture(t.Context(), strings.NewReader(fixture)); err != nil {
		t.Fatal(err)
	}
	return h
}

func add(name string) string {
	return `<add><gen_setup><name>` + name + `.example</name></gen_setup></add>`
}

func listen(t *testing.T, handler http.Handler) (url string) {
	t.Helper()
	listener := httptest.NewServer(handler)
	t.Cleanup(listener.Close)
	return listener.URL
}

func (h *host) admin() *client.Client {
	return &client.Client{URL: h.clients, Login: server.AdminLogin, Password: password}
}

// post posts a packet, whatever comes of it.
func (h *host) post(c *client.Client, packet io.Reader) {
	h.Helper()
	answer, err := c.Post(h.Context(), packet, false)
	if err != nil {
		h.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, answer)
	_ = answer.Close()
}

// samples are what /metrics tells, by name with labels. Of the packages below
// the server's own it leaves out all, and of histograms the buckets.
type samples map[string]float64

func (h *host) scrape() samples {
	h.Helper()
	found := samples{}
	for _, sample := range h.vector() {
		name := string(sample.Metric[model.MetricNameLabel])
		if strings.HasPrefix(name, "hostledger_") && !strings.HasSuffix(name, "_bucket") {
			found[sample.Metric.String()] = float64(sample.Value)
		}
	}
	return found
}

func (h *host) vector() (all model.Vector) {
	h.Helper()
	body := h.get("/metrics")
	decoder := expfmt.SampleDecoder{
		Dec: expfmt.NewDecoder(strings.NewReader(body), expfmt.NewFormat(expfmt.TypeTextPlain)), Opts: &expfmt.DecodeOptions{},
	}
	for {
		var some model.Vector
		err := decoder.Decode(&some)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			h.Fatal(err)
		}
		all = append(all, some...)
	}
}

func (h *host) get(path string) string {
	h.Helper()
	response, err := http.Get(h.monitor + path)
	if err != nil {
		h.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	_ = response.Body.Close()
	if err != nil || response.StatusCode != http.StatusOK {
		h.Fatalf("%s answered %s (%v)", path, response.Status, err)
	}
	return string(body)
}

// since returns what has changed. How long things took differs from run to run,
// so that only what is counted is compared.
func (s samples) since(before samples) samples {
	changed := maps.Clone(s)
	maps.DeleteFunc(changed, func(name string, value float64) bool {
		return value == before[name] || strings.Contains(name, "_seconds_total") || strings.HasSuffix(name, "_seconds_sum")
	})
	for name := range changed {
		changed[name] -= before[name]
	}
	return changed
}

// changes checks exactly what a deed changes.
func (h *host) changes(what string, deed func(), want samples) {
	h.Helper()
	before := h.scrape()
	deed()
	if diff := cmp.Diff(want, h.scrape().since(before)); diff != "" {
		h.Errorf("%s (-want +got):\n%s", what, diff)
	}
}
