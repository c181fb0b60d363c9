package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// trafficTables is how a database keeps traffic: the records of days, and what
// they come to in each month.
type trafficTables interface {
	trafficSink
	// days returns the records of sites from since to to, in any order; of
	// records for the same site and day the first one holds.
	days(ctx context.Context, q querier, sites []int64, since, to ledger.Date) ([]ledger.SiteDay, error)
	// first returns the date of the oldest record of sites, or 0.
	first(ctx context.Context, q querier, sites []int64) (ledger.Date, error)
	// usedSince returns the condition that a site s has a record for a day from
	// a date on, with its arguments added.
	usedSince(date ledger.Date, args *arguments) string
	// months returns what sites used in a month, ascending by site.
	months(ctx context.Context, q querier, sites []int64, month ledger.Date) ([]ledger.SiteMonth, error)
	// top returns the subscriptions that used most in a month.
	top(ctx context.Context, q querier, scope ledger.Scope, month ledger.Date, limit int) ([]ledger.WebspaceMonth, error)
	// all returns what all sites of the visible subscriptions used in a month.
	all(ctx context.Context, q querier, scope ledger.Scope, month ledger.Date) (ledger.Totals, error)
	// allMonths returns what sites used in all months.
	allMonths(ctx context.Context, q querier, sites []int64) ([]siteTotals, error)
	// restore writes the traffic of sites that have none yet, the days before a
	// month as archiveStep leaves them.
	restore(ctx context.Context, tx *sql.Tx, traffic *siteTraffic, month ledger.Date) error
	// holdOff waits until no traffic is being written and lets none be written
	// before the end of a transaction, which has just begun.
	holdOff(ctx context.Context, tx *sql.Tx) error
	// deleteOf removes all that is kept of sites.
	deleteOf(ctx context.Context, tx *sql.Tx, sites []int64) error
	// forget removes the records of sites for the days before a month.
	forget(ctx context.Context, tx *sql.Tx, sites []int64, month ledger.Date) error
	// archiveStep puts some of the days before a month where they take less
	// room, and tells when none is left. Who calls it holds the gate.
	archiveStep(month ledger.Date) (done bool, err error)
}

// SetTraffic implements [ledger.TrafficStore]. Runs that come while others
// are written are gathered and written as a group, under one commit, because a
// commit costs as much as hundreds of records. A run can be cancelled while it
// waits; once it is being written, it completes.
func (s *Store) SetTraffic(ctx context.Context, scope ledger.Scope, run *ledger.TrafficRun, missing error) error {
	return s.trafficWriter.write(ctx, &trafficRequest{scope: scope, run: run, missing: missing, done: make(chan error, 1)})
}

// Traffic implements [ledger.TrafficStore].
func (s *Store) Traffic(ctx context.Context, sites []int64, since, to ledger.Date) (days []ledger.SiteDay, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		days, err = s.traffic.days(ctx, q, sites, since, to)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading traffic from %s to %s: %w", since, to, err)
	}
	slices.SortStableFunc(days, func(x, y ledger.SiteDay) int {
		return cmp.Or(cmp.Compare(x.Date, y.Date), cmp.Compare(x.SiteID, y.SiteID))
	})
	return slices.CompactFunc(days, func(x, y ledger.SiteDay) bool { return x.Date == y.Date && x.SiteID == y.SiteID }), nil
}

// FirstTraffic implements [ledger.TrafficStore].
func (s *Store) FirstTraffic(ctx context.Context, sites []int64) (first ledger.Date, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		first, err = s.traffic.first(ctx, q, sites)
		if err != nil {
			return fmt.Errorf("finding the first day of traffic: %w", err)
		}
		return nil
	})
	return first, err
}

// MonthTraffic implements [ledger.TrafficStore].
func (s *Store) MonthTraffic(ctx context.Context, sites []int64, month ledger.Date) (used []ledger.SiteMonth, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		used, err = s.traffic.months(ctx, q, sites, month)
		if err != nil {
			return fmt.Errorf("reading the traffic of the month from %s on: %w", month, err)
		}
		return nil
	})
	return used, err
}

// TopWebspaces implements [ledger.TrafficStore].
func (s *Store) TopWebspaces(ctx context.Context, scope ledger.Scope, month ledger.Date, limit int) (top []ledger.WebspaceMonth, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		top, err = s.traffic.top(ctx, q, scope, month, limit)
		if err != nil {
			return fmt.Errorf("finding the subscriptions with most traffic in the month from %s on: %w", month, err)
		}
		return nil
	})
	return top, err
}

// MonthOfAll implements [ledger.TrafficStore].
func (s *Store) MonthOfAll(ctx context.Context, scope ledger.Scope, month ledger.Date) (used ledger.Totals, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		used, err = s.traffic.all(ctx, q, scope, month)
		if err != nil {
			return fmt.Errorf("adding up the traffic of the month from %s on: %w", month, err)
		}
		return nil
	})
	return used, err
}

// ForgetTraffic implements [ledger.TrafficStore].
func (s *Store) ForgetTraffic(ctx context.Context, sites []int64, month ledger.Date) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.traffic.forget(ctx, tx, sites, month); err != nil {
			return fmt.Errorf("removing traffic from before %s: %w", month, err)
		}
		return nil
	})
}

// ArchiveTraffic implements [ledger.TrafficStore]. It rests after each step for
// as long as that took, so that it never takes more than half of the writer.
func (s *Store) ArchiveTraffic(ctx context.Context, month ledger.Date) error {
	for ctx.Err() == nil {
		began := time.Now()
		done, err := s.archiveStep(month)
		if err != nil {
			return fmt.Errorf("archiving traffic from before %s: %w", month, err)
		}
		if done {
			return nil
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Since(began)):
		}
	}
	return ctx.Err()
}

func (s *Store) archiveStep(month ledger.Date) (done bool, err error) {
	s.gate.enterWrite()
	defer s.gate.leaveWrite()
	return s.traffic.archiveStep(month)
}

// withoutTraffic is withTx for a transaction that deletes traffic, during which
// none must be written.
func (s *Store) withoutTraffic(ctx context.Context, do func(ctx context.Context, tx *sql.Tx) error) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.traffic.holdOff(ctx, tx); err != nil {
			return fmt.Errorf("waiting for traffic to be written: %w", err)
		}
		return do(ctx, tx)
	})
}
