package httpd_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
)

// The clock of hostledgertest stands, so that a lock lasts until a test sets it.
var noon = time.Date(2026, 5, 15, 12, 0, 0, 0, time.UTC)

// lockout is a server whose passwords are guessed. Requests come from
// 127.0.0.1; logins from elsewhere go to its ledger directly.
type lockout struct {
	*hostledgertest.Server
	t *testing.T
}

// newLockout returns a server with the customers jane, who has the password
// jane-Pa55word, and c1 to c12, who have password-1 to password-12.
func newLockout(t *testing.T) lockout {
	s := hostledgertest.New(t)
	s.Fixture(t, jane)
	var customers strings.Builder
	for i := range 12 {
		fmt.Fprintf(&customers, `<add><gen_info><pname>C</pname><login>c%d</login><passwd>password-%d</passwd></gen_info></add>`, i+1, i+1)
	}
	s.Fixture(t, `<packet><customer>`+customers.String()+`</customer></packet>`)
	return lockout{s, t}
}

// wantAnswer posts a packet with a login and a password; code 0 means that it
// is executed.
func (l lockout) wantAnswer(login, password string, code int, text string) {
	l.t.Helper()
	wantRefused(l.t, post(l.t, l.Server, headers{"HTTP_AUTH_LOGIN": login, "HTTP_AUTH_PASSWD": password}, protos), code, text)
}

func (l lockout) wantOK(login, password string) {
	l.t.Helper()
	l.wantAnswer(login, password, 0, "")
}

func (l lockout) wantLocked(login, password string, seconds int) {
	l.t.Helper()
	l.wantAnswer(login, password, 1012, fmt.Sprintf("The login is locked from this address after too many failures. Try again in %d s.", seconds))
}

// fail tries wrong passwords, each of which is checked.
func (l lockout) fail(login string, times int) {
	l.t.Helper()
	for i := range times {
		l.wantAnswer(login, fmt.Sprintf("wrong-%d", i), 1001, wrongPassword)
	}
}

// wantFrom signs in from an address.
func (l lockout) wantFrom(address, login, password string, want error) {
	l.t.Helper()
	_, err := l.Ledger.Login(l.t.Context(), login, password, netip.MustParseAddr(address))
	if !errors.Is(err, want) {
		l.t.Errorf("%s from %s: %v, want %v", login, address, err, want)
	}
}

func TestBytesOfALock(t *testing.T) {
	t.Parallel()
	l := newLockout(t)
	l.fail("admin", 5)
	const want = "<?xml version=\"1.0\"?>\n" +
		"\t<packet version=\"1.6.9.1\">\n" +
		"\t\t<system>\n" +
		"\t\t\t<status>error</status>\n" +
		"\t\t\t<errcode>1012</errcode>\n" +
		"\t\t\t<errtext>The login is locked from this address after too many failures. Try again in 10 s.</errtext>\n" +
		"\t\t</system>\t</packet>\n"
	if got := post(t, l.Server, admin(l.Server), protos); got != want {
		t.Errorf("the right password is answered\n%q\nwant\n%q", got, want)
	}
}

func TestLockEnds(t *testing.T) {
	t.Parallel()
	l := newLockout(t)
	l.fail("jane", 5)
	l.wantLocked("jane", "jane-Pa55word", 10)
	l.SetTime(noon.Add(9500 * time.Millisecond))
	l.wantLocked("jane", "wrong", 1)
	l.SetTime(noon.Add(10 * time.Second))
	l.wantOK("jane", "jane-Pa55word")
	// Nothing is left of the failures before.
	l.fail("jane", 4)
	l.wantOK("jane", "jane-Pa55word")
}

func TestLocksDouble(t *testing.T) {
	t.Parallel()
	l := newLockout(t)
	now := noon
	l.fail("jane", 4)
	for _, seconds := range []int{10, 20, 40, 80, 160, 320, 640, 900, 900, 900} {
		l.fail("jane", 1)
		l.wantLocked("jane", "jane-Pa55word", seconds)
		now = now.Add(time.Duration(seconds) * time.Second)
		l.SetTime(now)
	}
	l.wantOK("jane", "jane-Pa55word")
}

