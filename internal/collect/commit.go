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
		for _, d := range b.found.domains {
			if err := w.domain(b, d); err != nil {
				return err
			}
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

// batchWriter writes a batch with statements that are prepared once.
type batchWriter struct {
	ctx                     context.Context
	tx                      *sql.Tx
	seq                     int64
	keptSince               ledger.Date
	domainID, total, unsent *sql.Stmt
	misses                  [problemCount]mishap // of no log alone
}

func newBatchWriter(ctx context.Context, tx *sql.Tx) (*batchWriter, error) {
	w := &batchWriter{ctx: ctx, tx: tx}
	seq, err := metaNumber(ctx, tx, metaSeq)
	if err != nil {
		return nil, err
	}
	w.seq = seq + 1
	kept, err := metaNumber(ctx, tx, metaKeptSince)
	if err != nil {
		return nil, err
	}
	w.keptSince = ledger.Date(kept)
	for _, statement := range []struct {
		to   **sql.Stmt
		text string
	}{
		{&w.domainID, `INSERT INTO domains (name, ours) VALUES (?, ?)
			ON CONFLICT (name) DO UPDATE SET ours = max(ours, excluded.ours) RETURNING id`},
		{&w.total, addTotal},
		{&w.unsent, `INSERT INTO unsent (target_id, day, domain_id, seq) VALUES (?, ?, ?, ?)
			ON CONFLICT (target_id, day, domain_id) DO UPDATE SET seq = excluded.seq`},
	} {
		//nolint:sqlclosecheck // the end of the transaction closes what was prepared in it
		if *statement.to, err = tx.PrepareContext(ctx, statement.text); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// addTotal adds to a total, up to the most that there can be.
var addTotal = func() string {
	var set strings.Builder
	for i, column := range ledger.CounterNames {
		if i > 0 {
			set.WriteString(", ")
		}
		fmt.Fprintf(&set, "%[1]s = min(%[1]s, %[2]d - excluded.%[1]s) + excluded.%[1]s", column, mostBytes)
	}
	return "INSERT INTO totals (day, domain_id, " + strings.Join(ledger.CounterNames[:], ", ") +
		") VALUES (?, ?" + strings.Repeat(", ?", len(ledger.CounterNames)) + ") ON CONFLICT (day, domain_id) DO UPDATE SET " + set.String()
}()

// domain adds what was found of a domain to its totals, and marks them as not
// sent.
func (w *batchWriter) domain(b *batch, d *domainTally) error {
	name := canonicalName(d.written)
	if name == "" {
		w.misses[noDomainName].count += int64(len(d.days))
		w.misses[noDomainName].example = d.written
		return nil
	}
	if other, ok := b.names[name]; ok {
		if name = other; name == "" {
			return nil
		}
	}
	var id int64
	if err := w.domainID.QueryRowContext(w.ctx, name, bool(d.ours)).Scan(&id); err != nil {
		return err
	}
	for i := range d.days {
		day := &d.days[i]
		if day.date < w.keptSince {
			w.misses[beforeKept].count++
			w.misses[beforeKept].example = day.date.String() + " " + name
			continue
		}
		args := make([]any, 0, 2+len(day.counters))
		args = append(args, day.date, id)
		for _, bytes := range day.counters {
			args = append(args, bytes)
		}
		if _, err := w.total.ExecContext(w.ctx, args...); err != nil {
			return err
		}
		if err := w.markUnsent(b, day, id); err != nil {
			return err
		}
	}
	return nil
}

func (w *batchWriter) markUnsent(b *batch, day *dayTally, domainID int64) error {
	if day.date < b.since {
		return nil
	}
	for _, t := range b.targets {
		if !fills(t.takes, &day.counters) {
			continue
		}
		if _, err := w.unsent.ExecContext(w.ctx, t.id, day.date, domainID, w.seq); err != nil {
			return err
		}
	}
	return nil
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
		return w.tx.QueryRowContext(w.ctx, `INSERT INTO generations (log_id, path, device, inode, head, head_bytes, offset, seen)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
			l.id, g.path, int64(g.device), int64(g.inode), g.head[:], g.headBytes, g.offset, g.seen).Scan(&g.id)
	}
	_, err := w.tx.ExecContext(w.ctx, `UPDATE generations
		SET path = ?, device = ?, inode = ?, head = ?, head_bytes = ?, offset = ?, seen = ? WHERE id = ?`,
		g.path, int64(g.device), int64(g.inode), g.head[:], g.headBytes, g.offset, g.seen, g.id)
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
