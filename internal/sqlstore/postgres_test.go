package sqlstore

import (
	"context"
	"os"
	"testing"

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