func TestFailuresAreForgotten(t *testing.T) {
	t.Parallel()
	l := newLockout(t)
	l.fail("jane", 4)
	l.SetTime(noon.Add(time.Hour))
	l.fail("jane", 4)
	l.SetTime(noon.Add(2*time.Hour - time.Second))
	l.fail("jane", 1)
	l.wantLocked("jane", "jane-Pa55word", 10)
	l.SetTime(noon.Add(3*time.Hour - time.Second))
	l.fail("jane", 4)
	l.wantOK("jane", "jane-Pa55word")
}

// Nobody can lock the administrator, or anybody, out from elsewhere.
func TestLockIsForOneSource(t *testing.T) {
	t.Parallel()
	l := newLockout(t)
	for _, source := range []struct{ from, same, other string }{
		{"192.0.2.7", "192.0.2.7", "192.0.2.8"},
		{"2001:db8::7", "2001:db8::ffff:8", "2001:db8:0:1::7"},
		{"::ffff:198.51.100.7", "198.51.100.7", "::ffff:198.51.100.8"},
	} {
		for range 5 {
			l.wantFrom(source.from, "admin", "wrong", ledger.ErrWrongLogin)
		}
		l.wantFrom(source.same, "admin", l.Password, ledger.ErrLocked)
		l.wantFrom(source.other, "admin", l.Password, nil)
	}
	l.wantOK("admin", l.Password)
}

func TestLockIsForOneLogin(t *testing.T) {
	t.Parallel()
	l := newLockout(t)
	l.fail("jane", 5)
	l.wantOK("admin", l.Password)
	l.wantOK("c1", "password-1")
	l.wantLocked("jane", "jane-Pa55word", 10)
}

// Who tries one password with many logins is stopped too, but not those at the
// same address whose passwords have been right.
func TestManyLoginsLockTheirSource(t *testing.T) {
	t.Parallel()
	l := newLockout(t)
	l.wantOK("admin", l.Password)
	for round := range 5 {
		for i := range 10 {
			l.wantAnswer(fmt.Sprintf("c%d", i+1), fmt.Sprintf("wrong-%d", round), 1001, wrongPassword)
		}
	}
	l.wantLocked("c12", "password-12", 10)
	l.wantLocked("nobody", "wrong", 10)
	l.wantOK("admin", l.Password)
	l.wantFrom("192.0.2.8", "c12", "password-12", nil)
	l.SetTime(noon.Add(10 * time.Second))
	l.wantOK("c11", "password-11")
	// A right password does not pay for the wrong ones with other logins.
	l.fail("c12", 1)
	l.wantLocked("jane", "jane-Pa55word", 20)
}

// A program that goes on with a wrong password for hours locks nobody but itself.
func TestOneLoginDoesNotLockItsSource(t *testing.T) {
	t.Parallel()
	l := newLockout(t)
	for i := range 60 {
		l.SetTime(noon.Add(time.Duration(i) * 15 * time.Minute))
		l.fail("jane", 1)
	}
	l.wantLocked("jane", "jane-Pa55word", 900)
	l.wantOK("c1", "password-1")
}

func TestVerifiedCredentialPassesALock(t *testing.T) {
	t.Parallel()
	l := newLockout(t)
	l.wantOK("jane", "jane-Pa55word")
	l.fail("jane", 5)
	l.wantOK("jane", "jane-Pa55word")
	l.SetTime(noon.Add(5 * time.Second)) // now it is looked at anew
	l.wantOK("jane", "jane-Pa55word")
	l.wantLocked("jane", "wrong", 5)

	// It was verified there, and nowhere else.
	for range 5 {
		l.wantFrom("192.0.2.7", "jane", "wrong", ledger.ErrWrongLogin)
	}
	l.wantFrom("192.0.2.7", "jane", "jane-Pa55word", ledger.ErrLocked)
}

