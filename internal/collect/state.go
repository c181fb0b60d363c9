package collect

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver

	"github.com/hostledger/hostledger/internal/folderlock"
	"github.com/hostledger/hostledger/ledger"
)

// state remembers, in a folder, what was read and what was sent. It is safe for
// concurrent use.
type state struct {
	db      *sql.DB
	release func() error
}

// StateFile is what the database is called in the state's folder.
const StateFile = "collect.db"

//go:embed schema.sql
var schema string

// schemaVersion is kept in the database's user_version.
const schemaVersion = 1

// openState opens the state for this process alone, and makes it when it is not
// there.
func openState(ctx context.Context, dir string) (*state, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the folder of the state: %w", err)
	}
	release, err := folderlock.Take(dir)
	switch {
	case errors.Is(err, folderlock.ErrTaken):
		return nil, fmt.Errorf("the state in %s is in use: a collector runs already, perhaps within the server", dir)
	case err != nil:
		return nil, fmt.Errorf("locking the state in %s: %w", dir, err)
	}
	s, err := openStateFile(ctx, filepath.Join(dir, StateFile), "")
	if err != nil {
		return nil, errors.Join(err, release())
	}
	s.release = release
	return s, nil
}

// readState opens a state to look at, even while a collector runs.
func readState(ctx context.Context, dir string) (*state, error) {
	path := filepath.Join(dir, StateFile)
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("nothing was collected yet: %w", err)
	}
	return openStateFile(ctx, path, "&_pragma=query_only(1)")
}

// copyState copies a state, if there is one, to a folder of its own, where a
// rehearsal may change it.
func copyState(ctx context.Context, from, to string) error {
	path := filepath.Join(from, StateFile)
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	s, err := openStateFile(ctx, path, "") // with query_only there is no VACUUM
	if err != nil {
		return err
	}
	_, err = s.db.ExecContext(ctx, "VACUUM INTO ?", filepath.Join(to, StateFile))
	return errors.Join(err, s.close())
}

// openStateFile opens the database. Its commits reach the disk a little later:
// what a power failure takes back is read and sent again.
func openStateFile(ctx context.Context, path, pragmas string) (*state, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	location := url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(path), "/")}
	db, err := sql.Open("sqlite", location.String()+"?_txlock=immediate&_pragma=busy_timeout(10000)"+
		"&_pragma=journal_mode(wal)&_pragma=synchronous(normal)&_pragma=foreign_keys(1)&_pragma=temp_store(memory)&_pragma=cache_size(-16384)"+pragmas)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	s := &state{db: db, release: func() error { return nil }}
	if err := s.prepare(ctx, path); err != nil {
		return nil, errors.Join(fmt.Errorf("opening the state %s: %w", path, err), db.Close())
	}
	return s, nil
}

func (s *state) prepare(ctx context.Context, path string) error {
	var version int
	if err := s.db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	switch version {
	case schemaVersion:
		return nil
	case 0:
		return errors.Join(os.Chmod(path, 0o600), s.inTx(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, schema+fmt.Sprintf("PRAGMA user_version = %d", schemaVersion))
			return err
		}))
	}
	return fmt.Errorf("it is of version %d, made by a later program", version)
}

func (s *state) close() error { return errors.Join(s.db.Close(), s.release()) }

func (s *state) inTx(ctx context.Context, do func(tx *sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// each calls scan for every row of a query.
func each(ctx context.Context, q querier, scan func(rows *sql.Rows) error, query string, args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// The names of what meta keeps.
const (
	metaSeq       = "seq"        // how many commits there were
	metaKeptSince = "kept_since" // totals of earlier days are no longer there
	metaSince     = "since"      // totals of earlier days are not sent
	metaPruned    = "pruned"     // the day on which old totals were last removed
)

// metaNumber returns a number of meta, 0 when it is not there.
func metaNumber(ctx context.Context, tx *sql.Tx, key string) (n int64, err error) {
	err = tx.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = ?", key).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return n, err
}

func setMetaNumber(ctx context.Context, tx *sql.Tx, key string, n int64) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, n)
	return err
}

// targetID returns a target's id. A new one has yet to be sent everything.
func (s *state) targetID(ctx context.Context, name string, since ledger.Date) (id int64, err error) {
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, "SELECT id FROM targets WHERE name = ?", name).Scan(&id)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if err := tx.QueryRowContext(ctx, "INSERT INTO targets (name) VALUES (?) RETURNING id", name).Scan(&id); err != nil {
			return err
		}
		seq, err := metaNumber(ctx, tx, metaSeq)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO unsent (target_id, day, domain_id, seq)
			SELECT ?, day, domain_id, ? FROM totals WHERE day >= ?`, id, seq, since)
		return err
	})
	return id, err
}

// setSince makes targets get the days from since on. When that is earlier than it was,
// they have yet to be sent the days between.
func (s *state) setSince(ctx context.Context, since ledger.Date) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		before, err := metaNumber(ctx, tx, metaSince)
		if err != nil {
			return err
		}
		seq, err := metaNumber(ctx, tx, metaSeq)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO unsent (target_id, day, domain_id, seq)
			SELECT g.id, t.day, t.domain_id, ? FROM targets g, totals t WHERE t.day >= ? AND t.day < ?`, seq, since, before); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM unsent WHERE day < ?", since); err != nil {
			return err
		}
		return setMetaNumber(ctx, tx, metaSince, int64(since))
	})
}

