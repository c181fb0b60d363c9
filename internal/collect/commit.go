package collect

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/netip"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// errState says that the state could not be read or written: nothing can go on
// then.
var errState = errors.New("the collectors' state")

// batch is what one commit writes.
type batch struct {
	found   *tally
	logs    []*log
	since   ledger.Date // earlier days are not sent
	targets []*sender
	names   map[string]string // what domains are called otherwise, "" for those left out
}

// commit writes what was found with how far it was read, in one transaction.
func (s *state) commit(ctx context.Context, b *batch) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		w, err := newBatchWriter(ctx, tx)
		if err != nil {
			return err
		}
		if err := w.totals(b); err != nil {
			return err
		}
		for _, l := range b.logs {
			if err := w.log(l); err != nil {
				return err
			}
		}
		if err := w.problems(allLogs, &w.misses); err != nil {
			return err
		}
		return setMetaNumber(ctx, tx, metaSeq, w.seq)
	})
	if err != nil {
		return fmt.Errorf("writing %w: %w", errState, err)
	}
	for _, l := range b.logs {
		l.committed()
	}
	return nil
}

func (l *log) committed() {
	l.changed, l.problems = false, [problemCount]mishap{}
	for _, g := range l.generations {
		g.changed = false
	}
}

// batchWriter writes a batch.
type batchWriter struct {
	ctx       context.Context
	tx        *sql.Tx
	seq       int64
	keptSince ledger.Date
	misses    [problemCount]mishap // of no log alone
}

func newBatchWriter(ctx context.Context, tx *sql.Tx) (*batchWriter, error) {
	w := &batchWriter{ctx: ctx, tx: tx}
	seq, err := metaNumber(ctx, tx, metaSeq)
	if err != nil {
		return nil, err
	}
	kept, err := metaNumber(ctx, tx, metaKeptSince)
	w.seq, w.keptSince = seq+1, ledger.Date(kept)
	return w, err
}

// totals adds what was found to the totals, and marks them as not sent. The
// records go into tables of the connection first: SQLite is quicker with sets
// than with single rows.
func (w *batchWriter) totals(b *batch) error {
	if _, err := w.tx.ExecContext(w.ctx, emptyFound); err != nil {
		return err
	}
	names := inserter{w: w, into: "temp.names (number, name, ours)", columns: 3}
	found := inserter{w: w, into: "temp.found", columns: 2 + int(counterCount)}
	number := 0
	for _, d := range b.found.domains {
		name, ok := w.nameOf(b, d)
		if !ok {
			continue
		}
		number++
		if err := names.add(number, name, bool(d.ours)); err != nil {
			return err
		}
		for i := range d.days {
			if err := w.found(&found, number, name, &d.days[i]); err != nil {
				return err
			}
		}
	}
	if err := errors.Join(names.flush(), found.flush()); err != nil {
		return err
	}
	for _, statement := range []string{addDomains, addTotals} {
		if _, err := w.tx.ExecContext(w.ctx, statement); err != nil {
			return err
		}
	}
	for _, t := range b.targets {
		if _, err := w.tx.ExecContext(w.ctx, markUnsent(t.takes), t.id, w.seq, b.since); err != nil {
			return err
		}
	}
	return nil
}

// found inserts what was found of a domain on a day, unless the day's totals are
// no longer kept.
func (w *batchWriter) found(into *inserter, number int, name string, d *dayTally) error {
	if d.date < w.keptSince {
		w.misses[beforeKept].count++
		w.misses[beforeKept].example = d.date.String() + " " + name
		return nil
	}
	record := make([]any, 0, 2+len(d.counters))
	record = append(record, number, d.date)
	for _, bytes := range d.counters {
		record = append(record, bytes)
	}
	return into.add(record...)
}

// nameOf returns the name that a domain has in the state; ok is false when it is
// none, or is to be left out.
func (w *batchWriter) nameOf(b *batch, d *domainTally) (name string, ok bool) {
	name = canonicalName(d.written)
	if name == "" {
		w.misses[noDomainName].count += int64(len(d.days))
		w.misses[noDomainName].example = d.written
		return "", false
	}
	if other, ok := b.names[name]; ok {
		return other, other != ""
	}
	return name, true
}

const emptyFound = `CREATE TEMP TABLE IF NOT EXISTS names (number INTEGER PRIMARY KEY, name TEXT, ours INTEGER, id INTEGER);
	CREATE TEMP TABLE IF NOT EXISTS found (
		number INTEGER, day INTEGER, http_in INTEGER, http_out INTEGER, ftp_in INTEGER, ftp_out INTEGER,
		smtp_in INTEGER, smtp_out INTEGER, pop3_imap_in INTEGER, pop3_imap_out INTEGER);
	DELETE FROM temp.names;
	DELETE FROM temp.found`

const addDomains = `INSERT INTO domains (name, ours) SELECT name, ours FROM temp.names WHERE true
		ON CONFLICT (name) DO UPDATE SET ours = 1 WHERE excluded.ours > ours;
	UPDATE temp.names SET id = (SELECT id FROM domains d WHERE d.name = names.name)`

