package sqlstore

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"github.com/hostledger/hostledger/ledger"
)

const (
	// rowsPerStatement is how many records one statement writes.
	rowsPerStatement = 50
	// chunkRecords is how many records are compared with what is stored before
	// they are written.
	chunkRecords = 1000
	// sitesPerQuery bounds the list of ids that one query looks up.
	sitesPerQuery = 4096
	// largeGroup is how many records make it worth giving memory back.
	largeGroup = 100_000
)

// sqliteTraffic keeps traffic in SQLite. It writes on a connection of its own,
// with a driver that binds integers without boxing them: for millions of
// records that is nearly twice as fast as database/sql. Who writes holds the
// store's gate.
//
// Days come into the table traffic, which is in the order of the date, so that
// a night's load of all sites is appended. The days of months that are over go
// on into traffic_archive, which is in the order of the site.
type sqliteTraffic struct {
	conn     *sqlite.Conn
	many     *sqlite.Stmt // writes rowsPerStatement records
	one      *sqlite.Stmt // writes one record
	fromSite *sqlite.Stmt // reads the records of a date from a site on
	archived *sqlite.Stmt // reads what the archive has of a site and month
	changes  totalsChanges

	dates          *dateSet // all that traffic has records for, and perhaps some more
	archivedMonths *dateSet // all that the archive has records for, and perhaps some more
}

func openSQLiteTraffic(at sqliteDatabase) (_ *sqliteTraffic, err error) {
	conn, err := sqlite.OpenConn(strings.TrimRight(at.uri, "?&"), sqlite.OpenReadWrite|sqlite.OpenURI)
	if err != nil {
		return nil, fmt.Errorf("opening the database for traffic: %w", err)
	}
	t := &sqliteTraffic{conn: conn}
	t.changes.drop()
	defer func() {
		if err != nil {
			err = errors.Join(err, conn.Close())
		}
	}()
	conn.SetBusyTimeout(busyTimeout)
	for _, pragma := range at.pragmas(trafficCache) {
		if err := sqlitex.ExecuteTransient(conn, "PRAGMA "+pragma[0]+" = "+pragma[1], nil); err != nil {
			return nil, fmt.Errorf("setting %s of the database: %w", pragma[0], err)
		}
	}
	if err := t.prepare(); err != nil {
		return nil, fmt.Errorf("preparing to write traffic: %w", err)
	}
	if err := t.findDates(); err != nil {
		return nil, fmt.Errorf("finding the dates of traffic: %w", err)
	}
	if err := t.addTotals(); err != nil {
		return nil, fmt.Errorf("adding up the traffic of months: %w", err)
	}
	return t, nil
}

func (t *sqliteTraffic) prepare() error {
	var errs []error
	prepare := func(text string) *sqlite.Stmt {
		stmt, err := t.conn.Prepare(text)
		errs = append(errs, err)
		return stmt
	}
	t.many, t.one = prepare(writeText(rowsPerStatement)), prepare(writeText(1))
	t.fromSite = prepare(`SELECT site_id, ` + counterColumns + ` FROM traffic WHERE date = ? AND site_id >= ? ORDER BY site_id`)
	t.archived = prepare(`SELECT days, counters FROM traffic_archive WHERE site_id = ? AND month = ?`)
	t.changes.read = prepare(`SELECT totals FROM traffic_totals WHERE month = ? AND block = ?`)
	t.changes.write = prepare(`INSERT INTO traffic_totals (month, block, totals) VALUES (?, ?, ?)
		ON CONFLICT (month, block) DO UPDATE SET totals = excluded.totals`)
	return errors.Join(errs...)
}

func (t *sqliteTraffic) close() error { return t.conn.Close() }

// write implements trafficSink.
func (t *sqliteTraffic) write(group []*trafficRequest) error {
	written := 0
	err := t.transaction(func() error {
		if err := t.failMissing(group); err != nil {
			return err
		}
		var err error
		written, err = t.writeAll(newTrafficBatch(group, byDate))
		return err
	})
	if err != nil {
		return fmt.Errorf("writing traffic: %w", err)
	}
	if written >= largeGroup {
		_ = t.run("PRAGMA shrink_memory") // the records are on disk, whatever comes of this
	}
	return nil
}

