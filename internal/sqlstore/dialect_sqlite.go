package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite" // registers the database/sql driver too
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/hostledger/hostledger/internal/folderlock"
)

const (
	// DatabaseFile is what the database is called in a ledger's directory.
	DatabaseFile = "ledger.db"

	readers = 4
	// The gate keeps writers apart, so only a program from outside, such as the
	// sqlite3 shell, is ever waited for.
	busyTimeout = 10 * time.Second
	// Page caches, in KiB. Only what is read or written fills them. A reader is
	// closed when it has been idle for a while, and the writer of traffic gives
	// memory back after a large run, so that a server at rest holds little.
	readerCache, writerCache, trafficCache = 4 << 10, 2 << 10, 8 << 10
	readerIdle                             = time.Minute
	// What the log of a large run is cut back to when it is used again.
	walBytes = 16 << 20
)

// OpenSQLite opens the ledger in a directory and creates both when they are
// not there, readable by their owner only. A directory has one store at a
// time: opening it again fails until the first is closed.
func OpenSQLite(ctx context.Context, dir string) (*Store, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("finding the ledger's directory: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the ledger's directory: %w", err)
	}
	unlock, err := folderlock.Take(dir)
	switch {
	case errors.Is(err, folderlock.ErrTaken):
		return nil, fmt.Errorf("the ledger in %s is open already: stop its server first, because only one process can use it", dir)
	case err != nil:
		return nil, fmt.Errorf("locking the ledger in %s: %w", dir, err)
	}
	path := filepath.Join(dir, DatabaseFile)
	if err := createPrivate(path); err != nil {
		return nil, errors.Join(fmt.Errorf("making the ledger's database: %w", err), unlock())
	}
	location := url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(path), "/")}
	return openSQLite(ctx, sqliteDatabase{uri: location.String() + "?", journal: "wal", synchronous: "full"}, unlock)
}

// OpenMemory opens a ledger of its own that lives in memory, until it is closed.
func OpenMemory(ctx context.Context) (*Store, error) {
	name := "/hostledger-" + strconv.FormatInt(memoryStores.Add(1), 10)
	return openSQLite(ctx,
		sqliteDatabase{uri: "file:" + name + "?vfs=memdb&", journal: "memory", synchronous: "off"},
		func() error { return nil })
}

// memoryStores numbers the databases in memory: the name is what connections
// share one by.
var memoryStores atomic.Int64

// createPrivate makes a file that is not there. SQLite gives the files beside
// it the same mode.
func createPrivate(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	// A backup that was put back may come with another mode.
	return errors.Join(file.Chmod(0o600), file.Close())
}

