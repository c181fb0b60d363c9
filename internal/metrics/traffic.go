package metrics

import (
	"database/sql"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/hostledger/hostledger/internal/sqlstore"
)

// traffic are the metrics of the writer of mail traffic.
type traffic struct {
	records  prometheus.Counter
	size     prometheus.Histogram
	runs     prometheus.Histogram
	duration prometheus.Histogram
	failures prometheus.Counter
}

func newTraffic(f factory) traffic {
	return traffic{
		records: f.counter("traffic_records_total", "Records of mail traffic, one for a set_traffic node, that were stored."),
		size: f.histogram("traffic_commit_records", "Records of mail traffic that were stored by one commit.",
			prometheus.ExponentialBuckets(1, 10, 7)),
		runs: f.histogram("traffic_commit_runs", "Runs of neighbouring set_traffic nodes, mostly one from each packet, that shared a commit.",
			prometheus.ExponentialBuckets(1, 2, 11)),
		duration: f.histogram("traffic_commit_seconds", "Time to write a group of runs and to bring it to the disk.",
			[]float64{.00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30}),
		failures: f.counter("traffic_commit_failures_total",
			"Commits of mail traffic that failed. Of a group that fails each run is tried again alone."),
	}
}

// TrafficCommitted is told of every commit of mail traffic.
func (t *traffic) TrafficCommitted(c sqlstore.TrafficCommit) {
	if c.Err != nil {
		t.failures.Inc()
		return
	}
	t.records.Add(float64(c.Records))
	t.size.Observe(float64(c.Records))
	t.runs.Observe(float64(c.Runs))
	t.duration.Observe(c.Took.Seconds())
}

// WatchStore adds what is asked of a store when metrics are collected. It is
// called once.
func (m *Metrics) WatchStore(store interface {
	TrafficWaiting() int
	Pools() map[string]*sql.DB
},
) {
	newFactory(m.registry).gaugeFunc("traffic_runs_waiting", "Runs of set_traffic nodes that wait to be written.",
		func() float64 { return float64(store.TrafficWaiting()) })
	for name, pool := range store.Pools() {
		m.registry.MustRegister(collectors.NewDBStatsCollector(pool, name))
	}
}
