package sqlstore

import (
	"strings"
	"testing"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// TestPagesAreFoundByIndex reads from SQLite how it finds the first page of a
// list: however many rows there are, it neither sorts them nor looks at more of
// them than those of the page.
func TestPagesAreFoundByIndex(t *testing.T) {
	store := openSQLiteIn(t, t.TempDir())
	for _, c := range []struct {
		order               ledger.Order
		webspaces           string
		accounts, ofOneRole string
	}{
		{ledger.OrderName, "m USING COVERING INDEX main_sites_by_name", "a USING INDEX accounts_by_person", "a USING COVERING INDEX accounts_by_role_and_person (role=?)"},
		{ledger.OrderCreated, "m USING COVERING INDEX main_sites_by_created", "", "a USING COVERING INDEX accounts_by_role_and_created (role=?)"},
		{ledger.OrderOwner, "o USING COVERING INDEX accounts_by_person", "", "o USING COVERING INDEX accounts_by_person"},
		{ledger.OrderRenewal, "w USING COVERING INDEX webspaces_by_renewal", "", ""},
	} {
		for _, descending := range []bool{false, true} {
			q := ledger.Listing{Order: c.order, Descending: descending, Limit: 50}
			checkPage(t, store, store.webspaceListing(ledger.Everything, &ledger.WebspaceListing{Listing: q}), q, c.webspaces)
			checkPage(t, store, store.accountListing(ledger.Everything, &ledger.AccountListing{Listing: q}), q, c.accounts)
			checkPage(t, store, store.accountListing(ledger.Everything, &ledger.AccountListing{Listing: q, Role: ledger.RoleCustomer}), q, c.ofOneRole)
		}
	}
}

// TestRenewalsAreFoundByIndex reads from SQLite that renewals of some days are
// looked for among those of these days only.
func TestRenewalsAreFoundByIndex(t *testing.T) {
	store := openSQLiteIn(t, t.TempDir())
	midnight := func(d ledger.Date) ledger.DayStart { return ledger.DayStart{Date: d, At: d.Time().Add(5 * time.Hour)} }
	q := ledger.WebspaceListing{
		Listing: ledger.Listing{Order: ledger.OrderRenewal, Limit: 50}, RenewsFrom: midnight(20261201), RenewsBefore: midnight(20261231),
	}
	checkPage(t, store, store.webspaceListing(ledger.Everything, &q), q.Listing, "w USING COVERING INDEX webspaces_by_renewal (renewal_at>? AND renewal_at<?)")
}

func checkPage(t *testing.T, store *Store, l *listing, q ledger.Listing, want string) {
	t.Helper()
	if want == "" {
		return
	}
	text, args := l.page(q)
	plan := explain(t, store, text, args...)
	if !strings.Contains(plan, want) || strings.Contains(plan, "TEMP B-TREE") {
		t.Errorf("%s, descending %t, does not go by %s:\n%s\n%s", q.Order, q.Descending, want, plan, text)
	}
}

// TestSearchReadsOnce reads from SQLite that a search goes through each table
// once, and not by looking up row after row.
func TestSearchReadsOnce(t *testing.T) {
	store := openSQLiteIn(t, t.TempDir())
	var args arguments
	plan := explain(t, store, store.foundWebspaces("part", &args), args...)
	for _, want := range []string{
		"SCAN sites\n", "SCAN webspaces USING COVERING INDEX webspaces_by_external_id", "SCAN accounts",
		"SEARCH webspaces USING COVERING INDEX webspaces_by_owner (owner_id=?)",
	} {
		if !strings.Contains(plan, want) {
			t.Errorf("a search does not %s:\n%s", want, plan)
		}
	}
}
