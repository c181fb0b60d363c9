package storetest

import (
	"errors"
	"net/netip"
	"strconv"
	"testing"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

func testSessions(t *testing.T, w *world) {
	ctx := t.Context()
	noon := time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)
	at := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
	all := time.Unix(0, 0)
	equal(t, "no sessions", must(w.Sessions(ctx, 0, all))(t), nil)

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
	equal(t, "sessions, oldest first", must(w.Sessions(ctx, 0, all))(t), []ledger.Session{first, second})
	equal(t, "used since the very moment", must(w.Sessions(ctx, 0, at(5)))(t), []ledger.Session{first, second})
	equal(t, "one has ended", must(w.Sessions(ctx, 0, at(6)))(t), []ledger.Session{second})
	fails(t, w.DeleteSession(ctx, 0, "z-first", at(6)), ledger.ErrNotFound)

	ok(t, w.AddSession(ctx, &third, at(6)))
	equal(t, "the one that has ended is gone", must(w.Sessions(ctx, 0, all))(t), []ledger.Session{second, third})
	fails(t, w.DeleteSession(ctx, 0, "no such session", all), ledger.ErrNotFound)
	equal(t, "of one account", must(w.Sessions(ctx, w.reseller.ID, all))(t), []ledger.Session{third})
	fails(t, w.DeleteSession(ctx, w.admin.ID, "third", all), ledger.ErrNotFound)
	ok(t, w.DeleteSession(ctx, w.reseller.ID, "third", at(20)))
	fails(t, w.DeleteSession(ctx, 0, "third", all), ledger.ErrNotFound)
	ok(t, w.DeleteSession(ctx, 0, "a-second", all))
	ok(t, w.AddSession(ctx, &second, all))
	ok(t, w.DeleteAccount(ctx, w.client.ID))
	equal(t, "sessions of an account that was deleted", must(w.Sessions(ctx, 0, all))(t), nil)
}

// testUseOfSessions opens sessions by cookies and uses them.
func testUseOfSessions(t *testing.T, w *world) {
	ctx, later := t.Context(), sessionsBegan.Add(time.Minute)
	w.beginSession(t, "first", &w.client)
	w.beginSession(t, "second", &w.client)
	_, err := w.SessionByCookie(ctx, "hash", sessionsBegan)
	fails(t, err, ledger.ErrNotFound)

	want := must(w.Sessions(ctx, 0, sessionsBegan))(t)
	open := func(s *ledger.Session) error {
		equal(t, "session to update", *s, want[1])
		s.CookieHash, s.Address, s.Used = "hash", netip.MustParseAddr("2001:db8::7"), later
		return nil
	}
	ok(t, w.UpdateSession(ctx, "second", sessionsBegan, open))
	want[1].CookieHash, want[1].Address, want[1].Used = "hash", netip.MustParseAddr("2001:db8::7"), later
	equal(t, "sessions", must(w.Sessions(ctx, 0, sessionsBegan))(t), want)
	equal(t, "session by its cookie", *must(w.SessionByCookie(ctx, "hash", later))(t), want[1])

	refused := errors.New("refused")
	err = w.UpdateSession(ctx, "second", sessionsBegan, func(s *ledger.Session) error {
		s.CookieHash = "other"
		return refused
	})
	if !errors.Is(err, refused) {
		t.Errorf("got the error %v, want that of change", err)
	}
	ended := later.Add(time.Second)
	_, err = w.SessionByCookie(ctx, "hash", ended)
	fails(t, err, ledger.ErrNotFound)
	fails(t, w.UpdateSession(ctx, "second", ended, open), ledger.ErrNotFound)
	fails(t, w.UpdateSession(ctx, "none", sessionsBegan, open), ledger.ErrNotFound)

	ok(t, w.AddSession(ctx, &ledger.Session{
		ID: "third", CookieHash: "another", AccountID: w.customer.ID, Created: sessionsBegan, Used: sessionsBegan,
	}, sessionsBegan))
	equal(t, "session of no address", must(w.SessionByCookie(ctx, "another", sessionsBegan))(t).Address, netip.Addr{})
	suspend(t, w, w.reseller.ID)
	w.beginSession(t, "fourth", &w.client)
	fails(t, w.UpdateSession(ctx, "fourth", sessionsBegan, open), ledger.ErrNotFound)
}

var sessionsBegan = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

func (w *world) beginSession(t *testing.T, id string, a *ledger.Account) {
	t.Helper()
	ok(t, w.AddSession(t.Context(), &ledger.Session{
		ID: id, AccountID: a.ID, Address: netip.MustParseAddr("192.0.2.1"), Created: sessionsBegan, Used: sessionsBegan,
	}, sessionsBegan))
}

// sessionsLeft begins a session of each account and returns the logins of those
// that are there after a change.
func sessionsLeft(t *testing.T, w *world, account int64, change func(*ledger.Account)) (logins []string) {
	t.Helper()
	for _, a := range []*ledger.Account{&w.admin, &w.reseller, &w.customer, &w.client} {
		w.beginSession(t, "of "+a.Login, a)
	}
	ok(t, w.UpdateAccount(t.Context(), account, func(a *ledger.Account) error {
		change(a)
		return nil
	}))
	for _, session := range must(w.Sessions(t.Context(), 0, sessionsBegan))(t) {
		logins = append(logins, session.Login)
	}
	for _, a := range []*ledger.Account{&w.admin, &w.reseller, &w.customer, &w.client} {
		_ = w.DeleteSession(t.Context(), 0, "of "+a.Login, sessionsBegan) // it may have ended
	}
	return logins
}

func testSessionsEndWithTheirAccount(t *testing.T, w *world) {
	everyone := []string{"admin", "reseller", "customer", "client"}
	equal(t, "sessions after an update", sessionsLeft(t, w, w.reseller.ID, func(a *ledger.Account) { a.Description = "other" }), everyone)
	equal(t, "sessions after a change of the password",
		sessionsLeft(t, w, w.reseller.ID, func(a *ledger.Account) { a.PasswordHash = "other" }), []string{"admin", "customer", "client"})
	equal(t, "sessions after the end of service",
		sessionsLeft(t, w, w.reseller.ID, func(a *ledger.Account) { a.Status = ledger.StatusDownByAdmin }), []string{"admin", "customer"})
	equal(t, "sessions that began out of service",
		sessionsLeft(t, w, w.customer.ID, func(a *ledger.Account) { a.Description = "other" }), []string{"admin", "customer"})
	equal(t, "sessions from before the return to service",
		sessionsLeft(t, w, w.reseller.ID, func(a *ledger.Account) { a.Status = 0 }), []string{"admin", "customer"})
}

// testManySessions checks that an account has its newest sessions only.
func testManySessions(t *testing.T, w *world) {
	w.beginSession(t, "of another", &w.client)
	for i := range ledger.KeptSessions + 2 {
		w.beginSession(t, strconv.Itoa(i), &w.customer)
	}
	sessions := must(w.Sessions(t.Context(), 0, sessionsBegan))(t)
	equal(t, "sessions", len(sessions), ledger.KeptSessions+1)
	equal(t, "the oldest of the account", sessions[1].ID, "2")
	equal(t, "the session of another", sessions[0].ID, "of another")
}
