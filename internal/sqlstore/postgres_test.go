package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/hostledger/hostledger/internal/pgtest"
	"github.com/hostledger/hostledger/internal/storetest"
	"github.com/hostledger/hostledger/ledger"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Tests{M: m}.Run()) }

func TestPostgres(t *testing.T) {
	storetest.Run(t, func(t *testing.T) ledger.Store { return openPostgres(t) })
}

// openPostgres opens an empty ledger in PostgreSQL.
func openPostgres(t testing.TB) *Store {
	t.Helper()
	return openPostgresAt(t, pgtest.Prepared(t, makeTables))
}

func makeTables(address string) error {
	store, err := OpenPostgres(context.Background(), address)
	if err != nil {
		return err
	}
	return store.Close()
}

func openPostgresAt(t testing.TB, address string) *Store {
	t.Helper()
	store, err := OpenPostgres(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

// TestTrafficOfWhatIsBeingDeleted writes traffic of a site on one server while
// another is about to delete it.
func TestTrafficOfWhatIsBeingDeleted(t *testing.T) {
	address := pgtest.Prepared(t, makeTables)
	deleting, writing := openPostgresAt(t, address), openPostgresAt(t, address)
	addSites(t, deleting, 1)
	r, written := runOf(1), make(chan error, 1)
	err := deleting.withoutTraffic(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		go func() { written <- writing.SetMailTraffic(context.Background(), ledger.Everything, r.run, errBroken) }()
		waitForLock(t, deleting)
		if _, err := tx.ExecContext(ctx, `SELECT 1 FROM sites WHERE id = 1 FOR UPDATE NOWAIT`); err != nil {
			return fmt.Errorf("who waits has what he is waited for: %w", err)
		}
		return deleting.deleteWebspaces(ctx, tx, []int64{1})
	})
	if err != nil {
		t.Error(err)
	}
	if err := <-written; err != nil || !errors.Is(r.run.Err(0), errBroken) {
		t.Errorf("got the errors %v and %v, want none and %v", err, r.run.Err(0), errBroken)
	}
}

// waitForLock waits until somebody in a store's database waits for a lock.
func waitForLock(t *testing.T, store *Store) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		waiting, err := queryIDs(context.Background(), store.reads,
			`SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)
		if err != nil {
			t.Error(err)
		}
		if len(waiting) > 0 {
			return
		}
	}
	t.Error("nobody waits for a lock")
}
