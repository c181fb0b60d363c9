package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

const (
	oldestPostgres = 15
	// connections is how many a store opens at most, unless pool_max_conns says
	// otherwise: enough to commit and to answer while others wait for the disk.
	connections    = 16
	connectTimeout = 5 * time.Second
)

// postgresSettings are those of a connection, unless the address has others.
// The store's statements are made for an index each. Planned once, and never
// as a scan while there is an index, they stay right while a table grows faster
// than its statistics, and transactions that look at different rows of a small
// table do not collide.
var postgresSettings = map[string]string{
	"application_name":                    "hostledger",
	"statement_timeout":                   "60s",
	"idle_in_transaction_session_timeout": "60s",
	"plan_cache_mode":                     "force_generic_plan",
	"enable_seqscan":                      "off",
	"jit":                                 "off",
}

// OpenPostgres opens the ledger in a PostgreSQL database, version 15 or later,
// and makes its tables when they are not there. The address is a URL, such as
// postgres://user:password@host:5432/database?sslmode=verify-full. Several hosts
// may be named, separated by commas: that which takes writes is used. Several
// stores may have one database open at the same time.
//
// Errors do not tell the password.
func OpenPostgres(ctx context.Context, address string) (_ *Store, err error) {
	config, err := postgresConfig(address)
	if err != nil {
		return nil, err
	}
	if err := preparePostgres(ctx, config); err != nil {
		return nil, err
	}
	connections, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	db, traffic := stdlib.OpenDBFromPool(connections), &postgresTraffic{connections}
	return &Store{
		dialect: postgresDialect{}, writes: db, reads: plainPool{db}, pools: map[string]*sql.DB{"all": db},
		traffic: traffic, trafficWriter: newTrafficWriter(nil, traffic, largeAtOnce),
		alone: func(ctx context.Context, do func() error) error {
			db := unhurried(config)
			return errors.Join(alone(ctx, db, do), db.Close())
		},
		unlock: func() error {
			connections.Close()
			return nil
		},
	}, nil
}

// postgresConfig reads the address of a database.
func postgresConfig(address string) (*pgxpool.Config, error) {
	if _, err := url.Parse(address); err != nil {
		// The error may quote a part of the password.
		return nil, errors.New("the address of the database is not a URL: " +
			"it looks like postgres://user:password@host:5432/database, and characters such as / and @ in the password are written %2F and %40")
	}
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("reading the address of the database: %w", err)
	}
	if given, err := pgconn.ParseConfig(address); err == nil && given.RuntimeParams["pool_max_conns"] == "" {
		config.MaxConns = connections
	}
	c := &config.ConnConfig.Config
	for name, value := range postgresSettings {
		if _, isGiven := c.RuntimeParams[name]; !isGiven {
			c.RuntimeParams[name] = value
		}
	}
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = connectTimeout
	}
	if c.ValidateConnect == nil && hasSeveralHosts(c) {
		c.ValidateConnect = pgconn.ValidateConnectTargetSessionAttrsReadWrite
	}
	return config, nil
}

func hasSeveralHosts(c *pgconn.Config) bool {
	for _, other := range c.Fallbacks {
		if other.Host != c.Host || other.Port != c.Port {
			return true
		}
	}
	return false
}

// preparePostgres looks whether a database is one that the store can use, and
// brings its tables up to date.
func preparePostgres(ctx context.Context, config *pgxpool.Config) error {
	db := unhurried(config)
	defer func() { _ = db.Close() }() // nothing is under way on it
	if err := checkPostgres(ctx, db); err != nil {
		return err
	}
	return alone(ctx, db, func() error { return migrate(ctx, db, postgresDialect{}) })
}

// unhurried opens a database for what may take longer than other statements.
func unhurried(config *pgxpool.Config) *sql.DB {
	c := config.ConnConfig.Copy()
	c.RuntimeParams["statement_timeout"] = "0"
	c.RuntimeParams["idle_in_transaction_session_timeout"] = "0"
	return stdlib.OpenDB(*c)
}

func checkPostgres(ctx context.Context, db *sql.DB) error {
	var number int // such as 150018
	var version, encoding string
	err := db.QueryRowContext(ctx,
		`SELECT current_setting('server_version_num')::int, current_setting('server_version'), current_setting('server_encoding')`).
		Scan(&number, &version, &encoding)
	if err != nil {
		return fmt.Errorf("opening the database: %s", onOneLine(err))
	}
	return checkServer(number, version, encoding)
}

func checkServer(number int, version, encoding string) error {
	if number/10_000 < oldestPostgres {
		return fmt.Errorf("the database is PostgreSQL %s: version %d or later is needed", version, oldestPostgres)
	}
	if encoding != "UTF8" {
		return fmt.Errorf("the database keeps its texts in %s: one with ENCODING 'UTF8' is needed", encoding)
	}
	return nil
}

// onOneLine returns the text of an error that may tell the same of an attempt
// with encryption and of one without.
func onOneLine(err error) string {
	lines := strings.Split(err.Error(), "\n\t")
	return strings.Replace(strings.Join(slices.Compact(lines), "; "), "`:; ", "`: ", 1)
}

// alone runs do while no other store of the database runs its own. The lock is
// that of a table without anything in it, which ends with the connection.
func alone(ctx context.Context, db *sql.DB, do func() error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("beginning a transaction: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // nothing was written
	_, err = tx.ExecContext(ctx, `LOCK TABLE starting IN ACCESS EXCLUSIVE MODE`)
	if sqlState(err) == undefinedTable {
		_ = tx.Rollback()
		if err := makeLock(ctx, db); err != nil {
			return err
		}
		return alone(ctx, db, do)
	}
	if err != nil {
		return fmt.Errorf("waiting for other servers to start: %w", err)
	}
	return do()
}

// makeLock makes the table that alone locks, if nobody else does at the same time.
func makeLock(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, `CREATE TABLE starting ()`)
	switch sqlState(err) {
	case duplicateTable, duplicateObject, uniqueViolation:
		return nil
	}
	if err != nil {
		return fmt.Errorf("making the first table: %w", err)
	}
	return nil
}
