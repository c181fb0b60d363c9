package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/hostledger/hostledger/internal/pgtest"
	"github.com/hostledger/hostledger/internal/storetest"
	"github.com/hostledger/hostledger/ledger"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Tests{M: m}.Run()) }

func TestPostgres(t *testing.T) {
	checkLess(t)
	storetest.Run(t, func(t *testing.T) ledger.Store { return openPostgres(t) })
}

// checkLess lets tests of properties try fewer examples than the embedded store
// is tried with, because they take longer.
func checkLess(t *testing.T) {
	t.Helper()
	checks := flag.Lookup("rapid.checks").Value
	before := checks.String()
	if err := checks.Set("20"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = checks.Set(before) }) // when the parallel tests have ended
}

// openPostgres opens an empty ledger in PostgreSQL.
func openPostgres(t testing.TB) *Store {
	t.Helper()
	return openPostgresAt(t, pgtest.Prepared(t, "ledger", makeTables))
}

func makeTables(address string) error {
	store, err := OpenPostgres(context.Background(), address)
	if err != nil {
		return err
	}
	return store.Close()
}

func openPostgresAt(t testing.TB, address string) *Store {
	t.Helper()
	store, err := OpenPostgres(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

// TestTrafficOfWhatIsBeingDeleted writes traffic of a site on one server while
// another is about to delete it.
func TestTrafficOfWhatIsBeingDeleted(t *testing.T) {
	address := pgtest.Prepared(t, "ledger", makeTables)
	deleting, writing := openPostgresAt(t, address), openPostgresAt(t, address)
	addSites(t, deleting, 1)
	r, written := runOf(1), make(chan error, 1)
	err := deleting.withoutTraffic(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		go func() { written <- writing.SetTraffic(context.Background(), ledger.Everything, r.run, errBroken) }()
		waitForLock(t, deleting)
		if _, err := tx.ExecContext(ctx, `SELECT 1 FROM sites WHERE id = 1 FOR UPDATE NOWAIT`); err != nil {
			return fmt.Errorf("who waits has what he is waited for: %w", err)
		}
		return deleting.deleteWebspaces(ctx, tx, []int64{1})
	})
	if err != nil {
		t.Error(err)
	}
	if err := <-written; err != nil || !errors.Is(r.run.Err(0), errBroken) {
		t.Errorf("got the errors %v and %v, want none and %v", err, r.run.Err(0), errBroken)
	}
}

// waitForLock waits until somebody in a store's database waits for a lock.
func waitForLock(t *testing.T, store *Store) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		waiting, err := queryIDs(context.Background(), store.reads,
			`SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)
		if err != nil {
			t.Error(err)
		}
		if len(waiting) > 0 {
			return
		}
	}
	t.Error("nobody waits for a lock")
}

// Servers that start at once on a new database make its tables once.
func TestStoresOpenedAtOnce(t *testing.T) {
	address, err := pgtest.New()
	if err != nil {
		t.Fatal(err)
	}
	var opening sync.WaitGroup
	inside := 0
	for range 4 {
		opening.Go(func() {
			store, err := OpenPostgres(t.Context(), address)
			if err != nil {
				t.Error(err)
				return
			}
			err = store.Alone(t.Context(), func() error {
				inside++ // the race detector sees it when two are there at once
				return store.SetMeta(t.Context(), "name", "value")
			})
			if err := errors.Join(err, store.Close()); err != nil {
				t.Error(err)
			}
		})
	}
	opening.Wait()
	if inside != 4 {
		t.Errorf("%d of 4 were alone", inside)
	}
}

// Ids that are given are not chosen again, by whomever.
func TestGivenIDs(t *testing.T) {
	ctx := t.Context()
	address := pgtest.Prepared(t, "ledger", makeTables)
	stores := []*Store{openPostgresAt(t, address), openPostgresAt(t, address)}
	if err := stores[0].AddAccount(ctx, &ledger.Account{ID: ledger.AdminID, Role: ledger.RoleAdmin, Login: "admin"}, nil); err != nil {
		t.Fatal(err)
	}
	var adding sync.WaitGroup
	for n := range 40 {
		adding.Go(func() {
			given := int64(0)
			if n%4 == 0 {
				given = int64(n+1) * 10_000 // nobody gets that far
			}
			w := ledger.Webspace{ID: given, OwnerID: ledger.AdminID, Name: ledger.DomainName{ASCII: "added" + strconv.Itoa(n)}}
			if err := stores[n%2].AddWebspace(ctx, &w, nil); err != nil {
				t.Errorf("adding with the id %d: %v", given, err)
			}
			if given != 0 && w.ID != given {
				t.Errorf("got the id %d, want %d", w.ID, given)
			}
		})
	}
	adding.Wait()
	ids, err := stores[0].WebspaceIDs(ctx, ledger.Everything, ledger.Selector{})
	if err != nil || len(ids) != 40 {
		t.Errorf("got the subscriptions %v and the error %v, want 40", ids, err)
	}
}

// Who reads the journal after the last event that he knows misses none.
func TestEventsAppearInOrder(t *testing.T) {
	ctx := t.Context()
	address := pgtest.Prepared(t, "ledger", makeTables)
	stores := []*Store{openPostgresAt(t, address), openPostgresAt(t, address)}
	addSites(t, stores[0], 1)
	const writers, each = 4, 25
	var writing sync.WaitGroup
	for n := range writers {
		writing.Go(func() {
			for i := range each {
				plan := ledger.Plan{Kind: ledger.ServicePlan, OwnerID: ledger.AdminID, Name: fmt.Sprint(n, " ", i)}
				if err := stores[n%2].AddPlan(ctx, &plan); err != nil {
					t.Error(err)
				}
			}
		})
	}
	written := make(chan struct{})
	go func() {
		writing.Wait()
		close(written)
	}()
	seen, last, isLast := 0, int64(0), false
	for !isLast {
		select {
		case <-written:
			isLast = true
		default:
		}
		events, err := stores[0].Events(ctx, last, nil, 1000)
		if err != nil {
			t.Fatal(err)
		}
		if seen += len(events); len(events) > 0 {
			last = events[len(events)-1].ID
		}
	}
	if seen != writers*each {
		t.Errorf("saw %d events, want %d", seen, writers*each)
	}
}

// Traffic that is written while its subscription is deleted is not left behind.
func TestDeletedWhileWritten(t *testing.T) {
	ctx := t.Context()
	address := pgtest.Prepared(t, "ledger", makeTables)
	stores := []*Store{openPostgresAt(t, address), openPostgresAt(t, address)}
	const sites = 20
	addSites(t, stores[0], sites)
	var both sync.WaitGroup
	both.Go(func() {
		for site := range int64(sites) {
			if err := stores[0].DeleteWebspace(ctx, site+1); err != nil {
				t.Error(err)
			}
		}
	})
	both.Go(func() {
		for day := range 60 {
			run := &ledger.TrafficRun{}
			for site := range int64(sites) {
				*run.Add() = ledger.MailTraffic{SiteID: site + 1, Date: firstDay.AddDays(day), Given: ledger.SMTPIn, SMTPIn: 1}
			}
			if err := stores[1].SetTraffic(ctx, ledger.Everything, run, ledger.ErrNotFound); err != nil {
				t.Error(err)
			}
		}
	})
	both.Wait()
	for _, table := range []string{"traffic", "traffic_months"} {
		left, err := queryIDs(ctx, stores[0].reads, `SELECT count(*) FROM `+table)
		if err != nil || left[0] != 0 {
			t.Errorf("%s has %d rows of what is gone (%v)", table, left, err)
		}
	}
}
