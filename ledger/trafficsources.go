package ledger

import (
	"cmp"
	"net/netip"
	"slices"
	"sync"
	"time"
)

// TrafficSource is an account and an address that traffic was set from.
type TrafficSource struct {
	Login             string
	Address           netip.Addr // zero: from within
	First, Last       time.Time  // when it set traffic
	Accepted, Refused uint64     // records
	Newest            Date       // the last day that a record was accepted for, 0 for none
	LastProblem       string     // why its last record that was refused was, "" when none was
	account           int64
}

// TrafficSources returns who has set traffic since the start, those that did
// last first: the administrator sees all, a reseller his own; customers cannot
// set any. When there are more than a thousand, the oldest are forgotten. What
// the store could not keep, so that the client has to send it again, does not
// count.
func (l *Ledger) TrafficSources(who Identity) []TrafficSource {
	all := l.sources.list()
	if who.Role != RoleAdmin {
		all = slices.DeleteFunc(all, func(s TrafficSource) bool { return s.account != who.AccountID })
	}
	return all
}

// mostSources is how many sources of traffic are remembered.
const mostSources = 1000

// trafficSources remembers who sets traffic.
type trafficSources struct {
	mu   sync.Mutex
	seen map[sourceKey]*TrafficSource
}

type sourceKey struct {
	account int64
	address netip.Addr
}

// note remembers a run whose records have their outcomes.
func (t *trafficSources) note(who Identity, run *TrafficRun, now time.Time) {
	accepted, newest := run.Good(), Date(0)
	problem := ""
	for i, record := range run.All() {
		if err := run.Err(i); err != nil {
			problem = err.Error()
		} else {
			newest = max(newest, record.Date)
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.source(who, now)
	s.Login, s.Last = who.Login, now
	s.Accepted += uint64(accepted)
	s.Refused += uint64(run.Len() - accepted)
	s.Newest = max(s.Newest, newest)
	if problem != "" {
		s.LastProblem = problem
	}
}

// source returns the source that who is, a new one if need be.
func (t *trafficSources) source(who Identity, now time.Time) *TrafficSource {
	key := sourceKey{who.AccountID, who.Address}
	if s := t.seen[key]; s != nil {
		return s
	}
	if t.seen == nil {
		t.seen = map[sourceKey]*TrafficSource{}
	}
	if len(t.seen) == mostSources {
		t.forgetOldest()
	}
	s := &TrafficSource{Address: who.Address, First: now, account: who.AccountID}
	t.seen[key] = s
	return s
}

func (t *trafficSources) forgetOldest() {
	var oldest sourceKey
	for key, s := range t.seen {
		if have := t.seen[oldest]; have == nil || s.Last.Before(have.Last) {
			oldest = key
		}
	}
	delete(t.seen, oldest)
}

// list returns what is remembered, the latest first.
func (t *trafficSources) list() []TrafficSource {
	t.mu.Lock()
	defer t.mu.Unlock()
	all := make([]TrafficSource, 0, len(t.seen))
	for _, s := range t.seen {
		all = append(all, *s)
	}
	slices.SortFunc(all, func(x, y TrafficSource) int {
		return cmp.Or(y.Last.Compare(x.Last), cmp.Compare(x.Login, y.Login), x.Address.Compare(y.Address))
	})
	return all
}
