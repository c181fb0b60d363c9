package sqlstore

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

func TestReopen(t *testing.T) {
	ctx, dir := t.Context(), filepath.Join(t.TempDir(), "not there", "yet %41?#")
	for i, want := range []string{"", "one", "two"} {
		store, err := OpenSQLite(ctx, dir)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := store.Meta(ctx, "value"); err != nil || got != want {
			t.Errorf("opened for the %d. time: got %q and the error %v, want %q", i+1, got, err, want)
		}
		if i == 0 {
			addSites(t, store, 1)
			run := &ledger.TrafficRun{}
			*run.Add() = ledger.MailTraffic{SiteID: 1, Date: firstDay, Given: ledger.AllMailCounters, SMTPIn: 7}
			if err := store.SetTraffic(ctx, ledger.Everything, run, ledger.ErrNotFound); err != nil {
				t.Fatal(err)
			}
		}
		days, err := store.Traffic(ctx, []int64{1}, firstDay, firstDay)
		if err != nil || len(days) != 1 || days[0].SMTPIn != 7 {
			t.Errorf("opened for the %d. time: got the traffic %v and the error %v", i+1, days, err)
		}
		if err := store.SetMeta(ctx, "value", []string{"one", "two", "three"}[i]); err != nil {
			t.Fatal(err)
		}
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOneStoreForADirectory(t *testing.T) {
	dir := t.TempDir()
	first, err := OpenSQLite(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenSQLite(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "open already") {
		t.Errorf("opening twice: got the error %v, want that it is open already", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	openSQLiteIn(t, dir)
}

func TestMemoryStoresAreApart(t *testing.T) {
	one, other := openMemory(t), openMemory(t)
	if err := one.SetMeta(t.Context(), "name", "one"); err != nil {
		t.Fatal(err)
	}
	if got, err := other.Meta(t.Context(), "name"); err != nil || got != "" {
		t.Errorf("got %q and the error %v from a store in which nothing was kept", got, err)
	}
}

func TestFilesArePrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have no modes here")
	}
	dir := filepath.Join(t.TempDir(), "ledger")
	store := openSQLiteIn(t, dir)
	if err := store.SetMeta(t.Context(), "name", "value"); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{
		"": 0o700, "ledger.db": 0o600, "ledger.db-wal": 0o600, "ledger.db-shm": 0o600, "lock": 0o600,
	} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Error(err)
			continue
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("mode of %q: got %o, want %o", name, got, want)
		}
	}
}

// TestConnections checks that every connection has its settings.
func TestConnections(t *testing.T) {
	store := openSQLiteIn(t, t.TempDir())
	read := func(db *sql.DB, pragma string) (value string) {
		t.Helper()
		if err := db.QueryRow("PRAGMA " + pragma).Scan(&value); err != nil {
			t.Fatal(err)
		}
		return value
	}
	for _, db := range []*sql.DB{store.writes, store.reads.(*statements).db} {
		for pragma, want := range map[string]string{
			"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "temp_store": "2", "busy_timeout": "10000",
		} {
			if got := read(db, pragma); got != want {
				t.Errorf("%s: got %s, want %s", pragma, got, want)
			}
		}
	}
	if _, err := store.reads.(*statements).db.Exec(`DELETE FROM meta`); err == nil {
		t.Error("a reader could write")
	}
}

// asked is a querier that keeps what it is asked.
type asked struct {
	querier
	texts []string
	args  [][]any
}

func (a *asked) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	a.texts, a.args = append(a.texts, text), append(a.args, args)
	return a.querier.QueryContext(ctx, text, args...)
}

