package storetest

import (
	"net/netip"
	"testing"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

func testSessions(t *testing.T, w *world) {
	ctx := t.Context()
	noon := time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)
	at := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
	all := time.Unix(0, 0)
	equal(t, "no sessions", must(w.Sessions(ctx, all))(t), nil)

	first := ledger.Session{
		ID: "z-first", AccountID: w.admin.ID, Login: "admin", Role: ledger.RoleAdmin, Address: netip.MustParseAddr("192.0.2.1"),
		Created: at(0), Used: at(5), StartingURL: "/start", BackURL: "https://example.com/", Locale: "de-DE",
	}
	second := ledger.Session{
		ID: "a-second", AccountID: w.client.ID, Login: "client", Role: ledger.RoleCustomer,
		Address: netip.MustParseAddr("2001:db8::1"), Created: at(10), Used: at(10),
	}
	third := ledger.Session{
		ID: "third", AccountID: w.reseller.ID, Login: "reseller", Role: ledger.RoleReseller,
		Address: netip.MustParseAddr("192.0.2.3"), Created: at(20), Used: at(20),
	}
	ok(t, w.AddSession(ctx, &first, all))
	ok(t, w.AddSession(ctx, &second, all))
	equal(t, "sessions, oldest first", must(w.Sessions(ctx, all))(t), []ledger.Session{first, second})
	equal(t, "used since the very moment", must(w.Sessions(ctx, at(5)))(t), []ledger.Session{first, second})
	equal(t, "one has ended", must(w.Sessions(ctx, at(6)))(t), []ledger.Session{second})
	fails(t, w.DeleteSession(ctx, "z-first", at(6)), ledger.ErrNotFound)

	ok(t, w.AddSession(ctx, &third, at(6)))
	equal(t, "the one that has ended is gone", must(w.Sessions(ctx, all))(t), []ledger.Session{second, third})
	fails(t, w.DeleteSession(ctx, "no such session", all), ledger.ErrNotFound)
	ok(t, w.DeleteSession(ctx, "third", at(20)))
	fails(t, w.DeleteSession(ctx, "third", all), ledger.ErrNotFound)
	ok(t, w.DeleteAccount(ctx, w.client.ID))
	equal(t, "sessions of an account that was deleted", must(w.Sessions(ctx, all))(t), nil)
}