// addTotals adds to totals, up to the most that there can be.
var addTotals = func() string {
	columns := strings.Join(ledger.CounterNames[:], ", ")
	var set strings.Builder
	for i, column := range ledger.CounterNames {
		if i > 0 {
			set.WriteString(", ")
		}
		fmt.Fprintf(&set, "%[1]s = min(%[1]s, %[2]d - excluded.%[1]s) + excluded.%[1]s", column, mostBytes)
	}
	return "INSERT INTO totals (day, domain_id, " + columns + ") SELECT day, id, " + columns +
		" FROM temp.found CROSS JOIN temp.names USING (number) WHERE true" +
		" ON CONFLICT (day, domain_id) DO UPDATE SET " + set.String()
}()

// markUnsent is given a target that takes a set of counters, the number of the
// commit and the first day that is sent.
func markUnsent(takes ledger.CounterSet) string {
	var given []string
	for i, column := range ledger.CounterNames {
		if takes&(1<<i) != 0 {
			given = append(given, column+" > 0")
		}
	}
	return "INSERT INTO unsent (target_id, day, domain_id, seq) SELECT ?1, day, id, ?2" +
		" FROM temp.found CROSS JOIN temp.names USING (number)" +
		" WHERE day >= ?3 AND (" + strings.Join(given, " OR ") + ")" +
		" ON CONFLICT (target_id, day, domain_id) DO UPDATE SET seq = excluded.seq"
}

// inserter inserts records into a table, many at a time.
type inserter struct {
	w       *batchWriter
	into    string
	columns int
	values  []any
	many    *sql.Stmt // for recordsPerInsert; nil before the first
}

const recordsPerInsert = 50

func (in *inserter) add(record ...any) error {
	in.values = append(in.values, record...)
	if len(in.values) < recordsPerInsert*in.columns {
		return nil
	}
	if in.many == nil {
		var err error
		if in.many, err = in.w.tx.PrepareContext(in.w.ctx, in.statement(recordsPerInsert)); err != nil {
			return err
		}
	}
	_, err := in.many.ExecContext(in.w.ctx, in.values...)
	in.values = in.values[:0]
	return err
}

// flush inserts the records that are left.
func (in *inserter) flush() error {
	if in.many != nil {
		if err := in.many.Close(); err != nil {
			return err
		}
	}
	if len(in.values) == 0 {
		return nil
	}
	_, err := in.w.tx.ExecContext(in.w.ctx, in.statement(len(in.values)/in.columns), in.values...)
	return err
}

func (in *inserter) statement(records int) string {
	record := "(?" + strings.Repeat(", ?", in.columns-1) + ")"
	return "INSERT INTO " + in.into + " VALUES " + record + strings.Repeat(", "+record, records-1)
}

// log writes how far a log was read.
func (w *batchWriter) log(l *log) error {
	_, err := w.tx.ExecContext(w.ctx, "UPDATE logs SET parser = ?, cursor = ? WHERE id = ?", l.parser.save([]byte{}), l.cursor, l.id)
	if err != nil {
		return err
	}
	for _, g := range l.generations {
		if err := w.generation(l, g); err != nil {
			return err
		}
	}
	return w.problems(l.id, &l.problems)
}

func (w *batchWriter) generation(l *log, g *generation) error {
	if !g.changed {
		return nil
	}
	if g.id == 0 {
		return w.tx.QueryRowContext(w.ctx, `INSERT INTO generations (log_id, path, device, inode, head, offset, seen)
			VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`,
			l.id, g.path, int64(g.device), int64(g.inode), g.head, g.offset, g.seen).Scan(&g.id)
	}
	_, err := w.tx.ExecContext(w.ctx, `UPDATE generations
		SET path = ?, device = ?, inode = ?, head = ?, offset = ?, seen = ? WHERE id = ?`,
		g.path, int64(g.device), int64(g.inode), g.head, g.offset, g.seen, g.id)
	return err
}

// allLogs is the log of problems that were found when logs were done with.
const allLogs = 0

func (w *batchWriter) problems(logID int64, found *[problemCount]mishap) error {
	for kind, m := range found {
		if m.count == 0 {
			continue
		}
		if _, err := w.tx.ExecContext(w.ctx, `INSERT INTO problems (log_id, kind, count, example) VALUES (?, ?, ?, ?)
			ON CONFLICT (log_id, kind) DO UPDATE SET count = count + excluded.count, example = excluded.example`,
			logID, kind, m.count, strings.ToValidUTF8(m.example, "�")); err != nil {
			return err
		}
	}
	return nil
}

// canonicalName returns a domain name as the state keeps it, in its ASCII
// form, or "" for what is no domain name.
func canonicalName(written string) string {
	if _, err := netip.ParseAddr(written); err == nil {
		return ""
	}
	name, err := ledger.ParseDomainName(written)
	if err != nil {
		return ""
	}
	return name.ASCII
}
