package sqlstore

import (
	"database/sql"
	"time"
)

// TrafficCommit is what became of a group of runs of mail traffic, which are
// written together.
type TrafficCommit struct {
	Runs    int
	Records int           // that were good
	Took    time.Duration // with the commit, without the wait for other writers
	Err     error         // why nothing of it is stored; its runs may then be tried one by one
}

// ObserveTraffic has a function told of every commit of mail traffic. It is
// called before the store is used; the function returns at once.
func (s *Store) ObserveTraffic(observe func(TrafficCommit)) { s.trafficWriter.observe = observe }

// commit writes a group and tells what became of it.
func (w *trafficWriter) commit(group []*trafficRequest) error {
	began := time.Now()
	err := w.sink.write(group)
	done := TrafficCommit{Runs: len(group), Took: time.Since(began), Err: err}
	for _, r := range group {
		done.Records += r.run.Good()
	}
	w.observe(done)
	return err
}

// TrafficWaiting returns how many runs of mail traffic wait to be written.
func (s *Store) TrafficWaiting() int { return int(s.trafficWriter.waiting.Load()) }

// Pools returns the pools of connections to the database, each with its name.
func (s *Store) Pools() map[string]*sql.DB { return s.pools }
