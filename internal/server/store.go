package server

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/hostledger/hostledger/internal/sqlstore"
	"github.com/hostledger/hostledger/ledger"
)

// HasLedger tells whether there is a ledger where a server with these options
// would keep its own.
func HasLedger(ctx context.Context, o Options) (bool, error) {
	if o.Database == "" {
		_, err := os.Stat(filepath.Join(o.DataDir, sqlstore.DatabaseFile))
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		return err == nil, err
	}
	store, err := openStore(ctx, o)
	if err != nil {
		return false, err
	}
	guid, err := store.Meta(ctx, ledger.MetaServerGUID)
	return guid != "", errors.Join(err, store.Close())
}

func openStore(ctx context.Context, o Options) (*sqlstore.Store, error) {
	switch {
	case o.Database != "":
		return sqlstore.OpenPostgres(ctx, o.Database)
	case o.DataDir == "":
		return sqlstore.OpenMemory(ctx)
	}
	return sqlstore.OpenSQLite(ctx, o.DataDir)
}