// transaction runs do in a transaction and commits it, unless do returns an
// error, which is passed on.
func (t *sqliteTraffic) transaction(do func() error) error {
	if err := t.run("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	err := do()
	if err == nil {
		err = t.run("COMMIT")
	}
	if err == nil {
		return nil
	}
	t.changes.drop()
	if !t.conn.AutocommitEnabled() {
		err = errors.Join(err, t.run("ROLLBACK"))
	}
	return err
}

// run runs a statement that has no arguments and no result.
func (t *sqliteTraffic) run(text string) error {
	if err := sqlitex.Execute(t.conn, text, nil); err != nil {
		return fmt.Errorf("%s: %w", text, err)
	}
	return nil
}

// failMissing fails the records whose site does not exist or is not in the
// scope of their run. Runs of the same scope are looked at together.
func (t *sqliteTraffic) failMissing(group []*trafficRequest) error {
	for scope, requests := range byScope(group) {
		missing, err := t.missingSites(scope, sitesOf(requests))
		if err != nil {
			return fmt.Errorf("finding sites: %w", err)
		}
		for _, r := range requests {
			r.failMissing(missing)
		}
	}
	return nil
}

// missingSites returns those of the ids, which ascend, that are not the ids of
// sites in a scope.
func (t *sqliteTraffic) missingSites(scope ledger.Scope, ids []int64) (missing []int64, err error) {
	args := arguments{nil} // the list of ids
	// The administrator sees whatever exists, and then this is six times faster.
	text := `SELECT value FROM json_each($1) WHERE value NOT IN (SELECT id FROM sites)`
	if scope.Role != ledger.RoleAdmin {
		text = `SELECT value FROM json_each($1) WHERE NOT EXISTS (
			SELECT 1 FROM ` + sitesWithOwners + ` WHERE s.id = value AND ` + visible(scope, "o", &args) + `)`
	}
	for chunk := range slices.Chunk(ids, sitesPerQuery) {
		args[0] = sqliteDialect{}.list(chunk)
		err := sqlitex.Execute(t.conn, text, &sqlitex.ExecOptions{Args: args, ResultFunc: func(row *sqlite.Stmt) error {
			missing = append(missing, row.ColumnInt64(0))
			return nil
		}})
		if err != nil {
			return nil, err
		}
	}
	return missing, nil
}

// writeAll writes the records of a batch and tells how many they came to.
func (t *sqliteTraffic) writeAll(batch *trafficBatch) (written int, err error) {
	t.dates.add(batch.dates()...) // before anybody can read their records
	chunk := make([]ledger.SiteTraffic, 0, min(len(batch.keys), chunkRecords))
	for record := range batch.merged() {
		if len(chunk) > 0 && (len(chunk) == chunkRecords || chunk[0].Date != record.Date) {
			if err := t.writeChunk(chunk); err != nil {
				return 0, err
			}
			chunk = chunk[:0]
		}
		chunk = append(chunk, *record)
		written++
	}
	if len(chunk) > 0 {
		if err := t.writeChunk(chunk); err != nil {
			return 0, err
		}
	}
	return written, t.changes.flush()
}

// writeChunk writes records of one date, which ascend by site. What is stored
// already is not written again.
func (t *sqliteTraffic) writeChunk(chunk []ledger.SiteTraffic) error {
	date := chunk[0].Date
	stored, err := t.stored(chunk)
	if err != nil {
		return err
	}
	rows := make([]siteCounters, 0, rowsPerStatement)
	for i := range chunk {
		record, before := &chunk[i], &stored[i]
		after := before.Counters
		replace(&after, record)
		if before.isStored && after == before.Counters {
			continue
		}
		if err := t.changes.add(record.SiteID, date, &before.Counters, &after); err != nil {
			return err
		}
		if rows = append(rows, siteCounters{record.SiteID, after}); len(rows) == rowsPerStatement {
			if err := writeRows(t.many, date, rows); err != nil {
				return err
			}
			rows = rows[:0]
		}
	}
	for i := range rows {
		if err := writeRows(t.one, date, rows[i:i+1]); err != nil {
			return err
		}
	}
	return nil
}

// siteCounters are the counters of a site.
type siteCounters struct {
	site int64
	ledger.Counters
}

// writeRows runs a statement made from writeText.
func writeRows(stmt *sqlite.Stmt, date ledger.Date, rows []siteCounters) error {
	stmt.BindInt64(1, int64(date))
	place := 2
	for i := range rows {
		r := &rows[i]
		stmt.BindInt64(place, r.site)
		stmt.BindInt64(place+1, r.HTTPIn)
		stmt.BindInt64(place+2, r.HTTPOut)
		stmt.BindInt64(place+3, r.FTPIn)
		stmt.BindInt64(place+4, r.FTPOut)
		stmt.BindInt64(place+5, r.SMTPIn)
		stmt.BindInt64(place+6, r.SMTPOut)
		stmt.BindInt64(place+7, r.POP3IMAPIn)
		stmt.BindInt64(place+8, r.POP3IMAPOut)
		place += 9
	}
	_, err := stmt.Step()
	return errors.Join(err, stmt.Reset())
}

// writeText returns the statement that writes so many records of a date. OR
// REPLACE spares SQLite from looking for each record before it writes it.
func writeText(records int) string {
	const row = "(?1, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
	return `INSERT OR REPLACE INTO traffic (date, site_id, ` + counterColumns + `) VALUES ` +
		strings.Repeat(row+", ", records-1) + row
}