func TestChangedPasswordPassesNoLock(t *testing.T) {
	t.Parallel()
	l := newLockout(t)
	l.wantOK("jane", "jane-Pa55word")
	l.fail("jane", 5)
	wantOK(t, post(t, l.Server, admin(l.Server), `<packet><customer><set><filter><login>jane</login></filter><values><gen_info>`+
		`<passwd>new-Pa55word</passwd></gen_info></values></set></customer></packet>`))
	l.wantLocked("jane", "jane-Pa55word", 10)
	l.wantLocked("jane", "new-Pa55word", 10)
	l.SetTime(noon.Add(10 * time.Second))
	l.wantOK("jane", "new-Pa55word")
}

func TestUnknownLoginIsLockedAsAKnownOne(t *testing.T) {
	t.Parallel()
	l := newLockout(t)
	guess := func(login string) (answers string) {
		for i := range 7 {
			answers += post(t, l.Server, headers{"HTTP_AUTH_LOGIN": login, "HTTP_AUTH_PASSWD": fmt.Sprintf("wrong-%d", i)}, protos)
		}
		return answers
	}
	if known, unknown := guess("jane"), guess("nobody"); known != unknown {
		t.Errorf("a known login is answered\n%s\nand an unknown one\n%s", known, unknown)
	}
}

// A right password is no failure, whatever else stands against its account.
func TestDisabledIsNoFailure(t *testing.T) {
	t.Parallel()
	l := newLockout(t)
	wantOK(t, post(t, l.Server, admin(l.Server), status("16")))
	for range 8 {
		l.wantAnswer("jane", "jane-Pa55word", 1011, disabled)
	}
	wantOK(t, post(t, l.Server, admin(l.Server), status("0")))
	l.fail("jane", 4)
	l.wantOK("jane", "jane-Pa55word")
}

func TestWrongKeysLockNothing(t *testing.T) {
	t.Parallel()
	l := newLockout(t)
	for range 60 {
		wantRefused(t, post(t, l.Server, admin(l.Server).with("KEY", "wrong"), protos), 11003, keyNotFound)
	}
	l.wantOK("admin", l.Password)
}

// Guesses that come at once are no more than guesses one after another.
func TestManyAtOnceAreLockedAllTheSame(t *testing.T) {
	t.Parallel()
	l := newLockout(t)
	var all sync.WaitGroup
	var checked atomic.Int32
	for i := range 60 {
		all.Go(func() {
			_, err := l.Ledger.Login(t.Context(), "jane", fmt.Sprintf("wrong-%d", i), netip.MustParseAddr("192.0.2.7"))
			switch {
			case errors.Is(err, ledger.ErrWrongLogin):
				checked.Add(1)
			case !errors.Is(err, ledger.ErrLocked):
				t.Errorf("a wrong password: %v", err)
			}
		})
	}
	all.Wait()
	if checked.Load() != 5 {
		t.Errorf("%d passwords were checked", checked.Load())
	}
}

// The log tells of each lock once, and logins only where there is such an
// account: what is none may be somebody's password.
func TestLocksAreLogged(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	s := open(t, server.Options{Log: slog.New(slog.NewTextHandler(&log, nil)), Now: func() time.Time { return noon }})
	listener := httptest.NewServer(s.Handler)
	l := lockout{&hostledgertest.Server{URL: listener.URL, Ledger: s.Ledger}, t}
	l.fail("admin", 5)
	l.fail("my-Pa55word", 5)
	for range 3 {
		l.wantLocked("admin", "wrong", 10)
		l.wantLocked("my-Pa55word", "wrong", 10)
	}
	listener.Close()
	for text, times := range map[string]int{
		`msg="credentials refused"`:             10,
		`msg="login locked"`:                    2,
		`login=admin for=10s all_logins=false`:  1,
		`login="" for=10s all_logins=false`:     1,
		`method=login login=admin reason="You`:  5,
		`method=login login="" reason="You`:     5,
		`my-Pa55word`:                           0,
		`The login is locked from this address`: 0,
	} {
		if got := strings.Count(log.String(), text); got != times {
			t.Errorf("%s is logged %d times, want %d:\n%s", text, got, times, &log)
		}
	}
}
