package sqlstore

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

// firstLedger is what a ledger of the first version may hold.
var firstLedger = []string{
	`INSERT INTO accounts (guid, role, owner_id, login, password_hash, created, status, external_id, description, company,
			person, phone, fax, email, address, city, state, postal_code, country, locale)
		VALUES ('g', 1, NULL, 'admin', '', 20260101, 0, '', '', '', '', '', '', '', '', '', '', '', '', ''),
			('r', 2, 1, 'rita', '', 20260101, 0, '', '', '', '', '', '', '', '', '', '', '', '', ''),
			('s', 3, 2, 'rick', '', 20260101, 0, '', '', '', '', '', '', '', '', '', '', '', '', ''),
			('c', 3, 1, 'carl', '', 20260101, 0, '', '', '', '', '', '', '', '', '', '', '', '', '')`,
	`INSERT INTO plans (guid, name, external_id) VALUES ('guid-1', 'Default', ''), ('guid-2', 'Unlimited', 'x')`,
	`INSERT INTO webspaces (id, owner_id, external_id, admin_description, reseller_description, plan_id, locked, settings)
		VALUES (1, 1, '', '', '', 2, TRUE, '{"hosting":{"type":"none"}}'),
			(2, 2, '', '', '', 1, FALSE, '{"hosting":{"type":"none"}}'),
			(3, 3, '', '', '', 2, TRUE, '{"hosting":{"type":"none"}}'),
			(4, 4, '', '', '', 1, FALSE, '{"hosting":{"type":"none"}}')`,
	`INSERT INTO sites (webspace_id, guid, name, unicode_name, created, status, description)
		VALUES (1, 'guid-3', 'old.example', 'old.example', 20260101, 0, ''),
			(2, 'guid-4', 'rita.example', 'rita.example', 20260101, 0, ''),
			(3, 'guid-5', 'rick.example', 'rick.example', 20260101, 0, ''),
			(4, 'guid-6', 'carl.example', 'carl.example', 20260101, 0, '')`,
	`INSERT INTO traffic (date, site_id, http_in, smtp_in) VALUES (20260101, 1, 5, 1), (20260102, 1, 0, 2), (20260201, 1, 0, 4), (20260101, 2, 0, 8)`,
	`INSERT INTO webspace_billing VALUES (1, 'EUR', '9.90', '', NULL, 'P1M', '', ''), (3, '', '', '2026-12-22', 1797897600, '', '', '')`,
}

// TestUpgrade opens a ledger of the first version.
func TestUpgrade(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	makeLedger(t, filepath.Join(dir, DatabaseFile), 1, firstLedger)
	store := openSQLiteIn(t, dir)

	accounts, err := store.Accounts(ctx, []int64{ledger.AdminID})
	if err != nil || len(accounts) != 1 || accounts[0].Login != "admin" || accounts[0].Plan != nil {
		t.Errorf("got the accounts %v and the error %v", accounts, err)
	}
	webspaces, err := store.Webspaces(ctx, []int64{1, 2, 3, 4})
	if err != nil || len(webspaces) != 4 {
		t.Fatalf("got the subscriptions %v and the error %v", webspaces, err)
	}
	for i, want := range []struct {
		plan     string
		isLocked bool
	}{{"Unlimited", true}, {"", false}, {"", false}, {"Default", false}} {
		w, plan := &webspaces[i], ""
		if w.Plan != nil {
			plan = w.Plan.Name
		}
		if plan != want.plan || w.Locked != want.isLocked {
			t.Errorf("%s has the plan %q, locked %v, want %q, %v", w.Name.ASCII, plan, w.Locked, want.plan, want.isLocked)
		}
	}
	plans, err := store.PlanIDs(ctx, ledger.ServicePlan, ledger.AdminID, ledger.Selector{})
	if err != nil || len(plans) != 2 {
		t.Errorf("got the plans %v and the error %v, want two", plans, err)
	}
	billing, err := store.WebspaceBilling(ctx, []int64{1, 2, 3})
	if err != nil || len(billing) != 2 || billing[1].Price == nil || billing[3].RenewalDate.IsZero() {
		t.Errorf("got the billing information %v and the error %v", billing, err)
	}
	renewal := billing[3].RenewalDate.Time()
	renewing, _, err := store.ListWebspaces(ctx, ledger.Everything, ledger.WebspaceListing{
		Listing: ledger.Listing{Order: ledger.OrderRenewal, Limit: 10}, RenewsFrom: ledger.DayStart{Date: ledger.DateOf(renewal), At: renewal},
	})
	if err != nil || !slices.Equal(renewing, []int64{3}) {
		t.Errorf("got the subscriptions %v to renew and the error %v, want the third", renewing, err)
	}
	events, err := store.Events(ctx, 0, nil, 10)
	if err != nil || len(events) != 1 || events[0].User != "admin" || events[0].Time.Year() < 2026 {
		t.Errorf("got the events %v and the error %v, want one of the upgrade", events, err)
	}
}

// TestUpgradeAddsUpMonths opens a ledger of the first version, in which there
// were no totals of months.
func TestUpgradeAddsUpMonths(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	makeLedger(t, filepath.Join(dir, DatabaseFile), 1, firstLedger)
	for range 2 {
		store, err := OpenSQLite(ctx, dir)
		if err != nil {
			t.Fatal(err)
		}
		for month, want := range map[ledger.Date][]ledger.SiteMonth{
			20260101: {{SiteID: 1, Totals: ledger.Totals{0: 5, 4: 3}}, {SiteID: 2, Totals: ledger.Totals{4: 8}}},
			20260201: {{SiteID: 1, Totals: ledger.Totals{4: 4}}},
		} {
			got, err := store.MonthTraffic(ctx, []int64{1, 2}, month)
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("the month of %s: got %v and the error %v, want %v", month, got, err, want)
			}
		}
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// makeLedger makes a database with the tables of a version.
func makeLedger(t *testing.T, path string, version int64, texts []string) {
	t.Helper()
	db, err := sqliteDatabase{uri: "file:" + path + "?", journal: "wal", synchronous: "off"}.pool(1, writerCache, "")
	if err != nil {
		t.Fatal(err)
	}
	provider, err := migrations(db, sqliteDialect{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(context.Background(), version); err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		if _, err := db.ExecContext(t.Context(), text); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
