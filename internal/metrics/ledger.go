package metrics

import "github.com/prometheus/client_golang/prometheus"

// logins are the metrics of who may not sign in.
type logins struct {
	lockedOne, lockedAll prometheus.Counter
}

func newLogins(f factory) logins {
	locks := f.counterVec("login_locks_total",
		"Locks that began after too many wrong passwords from an address: of one login, or of all logins from there.", "locks")
	return logins{lockedOne: locks.WithLabelValues("one"), lockedAll: locks.WithLabelValues("all")}
}

// LoginLocked is told of every lock that begins: of one login, or of all from
// an address.
func (l *logins) LoginLocked(all bool) {
	if all {
		l.lockedAll.Inc()
	} else {
		l.lockedOne.Inc()
	}
}

// limits are the metrics of the comparison of traffic with limits.
type limits struct {
	overused prometheus.Counter
	checked  prometheus.Gauge
}

func newLimits(f factory) limits {
	return limits{
		overused: f.counter("subscriptions_overused_total",
			"Subscriptions found to have used more than their limit of traffic; each counts once a month."),
		checked: f.gauge("limits_checked_timestamp_seconds",
			"When traffic was last compared with limits without an error, in Unix time; 0 before the first time."),
	}
}

// Overused is told of every subscription that is found to be over its limit.
func (l *limits) Overused() { l.overused.Inc() }

// LimitsChecked is told of every comparison that got to its end.
func (l *limits) LimitsChecked() { l.checked.SetToCurrentTime() }
