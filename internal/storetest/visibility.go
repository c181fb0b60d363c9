package storetest

import (
	"context"
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

// testVisibility checks that every way of finding an object keeps to what the
// caller may see.
func testVisibility(t *testing.T, w *world) {
	accounts := func(ctx context.Context, in ledger.Scope, by ledger.Selector) ([]int64, error) {
		return w.AccountIDs(ctx, in, 0, by)
	}
	everyone := []ledger.Account{w.admin, w.reseller, w.customer, w.client}
	spaces := []ledger.Webspace{w.adminSpace, w.resellerSpace, w.customerSpace, w.clientSpace}
	for _, c := range []struct {
		name string
		in   ledger.Scope
		sees [4]bool // of everyone, and of the subscription of each
	}{
		{"administrator", ledger.Everything, [4]bool{true, true, true, true}},
		{"reseller", scope(w.reseller), [4]bool{false, true, false, true}},
		{"customer", scope(w.customer), [4]bool{false, false, true, false}},
		{"reseller's customer", scope(w.client), [4]bool{false, false, false, true}},
		{"nobody", ledger.Scope{}, [4]bool{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var seenAccounts, seenSpaces []int64
			for i, sees := range c.sees {
				account, space := everyone[i], spaces[i]
				var wantAccount, wantSpace []int64
				if sees {
					wantAccount, wantSpace = []int64{account.ID}, []int64{space.ID}
					seenAccounts, seenSpaces = append(seenAccounts, account.ID), append(seenSpaces, space.ID)
				}
				selects(t, c.in, accounts, []selection{
					{ledger.ByID, id(account.ID), wantAccount}, {ledger.ByLogin, account.Login, wantAccount},
					{ledger.ByGUID, account.GUID, wantAccount}, {ledger.ByExternalID, account.ExternalID, wantAccount},
				})
				selects(t, c.in, w.WebspaceIDs, []selection{
					{ledger.ByID, id(space.ID), wantSpace}, {ledger.ByName, space.Name.ASCII, wantSpace},
					{ledger.ByGUID, space.GUID, wantSpace}, {ledger.ByExternalID, space.ExternalID, wantSpace},
					{ledger.ByOwnerID, id(account.ID), wantSpace}, {ledger.ByOwnerLogin, account.Login, wantSpace},
					{ledger.ByOwnerGUID, account.GUID, wantSpace}, {ledger.ByOwnerExternalID, account.ExternalID, wantSpace},
				})
				selects(t, c.in, w.SiteIDs, []selection{
					{ledger.ByID, id(space.ID), wantSpace}, {ledger.ByName, space.Name.ASCII, wantSpace},
					{ledger.ByGUID, space.GUID, wantSpace},
				})
			}
			selects(t, c.in, accounts, []selection{{ledger.ByAll, "", seenAccounts}})
			selects(t, c.in, w.WebspaceIDs, []selection{{ledger.ByAll, "", seenSpaces}})
			testTrafficScope(t, w, c.in, spaces, c.sees)
		})
	}
}

// testTrafficScope checks for which subscriptions a scope can store traffic.
func testTrafficScope(t *testing.T, w *world, in ledger.Scope, spaces []ledger.Webspace, sees [4]bool) {
	run := &ledger.TrafficRun{}
	for _, space := range spaces {
		*run.Add() = mail(space.ID, today, 7)
	}
	ok(t, w.SetTraffic(t.Context(), in, run, errMissing))
	for i, isSeen := range sees {
		if isStored := run.Err(i) == nil; isStored != isSeen {
			t.Errorf("traffic of %s: got stored %v (%v), want %v", spaces[i].Name.ASCII, isStored, run.Err(i), isSeen)
		}
	}
}
