package server

import (
	"log/slog"
	"net/http"
	"runtime/debug"

	"github.com/hostledger/hostledger/internal/httpd"
	"github.com/hostledger/hostledger/internal/metrics"
)

// Monitor answers those who look after a server: /metrics, /healthz and
// /readyz. It can answer before the server is open. Metrics have no secrets in
// them, but are for nobody else: they are not on the clients' address.
type Monitor struct {
	http.Handler
	metrics *metrics.Metrics
	health  *httpd.Health
}

// NewMonitor returns the monitor of a server that is to be opened with it.
func NewMonitor(log *slog.Logger) *Monitor {
	m := &Monitor{metrics: metrics.New(Version()), health: httpd.NewHealth(log)}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", m.metrics.Handler(log))
	m.health.Register(mux)
	m.Handler = mux
	return m
}

// Version returns the version that the program was built from, "(devel)" when
// the build does not say.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
