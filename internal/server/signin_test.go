package server_test

import (
	"errors"
	"net/netip"
	"testing"
	"time"

	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
)

// panel is a server with the users that populate adds, signing in at noon.
type panel struct {
	host
	*hostledgertest.Server
}

var (
	noon     = time.Date(2026, 5, 15, 12, 0, 0, 0, time.UTC)
	home     = netip.MustParseAddr("192.0.2.7")
	office   = netip.MustParseAddr("2001:db8::7")
	corridor = netip.MustParseAddr("2001:db8::8") // of the same network as the office
)

func newPanel(t *testing.T) panel {
	t.Parallel()
	s := hostledgertest.New(t)
	p := panel{host{t, s.Ledger}, s}
	p.populate()
	return p
}

func (p panel) signIn(login string) (cookie string, s *ledger.Session) {
	p.Helper()
	cookie, s, err := p.SignIn(p.Context(), login, "setup-Pa55", home, "")
	p.ok(err)
	return cookie, s
}

// isIn tells whether a cookie is that of a session.
func (p panel) isIn(cookie string) bool {
	p.Helper()
	_, err := p.UseSession(p.Context(), cookie, home)
	if err != nil && !errors.Is(err, ledger.ErrNotFound) {
		p.Fatal(err)
	}
	return err == nil
}

func (p panel) refuses(err error, kind ledger.Kind) {
	p.Helper()
	if !errors.Is(err, kind) {
		p.Errorf("got the error %v, want %v", err, kind)
	}
}

func TestSignIn(t *testing.T) {
	p := newPanel(t)
	cookie, s := p.signIn("jane")
	if s.Login != "jane" || s.Role != ledger.RoleCustomer || s.Address != home || s.AccountID != p.account("jane") {
		t.Errorf("got the session %+v", s)
	}
	used, err := p.UseSession(t.Context(), cookie, home)
	p.ok(err)
	if *used != *s {
		t.Errorf("got %+v for the cookie, want %+v", used, s)
	}
	if other, _ := p.signIn("jane"); other == cookie || p.isIn(s.ID) || p.isIn("") || p.isIn(s.CookieHash) {
		t.Error("something other than the cookie is as good as it")
	}
	for locale, want := range map[string]string{"": "", "de-DE": "de-DE", "xx-XX": "", "de": ""} {
		_, s, err := p.SignIn(t.Context(), "jane", "setup-Pa55", home, locale)
		p.ok(err)
		p.equal("the locale for "+locale, s.Locale, want)
	}
}

// Resellers sign in without the permission to use the API, and not without that
// to use the panel.
func TestWhoSignsIn(t *testing.T) {
	p := newPanel(t)
	p.ok(p.UpdateReseller(t.Context(), server.Admin, p.account("rita"), ledger.ResellerUpdate{Settings: ledger.ResellerSettingsUpdate{
		Permissions: ledger.Properties[bool]{{Name: "remote_access_interface", Value: false}},
	}}))
	_, err := p.host.Login(t.Context(), "rita", "setup-Pa55", home)
	p.refuses(err, ledger.ErrPermission)
	p.signIn("rita")

	p.ok(p.UpdateReseller(t.Context(), server.Admin, p.account("rita"), ledger.ResellerUpdate{Settings: ledger.ResellerSettingsUpdate{
		Permissions: ledger.Properties[bool]{{Name: "cp_access", Value: false}},
	}}))
	_, _, err = p.SignIn(t.Context(), "rita", "setup-Pa55", home, "")
	p.refuses(err, ledger.ErrPermission)
	_, err = p.CreateSession(t.Context(), server.Admin, ledger.NewSession{Login: "rita", Address: home})
	p.refuses(err, ledger.ErrPermission)

	_, _, err = p.SignIn(t.Context(), "rita", "wrong", home, "")
	var failed *ledger.LoginError
	if !errors.As(err, &failed) || !failed.Known {
		t.Errorf("a wrong password: %v", err)
	}
	for _, login := range []string{"", "nobody"} {
		_, _, err = p.SignIn(t.Context(), login, "setup-Pa55", home, "")
		p.refuses(err, ledger.ErrWrongLogin)
	}
	p.suspend("jane", ledger.StatusDownByAdmin)
	_, _, err = p.SignIn(t.Context(), "jane", "setup-Pa55", home, "")
	p.refuses(err, ledger.ErrDisabled)
}

func (p panel) suspend(login string, status ledger.Status) {
	p.Helper()
	p.ok(p.UpdateCustomer(p.Context(), server.Admin, p.account(login), ledger.AccountUpdate{Status: &status}))
}