// TestTrafficIsFoundByKey reads from SQLite how it finds traffic: whatever the
// age of a ledger is, a question costs as much as its answer.
func TestTrafficIsFoundByKey(t *testing.T) {
	store, ctx := openSQLiteIn(t, t.TempDir()), t.Context()
	addSites(t, store, 2)
	run := &ledger.TrafficRun{}
	for _, date := range []ledger.Date{firstDay, firstDay.AddDays(40)} {
		*run.Add() = ledger.MailTraffic{SiteID: 1, Date: date, Given: ledger.AllMailCounters, SMTPIn: 1}
	}
	if err := store.SetTraffic(ctx, ledger.Everything, run, nil); err != nil {
		t.Fatal(err)
	}
	if err := store.ArchiveTraffic(ctx, firstDay.AddDays(31)); err != nil {
		t.Fatal(err)
	}
	const (
		recent  = "SEARCH traffic USING PRIMARY KEY (date=? AND site_id=?)"
		archive = "SEARCH traffic_archive USING PRIMARY KEY (site_id=?"
		totals  = "SEARCH traffic_totals USING PRIMARY KEY (month=?"
	)
	sites := []int64{1, 2}
	for _, question := range []struct {
		name string
		ask  func(q querier) error
		want []string // one for each statement
	}{
		{"a year of one subscription", func(q querier) error {
			_, err := store.traffic.days(ctx, q, sites[:1], firstDay, firstDay.AddDays(364))
			return err
		}, []string{recent, archive}},
		{"the first day", func(q querier) error { _, err := store.traffic.first(ctx, q, sites); return err }, []string{recent, archive}},
		{"a month of some", func(q querier) error { _, err := store.traffic.months(ctx, q, sites, firstDay); return err }, []string{totals + " AND block=?)"}},
		{"the top of all", func(q querier) error {
			_, err := store.traffic.top(ctx, q, ledger.Everything, firstDay, 100)
			return err
		}, []string{"USING COVERING INDEX sites_added", totals + ")"}},
		{"a month of all", func(q querier) error {
			_, err := store.traffic.all(ctx, q, ledger.Everything, firstDay)
			return err
		}, []string{totals + ")"}},
		{"used since", func(q querier) error {
			var args arguments
			_, err := queryIDs(ctx, q, "SELECT s.id FROM sites s WHERE "+store.traffic.usedSince(firstDay, &args), args...)
			return err
		}, []string{"SEARCH t USING PRIMARY KEY (date=? AND site_id=?)"}},
	} {
		q := &asked{querier: store.reads}
		if err := question.ask(q); err != nil {
			t.Fatal(err)
		}
		if len(q.texts) != len(question.want) {
			t.Errorf("%s takes %d statements, want %d", question.name, len(q.texts), len(question.want))
			continue
		}
		for i, text := range q.texts {
			plan := explain(t, store, text, q.args[i]...)
			if !strings.Contains(plan, question.want[i]) || regexp.MustCompile(`SCAN (t|a|traffic\w*)\b`).MatchString(plan) {
				t.Errorf("%s does not go by %s:\n%s", question.name, question.want[i], plan)
			}
		}
	}
}

func TestSessionsAreNeverScanned(t *testing.T) {
	store := openSQLiteIn(t, t.TempDir())
	for _, plan := range []string{
		explain(t, store, deleteEndedSessions, 1), explain(t, store, deleteOldestSessions, 1, 100), explain(t, store, sessionByCookie, 1, "hash"),
	} {
		if strings.Contains(plan, "SCAN") || strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("the whole table is scanned:\n%s", plan)
		}
	}
}

// explain returns the steps that SQLite would take.
func explain(t *testing.T, store *Store, text string, args ...any) string {
	t.Helper()
	steps, err := query(t.Context(), store.reads.(*statements).db, func(rows *sql.Rows, step *string) error {
		var id, parent, unused int
		return rows.Scan(&id, &parent, &unused, step)
	}, "EXPLAIN QUERY PLAN "+text, args...)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(steps, "\n")
}

func TestClosed(t *testing.T) {
	store, err := OpenMemory(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	run := &ledger.TrafficRun{}
	run.Add().SiteID = 1
	if err := store.SetTraffic(t.Context(), ledger.Everything, run, nil); err == nil {
		t.Error("a closed store took traffic")
	}
	if _, err := store.Meta(t.Context(), "name"); err == nil {
		t.Error("a closed store answered")
	}
}
