package sqlstore

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/hostledger/hostledger/internal/pgtest"
	"github.com/hostledger/hostledger/ledger"
)

// TestCopyIsInterrupted interrupts a copy after each of its transactions.
func TestCopyIsInterrupted(t *testing.T) {
	original := openSQLiteIn(t, t.TempDir())
	fillLarge(t, original)
	want := contentsOf(t, original)
	for name, store := range map[string]*Store{"SQLite": openSQLiteIn(t, t.TempDir()), "PostgreSQL": openPostgres(t)} {
		t.Run(name, func(t *testing.T) {
			interrupted := 0
			for ; copyOnce(t, original, store); interrupted++ {
				if err := start(t, store); err == nil || !strings.Contains(err.Error(), "hostledger copy") {
					t.Fatalf("a server started with an unfinished copy: %v", err)
				}
			}
			if least := len(copiedParts) + 5; interrupted < least {
				t.Errorf("the copy was interrupted %d times, less than %d", interrupted, least)
			}
			same(t, "contents", contentsOf(t, store), want)
			if err := start(t, store); err != nil {
				t.Errorf("a server does not start with the copy: %v", err)
			}
		})
	}
}

// copyOnce goes on with a copy and interrupts it after its first transaction, if
// that is not the last.
func copyOnce(t *testing.T, from, to *Store) (interrupted bool) {
	t.Helper()
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	_, err := Copy(ctx, from, to, CopyOptions{Today: 20260515, Progress: func(what string, _, _ int64) {
		if what != "comparison" {
			interrupt()
		}
	}})
	if err != nil && !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	return err != nil
}

// start makes a ledger ready as a server does when it starts.
func start(t *testing.T, store *Store) error {
	t.Helper()
	return apiOf(store).Ledger.Initialize(t.Context(), ledger.Setup{Admin: admin, AdminPassword: func() string { return "setup-Pa55word" }})
}

// fillLarge is fill with so much more that it takes several transactions.
func fillLarge(t *testing.T, store *Store) {
	t.Helper()
	fill(t, store)
	execute(t, store,
		`WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 250)
			INSERT INTO webspaces (id, `+webspaceFields+`) SELECT i, 1, '', '', '', NULL, FALSE, 0, '{}' FROM n`,
		`INSERT INTO sites (id, webspace_id, guid, name, unicode_name, created, status, description)
			SELECT id, id, 'guid' || id, 'site' || id, 'site' || id, 20260101, 0, '' FROM webspaces WHERE id >= 100`,
		`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
			INSERT INTO events (time, class, type, object_id, login, host) SELECT i, 'site', 'updated', i, 'admin', '' FROM n`)
	for site := int64(100); site <= 250; site++ {
		setMail(t, store, site, site, 20260131, 20260512)
	}
}

func TestCopyIsRefused(t *testing.T) {
	complete, other, empty := openSQLiteIn(t, t.TempDir()), openSQLiteIn(t, t.TempDir()), openSQLiteIn(t, t.TempDir())
	fill(t, complete)
	if err := start(t, other); err != nil {
		t.Fatal(err)
	}
	unfinished := openSQLiteIn(t, t.TempDir())
	copyOnce(t, complete, unfinished)
	begun := openSQLiteIn(t, t.TempDir()) // whose first start was interrupted
	addSites(t, begun, 1)
	for _, c := range []struct {
		name     string
		from, to *Store
		want     error
	}{
		{"a ledger onto another", complete, other, ErrNotEmpty},
		{"a ledger onto itself", complete, complete, ErrNotEmpty},
		{"onto a copy of another", other, unfinished, ErrNotEmpty},
		{"onto a ledger that is begun", complete, begun, ErrNotEmpty},
		{"from nothing", empty, empty, ErrNothingToCopy},
		{"from an unfinished copy", unfinished, empty, ErrNothingToCopy},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := contentsOf(t, c.to)
			if _, err := Copy(t.Context(), c.from, c.to, CopyOptions{}); !errors.Is(err, c.want) {
				t.Errorf("got the error %v, want %v", err, c.want)
			}
			same(t, "contents", contentsOf(t, c.to), before)
		})
	}
}

// TestCopyLosesItsConnections loses the connection during one of the first
// commits of each attempt, before and after it happens.
func TestCopyLosesItsConnections(t *testing.T) {
	original := openSQLiteIn(t, t.TempDir())
	fillLarge(t, original)
	proxy, address := startProxy(t, pgtest.Prepared(t, "ledger", makeTables))
	store := openPostgresAt(t, address)
	lost := 0
	for ; ; lost++ {
		var commits atomic.Int32
		proxy.set(func(message []byte) fault {
			if isCommit(message) && commits.Add(1) == 5 {
				return []fault{lostBefore, lostAfter}[lost%2]
			}
			return none
		})
		_, err := Copy(t.Context(), original, store, CopyOptions{Today: 20260515, Progress: func(string, int64, int64) {}})
		if err == nil {
			break
		}
		if !errors.Is(err, errUnknownOutcome) {
			t.Fatal(err)
		}
	}
	if lost < 4 {
		t.Errorf("only %d connections were lost", lost)
	}
	same(t, "contents", contentsOf(t, store), contentsOf(t, original))
}

// TestCopyOfWhatChanges changes the source after it was read.
func TestCopyOfWhatChanges(t *testing.T) {
	original := openPostgres(t)
	fill(t, original)
	for table, change := range map[string]string{
		"webspace_billing":  `UPDATE webspace_billing SET sum = '10.01'`,
		"accounts":          `INSERT INTO accounts (` + accountFields + `) SELECT 'x', role, owner_id, 'x', password_hash, created, status, external_id, description, company, person, phone, fax, email, address, city, state, postal_code, country, locale, settings, plan_id, locked FROM accounts WHERE role = 3 LIMIT 1`,
		"traffic of days":   `UPDATE traffic SET http_in = http_in + 1 WHERE site_id = 1`,
		"traffic of months": `UPDATE traffic_months SET http_in = http_in + 1 WHERE site_id = 1`,
	} {
		t.Run(table, func(t *testing.T) {
			to, done := openSQLiteIn(t, t.TempDir()), false
			_, err := Copy(t.Context(), original, to, CopyOptions{Today: 20260515, Progress: func(what string, _, _ int64) {
				if what == "traffic" && !done {
					done = true
					execute(t, original, change)
				}
			}})
			if !errors.Is(err, ErrCopyDiffers) || !strings.Contains(err.Error(), table) {
				t.Errorf("got the error %v, want one about %s", err, table)
			}
			if err := start(t, to); err == nil {
				t.Error("a server started with a copy that differs")
			}
		})
	}
}

// TestCopyOfAnEmptyJournal checks that ids of events go on where they were.
func TestCopyOfAnEmptyJournal(t *testing.T) {
	original := openSQLiteIn(t, t.TempDir())
	fill(t, original)
	last := must(original.LastEventID(t.Context()))(t)
	if err := original.DeleteEvents(t.Context(), last); err != nil {
		t.Fatal(err)
	}
	stores := []*Store{openPostgres(t), openSQLiteIn(t, t.TempDir())}
	copyAll(t, original, stores[0])
	copyAll(t, stores[0], stores[1])
	for _, store := range stores {
		same(t, "last event", must(store.LastEventID(t.Context()))(t), last)
		answer(t, store, "change.xml")
		same(t, "next event", must(store.Events(t.Context(), 0, nil, 1))(t)[0].ID, last+1)
	}
}