// The lock of a login is the same for the API and the panel, whatever was
// verified before.
func TestLockoutIsShared(t *testing.T) {
	p := newPanel(t)
	_, err := p.host.Login(t.Context(), "jane", "setup-Pa55", home)
	p.ok(err)
	for range 2 {
		_, err := p.host.Login(t.Context(), "jane", "wrong", home)
		p.refuses(err, ledger.ErrWrongLogin)
	}
	var failed *ledger.LoginError
	for range 3 {
		_, _, err = p.SignIn(t.Context(), "jane", "wrong", home, "")
		p.refuses(err, ledger.ErrWrongLogin)
	}
	if !errors.As(err, &failed) || failed.LockedFor == 0 {
		t.Errorf("the fifth failure: %v, want that it begins a lock", err)
	}
	_, _, err = p.SignIn(t.Context(), "jane", "setup-Pa55", home, "")
	p.refuses(err, ledger.ErrLocked)
	p.SetTime(noon.Add(time.Minute))
	p.signIn("jane")
}

func TestOpenSession(t *testing.T) {
	p := newPanel(t)
	create := func(address netip.Addr) string {
		id, err := p.CreateSession(t.Context(), server.Admin, ledger.NewSession{Login: "rita", Address: address, StartingURL: "/subscriptions"})
		p.ok(err)
		return id
	}
	id := create(office)
	_, _, err := p.OpenSession(t.Context(), id, home)
	p.refuses(err, ledger.ErrNotFound)
	cookie, s, err := p.OpenSession(t.Context(), id, corridor)
	p.ok(err)
	if s.Login != "rita" || s.StartingURL != "/subscriptions" || s.Address != corridor || !p.isIn(cookie) {
		t.Errorf("got the session %+v", s)
	}
	_, _, err = p.OpenSession(t.Context(), id, corridor)
	p.refuses(err, ledger.ErrNotFound)
	_, _, err = p.OpenSession(t.Context(), "no such session", corridor)
	p.refuses(err, ledger.ErrNotFound)

	id = create(home)
	p.SetTime(noon.Add(31 * time.Minute))
	_, _, err = p.OpenSession(t.Context(), id, home)
	p.refuses(err, ledger.ErrNotFound)
}

// A session lasts as long as it is used, which is noted once a minute.
func TestSessionIsUsed(t *testing.T) {
	p := newPanel(t)
	cookie, _ := p.signIn("jane")
	for _, step := range []struct {
		after, noted time.Duration
		from, seen   netip.Addr
	}{
		{59 * time.Second, 0, office, home},
		{60 * time.Second, 60 * time.Second, office, office},
		{119 * time.Second, 60 * time.Second, home, office},
		{31 * time.Minute, 31 * time.Minute, home, home},
		{61 * time.Minute, 61 * time.Minute, home, home},
	} {
		p.SetTime(noon.Add(step.after))
		_, err := p.UseSession(t.Context(), cookie, step.from)
		p.ok(err)
		sessions, err := p.Sessions(t.Context(), server.Admin)
		p.ok(err)
		if got := sessions[0]; !got.Used.Equal(noon.Add(step.noted)) || got.Address != step.seen {
			t.Errorf("after %v: noted %v from %v, want %v from %v", step.after, got.Used.Sub(noon), got.Address, step.noted, step.seen)
		}
	}
	p.SetTime(noon.Add(92 * time.Minute))
	if p.isIn(cookie) {
		t.Error("a session that was not used for longer than it lasts is there still")
	}
}

func TestOwnSessions(t *testing.T) {
	p := newPanel(t)
	janes, s := p.signIn("jane")
	second, _ := p.signIn("jane")
	_, ritas := p.signIn("rita")
	jane := ledger.Identity{AccountID: s.AccountID, Role: s.Role, Login: s.Login}

	own, err := p.OwnSessions(t.Context(), jane)
	p.ok(err)
	all, err := p.Sessions(t.Context(), server.Admin)
	p.ok(err)
	if len(own) != 2 || own[0] != *s || len(all) != 3 {
		t.Errorf("got %d sessions of her own and %d in all, want 2 and 3", len(own), len(all))
	}
	p.refuses(p.EndOwnSession(t.Context(), jane, ritas.ID), ledger.ErrNotFound)
	p.ok(p.EndOwnSession(t.Context(), jane, s.ID))
	if p.isIn(janes) || !p.isIn(second) {
		t.Error("not the session that she ended has ended")
	}
	password := "other-Pa55"
	p.ok(p.UpdateCustomer(t.Context(), server.Admin, jane.AccountID, ledger.AccountUpdate{Password: &password}))
	if p.isIn(second) {
		t.Error("a session is there after the password was changed")
	}
}
