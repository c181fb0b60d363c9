package server

import (
	"context"
	"errors"
	"fmt"

	"github.com/hostledger/hostledger/internal/sqlstore"
	"github.com/hostledger/hostledger/ledger"
)

// Copy copies a ledger from where a server with some options keeps it to where
// one with others would. See [sqlstore.Copy], which says what progress is told
// and which errors there are.
func Copy(ctx context.Context, from, to Options, progress func(what string, done, all int64)) ([]sqlstore.Copied, error) {
	from.setDefaults()
	exists, err := HasLedger(ctx, from)
	if err != nil {
		return nil, fmt.Errorf("opening the source: %w", err)
	}
	if !exists {
		return nil, sqlstore.ErrNothingToCopy // opening it would make one
	}
	source, err := openStore(ctx, from)
	if err != nil {
		return nil, fmt.Errorf("opening the source: %w", err)
	}
	destination, err := openStore(ctx, to)
	if err != nil {
		return nil, fmt.Errorf("opening the destination: %w", closeAfter(source, err))
	}
	copied, err := sqlstore.Copy(ctx, source, destination,
		sqlstore.CopyOptions{Today: ledger.DateOf(from.Now()), Progress: progress})
	return copied, errors.Join(err, destination.Close(), source.Close())
}
