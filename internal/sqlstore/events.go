package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// Events implements [ledger.EventStore].
func (s *Store) Events(ctx context.Context, after int64, kinds []ledger.EventKind, limit int) ([]ledger.Event, error) {
	var args arguments
	where := "id > " + args.add(after)
	if len(kinds) > 0 {
		names := make([]string, len(kinds))
		for i, kind := range kinds {
			names[i] = kind.String()
		}
		where += " AND " + s.dialect.among("class || '/' || type", args.add(s.dialect.texts(names)))
	}
	where += ` ORDER BY id LIMIT ` + args.add(limit)
	return s.events(ctx, where, args)
}

// RecentEvents implements [ledger.EventStore].
func (s *Store) RecentEvents(ctx context.Context, before int64, limit int) ([]ledger.Event, error) {
	return s.events(ctx, `id < $1 ORDER BY id DESC LIMIT $2`, arguments{before, limit})
}

// events returns those for which a condition holds, in the order that follows it.
func (s *Store) events(ctx context.Context, where string, args arguments) (events []ledger.Event, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		events, err = query(ctx, q, scanEvent, `SELECT id, time, class, type, object_id, login, host FROM events WHERE `+where, args...)
		if err != nil {
			return fmt.Errorf("reading the journal: %w", err)
		}
		return nil
	})
	return events, err
}

func scanEvent(rows *sql.Rows, e *ledger.Event) error {
	var seconds int64
	err := rows.Scan(&e.ID, &seconds, &e.Class, &e.Type, &e.ObjectID, &e.User, &e.Host)
	e.Time = time.Unix(seconds, 0).UTC()
	return err
}

// LastEventID implements [ledger.EventStore].
func (s *Store) LastEventID(ctx context.Context) (last int64, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		last, err = s.lastID(ctx, q, eventIDs)
		if err != nil {
			return fmt.Errorf("finding the journal's last event: %w", err)
		}
		return nil
	})
	return last, err
}

// DeleteEvents implements [ledger.EventStore].
func (s *Store) DeleteEvents(ctx context.Context, last int64) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, s.dialect.deleteEvents(), last); err != nil {
			return fmt.Errorf("deleting the events up to %d: %w", last, err)
		}
		return nil
	})
}

// insertEvent writes an event to the journal. It stays prepared, because hardly
// a change comes without.
const insertEvent = `INSERT INTO events (time, class, type, object_id, login, host) VALUES ($1, $2, $3, $4, $5, $6)`

// record writes to the journal the events of the change that a transaction
// makes.
func (s *Store) record(ctx context.Context, tx *sql.Tx, events ...ledger.Event) error {
	if len(events) == 0 {
		return nil
	}
	if err := s.dialect.orderEvents(ctx, tx); err != nil {
		return fmt.Errorf("locking the journal: %w", err)
	}
	cause := ledger.CauseOf(ctx)
	for _, e := range events {
		if err := s.insert(ctx, tx, cause.Time.Unix(), e.Class, e.Type, e.ObjectID, cause.User, cause.Host); err != nil {
			return fmt.Errorf("writing to the journal: %w", err)
		}
	}
	return s.prune(ctx, tx, len(events))
}

// insert runs insertEvent.
func (s *Store) insert(ctx context.Context, tx *sql.Tx, args ...any) (err error) {
	if s.insertEvent == nil {
		_, err = tx.ExecContext(ctx, insertEvent, args...)
	} else {
		_, err = tx.StmtContext(ctx, s.insertEvent).ExecContext(ctx, args...) //nolint:sqlclosecheck // closed with the transaction
	}
	return err
}

// eventsPerPruning is how many events are written before those that are too
// many are looked for again.
const eventsPerPruning = 1000

// prune removes the events that are too many, now and then: the first time
// after the store was opened, and when many were written since.
func (s *Store) prune(ctx context.Context, tx *sql.Tx, written int) error {
	if s.untilPruning.Add(-int64(written)) >= 0 {
		return nil
	}
	s.untilPruning.Store(eventsPerPruning)
	_, err := tx.ExecContext(ctx, `DELETE FROM events WHERE id <= (SELECT max(id) FROM events) - $1`, ledger.KeptEvents)
	if err != nil {
		return fmt.Errorf("pruning the journal: %w", err)
	}
	return nil
}

// recordAccounts writes that what belongs to accounts changed.
func (s *Store) recordAccounts(ctx context.Context, tx *sql.Tx, ids []int64) error {
	accounts, err := s.accounts(ctx, tx, ids)
	if err != nil {
		return err
	}
	events := make([]ledger.Event, len(accounts))
	for i := range accounts {
		events[i] = ledger.AccountUpdated(&accounts[i])
	}
	return s.record(ctx, tx, events...)
}

// recordDeletedAccounts writes that accounts are deleted.
func (s *Store) recordDeletedAccounts(ctx context.Context, tx *sql.Tx, ids []int64) error {
	accounts, err := s.accounts(ctx, tx, ids)
	if err != nil {
		return err
	}
	var events []ledger.Event
	for i := range accounts {
		events = append(events, ledger.AccountEvents(&accounts[i], nil)...)
	}
	return s.record(ctx, tx, events...)
}

// recordDeletedPlans writes that the plans of accounts are deleted.
func (s *Store) recordDeletedPlans(ctx context.Context, tx *sql.Tx, owners []int64) error {
	ids, err := queryIDs(ctx, tx,
		`SELECT id FROM plans WHERE `+s.dialect.among("owner_id", "$1")+` ORDER BY id`, s.dialect.list(owners))
	if err != nil {
		return fmt.Errorf("finding the plans of accounts: %w", err)
	}
	plans, err := s.plans(ctx, tx, ids)
	if err != nil {
		return err
	}
	var events []ledger.Event
	for i := range plans {
		events = append(events, ledger.PlanEvents(&plans[i], nil)...)
	}
	return s.record(ctx, tx, events...)
}

// sitesAtOnce is how many sites are read at once to tell of their end.
const sitesAtOnce = 500

// recordDeletedSites writes that sites, and the subscriptions whose main ones
// are among them, are deleted.
func (s *Store) recordDeletedSites(ctx context.Context, tx *sql.Tx, ids []int64) error {
	for chunk := range slices.Chunk(ids, sitesAtOnce) {
		sites, err := s.sites(ctx, tx, chunk)
		if err != nil {
			return err
		}
		aliases, err := s.aliasesOf(ctx, tx, chunk)
		if err != nil {
			return err
		}
		var events []ledger.Event
		for i := range aliases {
			events = append(events, ledger.AliasEvents(&aliases[i], nil)...)
		}
		for i := range sites {
			events = append(events, ledger.SiteEvents(&sites[i], nil)...)
		}
		if err := s.record(ctx, tx, events...); err != nil {
			return err
		}
	}
	return nil
}
