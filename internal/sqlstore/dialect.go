package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// dialect is what differs from one database to another.
type dialect interface {
	// migrations tells goose's name of the database and the folder of its
	// migrations.
	migrations() (name goose.Dialect, folder string)
	// among returns the condition that a column is one of the values in an
	// argument made by list or texts.
	among(column, place string) string
	// folded returns a text with its ASCII letters small, by which texts are
	// compared byte by byte.
	folded(column string) string
	// matches returns the condition that a text is like the pattern in an argument,
	// in which \ escapes, with ASCII letters of any case.
	matches(column, place string) string
	// list makes one argument of ids.
	list(ids []int64) any
	// texts is list for texts.
	texts(values []string) any
	// place returns the place of the nth argument, counted from 1, in a statement
	// with all of them in their order.
	place(n int) string
	// isDuplicate tells whether a statement failed because a key is taken.
	isDuplicate(err error) bool

	// isolation is that of transactions. It has to be such that they are as good
	// as one after the other.
	isolation() sql.IsolationLevel
	// isConflict tells whether a transaction failed because of others at the same
	// time, and did nothing.
	isConflict(err error) bool
	// isLost tells whether the database could not be reached, or not any more.
	isLost(err error) bool
	// reserveID sees to it that a table with an id of its own choice for each new
	// row never chooses one that is given.
	reserveID(ctx context.Context, tx *sql.Tx, table string, id int64) error
	// orderEvents sees to it that a transaction that writes events ends before
	// the next one begins to.
	orderEvents(ctx context.Context, tx *sql.Tx) error
	// takeTime lets a transaction that has just begun last for as long as it needs.
	takeTime(ctx context.Context, tx *sql.Tx) error

	// lastID selects the highest id that a column ever had, or no row.
	lastID(column idColumn) string
	// setLastID sees to it that the next id of a column, which has none above id,
	// is above it.
	setLastID(ctx context.Context, tx *sql.Tx, column idColumn, id int64) error

	// addressInUse selects one row when a subscription has the address $1 among
	// its own, which are those of its sites too, a reseller in his pool, or a
	// plan among those that its resellers get.
	addressInUse() string
	// deleteEvents deletes the events with ids up to $1.
	deleteEvents() string
}

//go:embed migrations
var migrationFiles embed.FS

// migrate brings the tables of a database up to date.
func migrate(ctx context.Context, db *sql.DB, d dialect) error {
	provider, err := migrations(db, d)
	if err != nil {
		return fmt.Errorf("reading the migrations: %w", err)
	}
	current, newest, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("reading the version of the database: %w", err)
	}
	if current > newest {
		return fmt.Errorf("the database was made by a newer version of this program (its tables are at %d, this program knows %d)", current, newest)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrating the database: %w", err)
	}
	return nil
}

func migrations(db *sql.DB, d dialect) (*goose.Provider, error) {
	name, folder := d.migrations()
	files, err := fs.Sub(migrationFiles, "migrations/"+folder)
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(name, db, files, goose.WithLogger(goose.NopLogger()), goose.WithDisableGlobalRegistry(true))
}