// openSQLite opens the connections to a database. The writer comes first: it
// sets the journal mode, which stays with the file, and brings the tables up to
// date. When something fails, everything is closed again.
func openSQLite(ctx context.Context, at sqliteDatabase, unlock func() error) (_ *Store, err error) {
	opened := []func() error{unlock}
	defer func() {
		for i := len(opened) - 1; err != nil && i >= 0; i-- {
			err = errors.Join(err, opened[i]())
		}
	}()
	writes, err := at.pool(1, writerCache, "&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	opened = append(opened, writes.Close)
	if err := migrate(ctx, writes, sqliteDialect{}); err != nil {
		return nil, err
	}
	insert, err := writes.PrepareContext(ctx, insertEvent)
	if err != nil {
		return nil, fmt.Errorf("preparing a statement: %w", err)
	}
	reads, err := at.pool(readers, readerCache, "&_pragma=query_only(1)")
	if err != nil {
		return nil, err
	}
	reads.SetConnMaxIdleTime(readerIdle)
	opened = append(opened, reads.Close)
	traffic, err := openSQLiteTraffic(at)
	if err != nil {
		return nil, err
	}
	gate := &gate{readersWait: at.isInMemory()}
	return &Store{
		dialect: sqliteDialect{}, gate: gate, writes: writes, reads: newStatements(reads),
		pools:   map[string]*sql.DB{"write": writes, "read": reads},
		traffic: traffic, trafficWriter: newTrafficWriter(gate, traffic, 0), unlock: unlock, insertEvent: insert,
		alone: func(_ context.Context, do func() error) error { return do() }, // nobody else can open it
	}, nil
}

// sqliteDatabase is where a database is and how its journal is kept.
type sqliteDatabase struct {
	uri                  string // ready for more parameters
	journal, synchronous string
}

func (at sqliteDatabase) isInMemory() bool { return at.journal == "memory" }

// pragmas returns the settings of a connection with a page cache of so many
// KiB, each as name and value.
func (at sqliteDatabase) pragmas(cache int) [][2]string {
	return [][2]string{
		{"busy_timeout", strconv.FormatInt(busyTimeout.Milliseconds(), 10)},
		{"journal_mode", at.journal},
		{"synchronous", at.synchronous},
		{"journal_size_limit", strconv.Itoa(walBytes)},
		{"foreign_keys", "1"},
		{"temp_store", "memory"},
		{"cache_size", strconv.Itoa(-cache)},
	}
}

// pool opens up to size connections as they are needed.
func (at sqliteDatabase) pool(size, cache int, more string) (*sql.DB, error) {
	var dsn strings.Builder
	dsn.WriteString(at.uri)
	for i, pragma := range at.pragmas(cache) {
		if i > 0 {
			dsn.WriteByte('&')
		}
		fmt.Fprintf(&dsn, "_pragma=%s(%s)", pragma[0], pragma[1])
	}
	dsn.WriteString(more)
	db, err := sql.Open("sqlite", dsn.String())
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	return db, nil
}

// sqliteDialect is the dialect of SQLite.
type sqliteDialect struct{}

func (sqliteDialect) migrations() (goose.Dialect, string) { return goose.DialectSQLite3, "sqlite" }

func (sqliteDialect) among(column, place string) string {
	return column + " IN (SELECT value FROM json_each(" + place + "))"
}

func (sqliteDialect) folded(column string) string { return "lower(" + column + ")" }

func (sqliteDialect) matches(column, place string) string {
	return column + ` LIKE ` + place + ` ESCAPE '\'`
}

// list writes ids as a JSON array.
func (sqliteDialect) list(ids []int64) any {
	text := make([]byte, 0, 8*len(ids)+2)
	text = append(text, '[')
	for i, id := range ids {
		if i > 0 {
			text = append(text, ',')
		}
		text = strconv.AppendInt(text, id, 10)
	}
	return string(append(text, ']'))
}

func (sqliteDialect) texts(values []string) any {
	text, _ := json.Marshal(values) // texts are always JSON
	return string(text)
}

// place names no argument: SQLite looks for each name among all.
func (sqliteDialect) place(int) string { return "?" }

func (sqliteDialect) isDuplicate(err error) bool {
	var failed *sqlite.Error
	if !errors.As(err, &failed) {
		return false
	}
	switch failed.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID:
		return true
	}
	return false
}

// The gate keeps transactions apart, and AUTOINCREMENT knows ids that were given.
func (sqliteDialect) isolation() sql.IsolationLevel { return sql.LevelDefault }
func (sqliteDialect) isConflict(error) bool         { return false }
func (sqliteDialect) isLost(error) bool             { return false }

func (sqliteDialect) reserveID(context.Context, *sql.Tx, string, int64) error { return nil }
func (sqliteDialect) orderEvents(context.Context, *sql.Tx) error              { return nil }
func (sqliteDialect) takeTime(context.Context, *sql.Tx) error                 { return nil }

func (sqliteDialect) addressInUse() string {
	return `SELECT 1 FROM webspaces w, json_each(w.settings, '$.hosting.ips') ip WHERE ip.value = $1
		UNION ALL SELECT 1 FROM webspaces w, json_each(w.settings, '$.mail.ips') ip WHERE ip.value = $1
		UNION ALL SELECT 1 FROM accounts a, json_each(a.settings, '$.ip_pool') ip WHERE ip.value ->> 'address' = $1
		UNION ALL SELECT 1 FROM plans p, json_each(p.settings, '$.ip_pool.addresses') ip WHERE ip.value = $1
		LIMIT 1`
}

func (sqliteDialect) lastID(column idColumn) string {
	return `SELECT seq FROM sqlite_sequence WHERE name = '` + column.table + `'`
}

func (sqliteDialect) setLastID(ctx context.Context, tx *sql.Tx, column idColumn, id int64) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM sqlite_sequence WHERE name = $1`, column.table); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)`, column.table, id)
	return err
}

func (sqliteDialect) deleteEvents() string { return `DELETE FROM events WHERE id <= $1` }
