package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
)

// ErrNoCitus is what Distribute returns for a database that keeps all tables on
// one machine.
var ErrNoCitus = errors.New("the database has no extension citus")

// Distribute spreads the traffic of a ledger in PostgreSQL over the machines of
// a Citus cluster, by subscription, in so many parts (shards), and returns the
// statements that it took; of all tables these are the ones that grow without
// end. The others stay on the machine that the address names, the coordinator.
// Traffic that is there moves, and cannot be written meanwhile. What is spread
// already is left as it is.
//
// Without really, or without the extension, which is ErrNoCitus, it changes
// nothing and returns the statements that it would take.
func Distribute(ctx context.Context, address string, shards int, really bool) (statements []string, err error) {
	store, err := OpenPostgres(ctx, address) // makes the tables, if need be
	if err != nil {
		return nil, err
	}
	if err := store.Close(); err != nil {
		return nil, err
	}
	config, err := postgresConfig(address)
	if err != nil {
		return nil, err
	}
	db := unhurried(config)
	defer func() { err = errors.Join(err, db.Close()) }()
	has, err := exists(ctx, db, `SELECT 1 FROM pg_proc WHERE proname = 'create_distributed_table'`)
	switch {
	case err != nil:
		return nil, err
	case !has:
		return distribution(shards), ErrNoCitus
	}
	has, err = exists(ctx, db, `SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'traffic'::regclass`)
	if err != nil || has {
		return nil, err
	}
	statements = distribution(shards)
	if !really {
		return statements, nil
	}
	return statements, distribute(ctx, db, statements)
}

// distribution returns the statements that spread traffic.
func distribution(shards int) []string {
	return []string{
		`SELECT create_distributed_table('traffic', 'webspace_id', shard_count => ` + strconv.Itoa(shards) + `)`,
		`SELECT create_distributed_table('traffic_months', 'webspace_id', colocate_with => 'traffic')`,
		// The rows that were there went to the parts, and are still on disk here.
		`SELECT truncate_local_data_after_distributing_table('traffic')`,
		`SELECT truncate_local_data_after_distributing_table('traffic_months')`,
	}
}

func exists(ctx context.Context, db *sql.DB, text string) (bool, error) {
	found, err := queryIDs(ctx, db, text)
	if err != nil {
		return false, fmt.Errorf("looking for the extension citus: %w", err)
	}
	return len(found) > 0, nil
}

func distribute(ctx context.Context, db *sql.DB, statements []string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("beginning a transaction: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // without effect after Commit
	for _, text := range statements {
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("%s: %w", text, err)
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("committing a transaction: %w", err)
	}
	return nil
}
