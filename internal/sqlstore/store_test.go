package sqlstore

import (
	"testing"

	"github.com/hostledger/hostledger/internal/storetest"
	"github.com/hostledger/hostledger/ledger"
)

func TestSQLite(t *testing.T) {
	storetest.Run(t, func(t *testing.T) ledger.Store { return openSQLiteIn(t, t.TempDir()) })
}

func TestMemory(t *testing.T) {
	storetest.Run(t, func(t *testing.T) ledger.Store { return openMemory(t) })
}

func openSQLiteIn(t testing.TB, dir string) *Store {
	t.Helper()
	store, err := OpenSQLite(t.Context(), dir)
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

func openMemory(t testing.TB) *Store {
	t.Helper()
	store, err := OpenMemory(t.Context())
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