// forgetTargetsBut removes targets that the configuration no longer has.
func (s *state) forgetTargetsBut(ctx context.Context, keep []int64) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		marks := strings.TrimSuffix(strings.Repeat("?,", len(keep)), ",")
		args := make([]any, len(keep))
		for i, id := range keep {
			args[i] = id
		}
		for _, statement := range []string{
			"DELETE FROM unsent WHERE target_id NOT IN (%s)", "DELETE FROM sites WHERE target_id NOT IN (%s)",
			"DELETE FROM refusals WHERE target_id NOT IN (%s)", "DELETE FROM targets WHERE id NOT IN (%s)",
		} {
			if _, err := tx.ExecContext(ctx, fmt.Sprintf(statement, marks), args...); err != nil {
				return err
			}
		}
		return nil
	})
}

// prune removes, once a day, totals that are as old as many days, and what nobody
// will ask for again. A day on which a target lacks anything stays as a whole: a
// site's total is the sum over all of its domains.
//
// A file is forgotten only when all that was read of it is of days whose totals
// are gone. It may be there again, after a long holiday of the collector, and
// its lines must not count twice: those of such days never do. A stamp may be a
// day ahead of the clock.
func (s *state) prune(ctx context.Context, today ledger.Date, days int) error {
	before := today.AddDays(-days)
	return s.inTx(ctx, func(tx *sql.Tx) error {
		if seq, err := metaNumber(ctx, tx, metaSeq); err != nil || seq == 0 {
			return err // the first logs may be old
		}
		if pruned, err := metaNumber(ctx, tx, metaPruned); err != nil || pruned == int64(today) {
			return err
		}
		kept, err := metaNumber(ctx, tx, metaKeptSince)
		if err != nil {
			return err
		}
		for _, step := range []struct {
			statement string
			args      []any
		}{
			{`DELETE FROM unsent WHERE day < ? AND (target_id, domain_id) IN
				(SELECT target_id, domain_id FROM sites WHERE site_id = 0)`, []any{before}},
			{`DELETE FROM totals WHERE day < ? AND day NOT IN (SELECT day FROM unsent WHERE day < ?1)`, []any{before}},
			{foreign, []any{today.AddDays(-foreignDays)}},
			{`DELETE FROM unsent WHERE NOT EXISTS
				(SELECT 1 FROM totals t WHERE t.day = unsent.day AND t.domain_id = unsent.domain_id)`, nil},
			{`DELETE FROM refusals WHERE day < ?`, []any{before}},
			{`DELETE FROM generations WHERE seen < ?`, []any{before.AddDays(-2)}},
			{`DELETE FROM sites WHERE domain_id NOT IN (SELECT domain_id FROM totals)`, nil},
			{`DELETE FROM domains WHERE id NOT IN (SELECT domain_id FROM totals)`, nil},
		} {
			if _, err := tx.ExecContext(ctx, step.statement, step.args...); err != nil {
				return err
			}
		}
		if err := setMetaNumber(ctx, tx, metaPruned, int64(today)); err != nil {
			return err
		}
		return setMetaNumber(ctx, tx, metaKeptSince, max(kept, int64(before)))
	})
}

// foreign removes the totals of domains that are no target's, as each of them
// said, and were never delivered to here: senders and recipients elsewhere, of which there are many.
const foreign = `DELETE FROM totals WHERE day < ?
	AND domain_id IN (SELECT id FROM domains WHERE ours = 0)
	AND domain_id IN (SELECT domain_id FROM sites
		GROUP BY 1 HAVING count(*) = (SELECT count(*) FROM targets) AND max(site_id) = 0)`

// foreignDays is how long totals of domains of other hosts are kept.
const foreignDays = 7

// takeOver makes a log that was read in another format, which fills the same
// counters, one of the source's format: what was read counts once.
func takeOver(ctx context.Context, tx *sql.Tx, source *Source, path logPath) error {
	var others []string
	err := each(ctx, tx, func(rows *sql.Rows) error {
		var format string
		err := rows.Scan(&format)
		if other := (&Source{Format: format}); other.fills()&source.fills() != 0 {
			others = append(others, format)
		}
		return err
	}, "SELECT format FROM logs WHERE path = ? AND format <> ?", path.path, source.Format)
	if err != nil || len(others) == 0 {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE OR IGNORE logs SET format = ?, parser = x'' WHERE path = ? AND format = ?",
		source.Format, path.path, others[0])
	return err
}

// loadLog returns a log as the state has it, a new one if need be.
func (s *state) loadLog(ctx context.Context, source *Source, path logPath) (*log, error) {
	l := &log{logPath: path, source: source, looked: map[string]fileState{}}
	var err error
	if l.parser, err = source.newParser(); err != nil {
		return nil, err
	}
	return l, s.inTx(ctx, func(tx *sql.Tx) error {
		if err := takeOver(ctx, tx, source, path); err != nil {
			return err
		}
		var saved []byte
		err := tx.QueryRowContext(ctx, `INSERT INTO logs (format, path, parser, cursor) VALUES (?, ?, x'', '')
			ON CONFLICT (format, path) DO UPDATE SET path = excluded.path
			RETURNING id, parser, cursor`, source.Format, path.path).Scan(&l.id, &saved, &l.cursor)
		if err != nil {
			return err
		}
		if len(saved) > 0 {
			if err := l.parser.restore(saved); err != nil {
				return fmt.Errorf("%s: %w", path.path, err)
			}
		}
		return each(ctx, tx, func(rows *sql.Rows) error {
			var g generation
			var device, inode int64
			if err := rows.Scan(&g.id, &g.path, &device, &inode, &g.head, &g.offset, &g.seen); err != nil {
				return err
			}
			g.device, g.inode = uint64(device), uint64(inode)
			l.generations = append(l.generations, &g)
			return nil
		}, "SELECT id, path, device, inode, head, offset, seen FROM generations WHERE log_id = ? ORDER BY id DESC", l.id)
	})
}
