package sqlstore

import (
	"strings"
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

// A change that cannot be written to the journal is not made.
func TestNoChangeWithoutItsEvents(t *testing.T) {
	ctx := t.Context()
	store := openMemory(t)
	addSites(t, store, 2)
	execute(t, store, `DROP TABLE events`)
	webspace := ledger.Webspace{OwnerID: ledger.AdminID, Name: ledger.DomainName{ASCII: "new"}}
	for name, err := range map[string]error{
		"AddAccount":  store.AddAccount(ctx, &ledger.Account{Role: ledger.RoleCustomer, OwnerID: ledger.AdminID, Login: "new"}, nil),
		"AddWebspace": store.AddWebspace(ctx, &webspace, nil),
		"UpdateWebspace": store.UpdateWebspace(ctx, 1, nil, func(w *ledger.Webspace) error {
			w.Name.ASCII = "renamed"
			return nil
		}),
		"UpdateWebspaceBilling": store.UpdateWebspaceBilling(ctx, []int64{1, 2}, func(b *ledger.WebspaceBilling) { b.CertStoreURL = "x" }),
		"DeleteWebspace":        store.DeleteWebspace(ctx, 2),
	} {
		if err == nil || !strings.Contains(err.Error(), "writing to the journal") {
			t.Errorf("%s: got the error %v, want that the journal could not be written", name, err)
		}
	}
	accounts, err1 := store.AccountIDs(ctx, ledger.Everything, 0, ledger.Selector{})
	webspaces, err2 := store.Webspaces(ctx, []int64{1, 2, 3})
	billing, err3 := store.WebspaceBilling(ctx, []int64{1})
	if err1 != nil || err2 != nil || err3 != nil {
		t.Fatal(err1, err2, err3)
	}
	if len(accounts) != 1 || len(webspaces) != 2 || webspaces[0].Name.ASCII != "site1" || billing[1].CertStoreURL != "" {
		t.Errorf("something changed: accounts %v, subscriptions %v, billing %v", accounts, webspaces, billing)
	}
}

func TestJournalIsPruned(t *testing.T) {
	ctx := t.Context()
	store := openMemory(t)
	addSites(t, store, 1)
	if last, err := store.LastEventID(ctx); err != nil || last != 0 {
		t.Errorf("the last id of a journal without events: got %d and the error %v, want 0", last, err)
	}
	execute(t, store, `INSERT INTO events (id, time, class, type, object_id, login, host) VALUES
		(100, 0, '', '', '', '', ''), (101, 0, '', '', '', '', ''), (102, 0, '', '', '', '', ''), (1000099, 0, '', '', '', '', '')`)
	for _, test := range []struct {
		plan         string // whose event is written: 1000100 and those after it
		untilPruning int64
		oldest       int64
	}{
		{"first after the store was opened", 0, 101},
		{"soon afterwards", eventsPerPruning, 101},
		{"when many were written", 0, 1000099},
	} {
		store.untilPruning.Store(test.untilPruning)
		if err := store.AddPlan(ctx, &ledger.Plan{Kind: ledger.ServicePlan, OwnerID: ledger.AdminID, Name: test.plan}); err != nil {
			t.Fatal(err)
		}
		events, err := store.Events(ctx, 0, nil, 1)
		if err != nil || len(events) != 1 || events[0].ID != test.oldest {
			t.Errorf("%s: the oldest are the events %v (%v), want %d", test.plan, events, err, test.oldest)
		}
	}
}
