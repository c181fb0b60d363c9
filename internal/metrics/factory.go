package metrics

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// namespace is what the names of the server's own metrics begin with.
const namespace = "hostledger"

// factory makes metrics of a registry. It panics for what a registry refuses,
// such as a name that comes twice.
type factory struct{ make promauto.Factory }

func newFactory(registry *prometheus.Registry) factory {
	return factory{promauto.With(registry)}
}

func (f factory) counter(name, help string) prometheus.Counter {
	return f.make.NewCounter(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help})
}

func (f factory) counterVec(name, help string, labels ...string) *prometheus.CounterVec {
	return f.make.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, labels)
}

func (f factory) gauge(name, help string) prometheus.Gauge {
	return f.make.NewGauge(prometheus.GaugeOpts{Namespace: namespace, Name: name, Help: help})
}

func (f factory) gaugeVec(name, help string, labels ...string) *prometheus.GaugeVec {
	return f.make.NewGaugeVec(prometheus.GaugeOpts{Namespace: namespace, Name: name, Help: help}, labels)
}

// gaugeFunc makes a gauge whose value is asked for when it is collected.
func (f factory) gaugeFunc(name, help string, value func() float64) {
	f.make.NewGaugeFunc(prometheus.GaugeOpts{Namespace: namespace, Name: name, Help: help}, value)
}

func (f factory) histogram(name, help string, buckets []float64) prometheus.Histogram {
	return f.make.NewHistogram(prometheus.HistogramOpts{Namespace: namespace, Name: name, Help: help, Buckets: buckets})
}
