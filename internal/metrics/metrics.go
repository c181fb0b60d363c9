// Package metrics counts what a server does, in the form that Prometheus reads.
//
// The packages that do it know nothing of metrics: each has a hook of its own,
// which internal/server connects with a method of [Metrics].
package metrics

import (
	"log/slog"
	"net/http"
	"runtime"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics are those of one server. Their methods are safe for concurrent use.
type Metrics struct {
	registry *prometheus.Registry
	packets
	operations
	traffic
	logins
	limits
}

// New returns the metrics of a server that has done nothing yet.
func New(version string) *Metrics {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	f := newFactory(registry)
	f.gaugeVec("build_info", "1, with the versions of the program and of Go as labels.", "version", "go_version").
		WithLabelValues(version, runtime.Version()).Set(1)
	return &Metrics{
		registry: registry,
		packets:  newPackets(f), operations: newOperations(f), traffic: newTraffic(f), logins: newLogins(f), limits: newLimits(f),
	}
}

// Handler returns the handler of /metrics. What cannot be collected is logged
// and left out.
func (m *Metrics) Handler(log *slog.Logger) http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorHandling: promhttp.ContinueOnError,
		ErrorLog:      slog.NewLogLogger(log.Handler(), slog.LevelError),
	})
}
