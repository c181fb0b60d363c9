// Package sqlstore keeps a ledger in an SQL database. It implements
// [ledger.Store].
//
// The text of a statement is written for SQLite and PostgreSQL alike; what the
// two cannot share is behind [dialect]. Mail traffic, of which a host has more
// than of everything else, has a write path of its own (traffic_write.go).
package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/hostledger/hostledger/ledger"
)

// Store keeps a ledger in a database. It is safe for concurrent use.
type Store struct {
	dialect       dialect
	gate          *gate
	writes        *sql.DB
	reads         pool
	pools         map[string]*sql.DB // those of writes and reads, by name
	traffic       trafficTables
	trafficWriter *trafficWriter
	alone         func(ctx context.Context, do func() error) error
	unlock        func() error // gives back what the store has to itself
	insertEvent   *sql.Stmt    // see the constant; nil where the driver keeps statements prepared
	untilPruning  atomic.Int64 // how many events may still be written before the journal is pruned
}

var _ ledger.Store = (*Store)(nil)

// Close waits for the write that is going on and ends the store. Runs of
// traffic that are still waiting are refused.
func (s *Store) Close() error {
	return errors.Join(s.trafficWriter.close(), s.reads.close(), s.writes.Close(), s.unlock())
}

// Alone runs do while no other process that has the ledger open is in Alone.
func (s *Store) Alone(ctx context.Context, do func() error) error { return s.alone(ctx, do) }

// withTx runs do in a transaction and commits it, unless do returns an error,
// which is passed on. A transaction that has begun is not cut short by ctx.
//
// Where others write at the same time, do may run again, from the beginning and
// without anything of what it did before: it must not keep what it finds, other
// than by setting it anew each time.
func (s *Store) withTx(ctx context.Context, do func(ctx context.Context, tx *sql.Tx) error) error {
	s.gate.enterWrite()
	defer s.gate.leaveWrite()
	if err := ctx.Err(); err != nil {
		return err
	}
	return persist(ctx, s.mayRepeat, func() error { return s.transact(context.WithoutCancel(ctx), do) })
}

func (s *Store) transact(ctx context.Context, do func(ctx context.Context, tx *sql.Tx) error) error {
	tx, err := s.writes.BeginTx(ctx, &sql.TxOptions{Isolation: s.dialect.isolation()})
	if err != nil {
		return fmt.Errorf("beginning a transaction: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // without effect after Commit
	if err := do(ctx, tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		if s.dialect.isLost(err) {
			err = errors.Join(errUnknownOutcome, err)
		}
		return fmt.Errorf("committing a transaction: %w", err)
	}
	return nil
}

// adding is withTx for a function that adds an object and sets its id. Each time
// it begins with the id that the object was given, which is 0 for none.
func (s *Store) adding(ctx context.Context, id *int64, do func(ctx context.Context, tx *sql.Tx) error) error {
	given := *id
	err := s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		*id = given
		return do(ctx, tx)
	})
	if err != nil {
		*id = given
	}
	return err
}

// errUnknownOutcome is what a change ends with that must not be made twice and
// may have been made.
var errUnknownOutcome = errors.New("the connection to the database was lost during the commit, which may have happened or not")

// mayRepeat tells whether a transaction that failed can be tried again.
func (s *Store) mayRepeat(err error) bool {
	return (s.dialect.isConflict(err) || s.dialect.isLost(err)) && !errors.Is(err, errUnknownOutcome)
}

// withReads runs do, which asks with single statements: each one sees the
// ledger as it is at one moment. As in withTx, do may run again.
func (s *Store) withReads(ctx context.Context, do func(ctx context.Context, q querier) error) error {
	s.gate.enterRead()
	defer s.gate.leaveRead()
	return persist(ctx, s.mayRepeat, func() error { return do(ctx, s.reads) })
}

// gate lets one writer in at a time, so that SQLite, which has a single write
// lock, never answers that it is busy. Readers pass freely, unless the
// database is one in memory: that has no write-ahead log to read beside. A nil
// gate stands open.
type gate struct {
	mu          sync.RWMutex
	readersWait bool
}

func (g *gate) enterWrite() {
	if g != nil {
		g.mu.Lock()
	}
}

func (g *gate) leaveWrite() {
	if g != nil {
		g.mu.Unlock()
	}
}

func (g *gate) enterRead() {
	if g != nil && g.readersWait {
		g.mu.RLock()
	}
}

func (g *gate) leaveRead() {
	if g != nil && g.readersWait {
		g.mu.RUnlock()
	}
}
