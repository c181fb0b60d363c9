package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/hostledger/hostledger/internal/pgtest"
	"github.com/hostledger/hostledger/internal/storetest"
	"github.com/hostledger/hostledger/ledger"
)

// TestPostgresWithFaults is TestPostgres while transactions collide and
// connections are lost: nobody may notice. Commits reach their server, except
// those of traffic.
func TestPostgresWithFaults(t *testing.T) {
	checkLess(t)
	storetest.Run(t, func(t *testing.T) ledger.Store {
		proxy, address := startProxy(t, pgtest.Prepared(t, "colliding ledger", makeCollidingTables))
		store := openPostgresAt(t, address)
		proxy.set(func(message []byte) fault {
			if isCommit(message) || rand.N(100) > 0 {
				return none
			}
			return lostBefore + fault(rand.N(2))
		})
		return store
	})
}

// makeCollidingTables makes tables that some of the transactions cannot be
// committed to, and some not even write to.
func makeCollidingTables(address string) error {
	if err := makeTables(address); err != nil {
		return err
	}
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, `
		CREATE FUNCTION collide() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			IF txid_current() % 7 = TG_ARGV[0]::int THEN
				RAISE EXCEPTION 'injected' USING ERRCODE = TG_ARGV[1];
			END IF;
			RETURN NULL;
		END $$;
		DO $$ DECLARE name text; BEGIN
			FOR name IN SELECT oid::regclass FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
				EXECUTE format('CREATE TRIGGER collide AFTER INSERT OR UPDATE OR DELETE ON %s
					FOR EACH STATEMENT EXECUTE FUNCTION collide(3, ''40P01'')', name);
				EXECUTE format('CREATE CONSTRAINT TRIGGER collide_at_the_end AFTER INSERT OR UPDATE OR DELETE ON %s
					DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION collide(5, ''40001'')', name);
			END LOOP;
		END $$`)
	return errors.Join(err, conn.Close(ctx))
}

// next returns a fault for the next message that is chosen, and none for others.
func next(f fault, isChosen func(message []byte) bool) func(message []byte) fault {
	var done atomic.Bool
	return func(message []byte) fault {
		if isChosen(message) && done.CompareAndSwap(false, true) {
			return f
		}
		return none
	}
}

// A change whose commit nobody answered is not made twice, and the caller is
// told that nobody knows.
func TestLostCommit(t *testing.T) {
	ctx := t.Context()
	for f, want := range map[fault]int{lostBefore: 0, lostAfter: 1} {
		proxy, address := startProxy(t, pgtest.Prepared(t, "ledger", makeTables))
		store := openPostgresAt(t, address)
		addSites(t, store, 1)
		proxy.set(next(f, isCommit))
		plan := ledger.Plan{Kind: ledger.ServicePlan, OwnerID: ledger.AdminID, Name: "lost"}
		if err := store.AddPlan(ctx, &plan); !errors.Is(err, errUnknownOutcome) {
			t.Errorf("got the error %v, want %v", err, errUnknownOutcome)
		}
		plans, err := store.PlanIDs(ctx, ledger.ServicePlan, 0, ledger.Selector{})
		if err != nil || len(plans) != want {
			t.Errorf("got the plans %v and the error %v, want %d", plans, err, want)
		}
	}
}

// Traffic whose commit nobody answered is written again, and counted once.
func TestLostCommitOfTraffic(t *testing.T) {
	ctx := t.Context()
	proxy, address := startProxy(t, pgtest.Prepared(t, "ledger", makeTables))
	store := openPostgresAt(t, address)
	addSites(t, store, 1)
	for n := range int64(20) {
		var messages atomic.Int64
		for _, f := range []fault{lostBefore, lostAfter} {
			proxy.set(next(f, func([]byte) bool { return messages.Add(1)%4 == n%4 })) // each message of a write once
			run := &ledger.TrafficRun{}
			*run.Add() = ledger.MailTraffic{SiteID: 1, Date: firstDay.AddDays(int(n % 3)), Given: ledger.SMTPIn, SMTPIn: n + 1}
			if err := store.SetTraffic(ctx, ledger.Everything, run, ledger.ErrNotFound); err != nil {
				t.Fatal(err)
			}
		}
	}
	months, err := store.MonthTraffic(ctx, []int64{1}, firstDay)
	if want := (ledger.Totals{4: 18 + 19 + 20}); err != nil || len(months) != 1 || months[0].Totals != want {
		t.Errorf("got the totals %v and the error %v, want %v", months, err, want)
	}
}

// When a host of several is gone, another one is used.
func TestSeveralHosts(t *testing.T) {
	ctx := t.Context()
	database := pgtest.Prepared(t, "ledger", makeTables)
	first, address := startProxy(t, database)
	second, _ := startProxy(t, database)
	both, err := pgx.ParseConfig(address)
	if err != nil {
		t.Fatal(err)
	}
	store := openPostgresAt(t, fmt.Sprintf("postgres://%s@%s,%s/%s?sslmode=disable", both.User, first.Addr(), second.Addr(), both.Database))
	if err := store.SetMeta(ctx, "name", "value"); err != nil {
		t.Fatal(err)
	}
	first.stop()
	for range 3 {
		if err := store.SetMeta(ctx, "name", "another"); err != nil {
			t.Fatal(err)
		}
	}
	if value, err := store.Meta(ctx, "name"); err != nil || value != "another" {
		t.Errorf("got %q and the error %v", value, err)
	}
}
