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

	"github.com/hostledger/hostledger/ledger"
)

// Store keeps a ledger in a database. It is safe for concurrent use.
type Store struct {
	dialect       dialect
	gate          *gate
	writes        *sql.DB
	reads         *statements
	traffic       trafficTables
	trafficWriter *trafficWriter
	unlock        func() error // gives the directory back
	insertEvent   *sql.Stmt    // see the constant
	// untilPruning counts the events that may still be written before the
	// journal is pruned. Who holds the gate may use it.
	untilPruning int
}

var _ ledger.Store = (*Store)(nil)

// Close waits for the write that is going on and ends the store. Runs of
// traffic that are still waiting are refused.
func (s *Store) Close() error {
	return errors.Join(s.trafficWriter.close(), s.reads.close(), s.writes.Close(), s.unlock())
}

// withTx runs do in a transaction and commits it, unless do returns an error,
// which is passed on. A transaction that has begun is not cut short by ctx.
func (s *Store) withTx(ctx context.Context, do func(ctx context.Context, tx *sql.Tx) error) error {
	s.gate.enterWrite()
	defer s.gate.leaveWrite()
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	tx, err := s.writes.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("beginning a transaction: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // without effect after Commit
	if err := do(ctx, tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("committing a transaction: %w", err)
	}
	return nil
}

// withReads runs do, which asks with single statements: each one sees the
// ledger as it is at one moment.
func (s *Store) withReads(ctx context.Context, do func(ctx context.Context, q querier) error) error {
	s.gate.enterRead()
	defer s.gate.leaveRead()
	return do(ctx, s.reads)
}

// gate lets one writer in at a time, so that SQLite, which has a single write
// lock, never answers that it is busy. Readers pass freely, unless the
// database is one in memory: that has no write-ahead log to read beside.
type gate struct {
	mu          sync.RWMutex
	readersWait bool
}

func (g *gate) enterWrite() { g.mu.Lock() }
func (g *gate) leaveWrite() { g.mu.Unlock() }

func (g *gate) enterRead() {
	if g.readersWait {
		g.mu.RLock()
	}
}

func (g *gate) leaveRead() {
	if g.readersWait {
		g.mu.RUnlock()
	}
}
