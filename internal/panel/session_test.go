package panel_test

import (
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hostledger/hostledger/hostledgertest"
)

func TestStrangersSignInFirst(t *testing.T) {
	s := newPanel(t)
	b := newBrowser(t, s)
	p := b.get("/subscriptions/1?range=12m")
	p.has(t, http.StatusOK, "Sign in", `name="to" value="/subscriptions/1?range=12m"`)
	p = b.post("/login", "login", "jane", "password", password, "to", "/subscriptions/1?range=12m")
	if p.path != "/subscriptions/1?range=12m" {
		t.Errorf("after signing in: %s", p.path)
	}
	p.has(t, http.StatusOK, "jane.example", "12 months")
}

func TestSigningIn(t *testing.T) {
	s := newPanel(t)
	b := newBrowser(t, s)
	b.post("/login", "login", "jane", "password", "wrong").has(t, http.StatusUnauthorized, "do not belong together", `value="jane"`)
	b.post("/login", "login", "<script>", "password", "wrong").has(t, http.StatusUnauthorized, "&lt;script&gt;")
	b.post("/login", "login", "nobody", "password", "").has(t, http.StatusUnauthorized, "do not belong together")
	for _, elsewhere := range []string{"//evil.example", "https://evil.example/", `/\evil.example`, "javascript:alert(1)", "/login"} {
		if p := newBrowser(t, s).post("/login", "login", "jane", "password", password, "to", elsewhere); p.path != "/" {
			t.Errorf("to %q leads to %s", elsewhere, p.path)
		}
	}
	b = signedIn(t, s, "jane")
	b.post("/logout").has(t, http.StatusOK, "Sign in")
	b.get("/").has(t, http.StatusOK, "Sign in")
}

func TestLockoutIsSharedWithTheAPI(t *testing.T) {
	s := newPanel(t)
	b := newBrowser(t, s)
	for range 5 {
		b.post("/login", "login", "jane", "password", "wrong")
	}
	b.post("/login", "login", "jane", "password", password).has(t, http.StatusTooManyRequests, "locked")
	request, err := http.NewRequest(http.MethodPost, s.URL+"/enterprise/control/agent.php", strings.NewReader("<packet/>"))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("HTTP_AUTH_LOGIN", "jane")
	request.Header.Set("HTTP_AUTH_PASSWD", password)
	b.do(request).has(t, http.StatusOK, "locked")
}

func TestSessionOfTheAPI(t *testing.T) {
	s := newPanel(t)
	answer := ask(t, s, `<packet><server><create_session><login>jane</login><data><user_ip>MTI3LjAuMC4x</user_ip>`+
		`<starting_url>/subscriptions/1</starting_url><source_server/></data></create_session></server></packet>`)
	id := regexp.MustCompile(`<id>([0-9a-f]{32})</id>`).FindStringSubmatch(answer)
	if id == nil {
		t.Fatalf("no session:\n%s", answer)
	}
	open := "/enterprise/rsession_init.php?PLESKSESSID=" + id[1]
	b := newBrowser(t, s)
	if p := b.get(open); p.path != "/subscriptions/1" {
		t.Errorf("the session begins at %s", p.path)
	}
	b.get(open).has(t, http.StatusOK, "jane.example") // loaded anew
	newBrowser(t, s).get(open).has(t, http.StatusOK, "has been used or is too old")
	ask(t, s, `<packet><session><terminate><session-id>`+id[1]+`</session-id></terminate></session></packet>`)
	b.get("/subscriptions/1").has(t, http.StatusOK, "Sign in")
}

func TestSessionOfAnotherAddressIsNotOpened(t *testing.T) {
	s := newPanel(t)
	answer := ask(t, s, `<packet><server><create_session><login>jane</login><data><user_ip>MTkyLjAuMi4x</user_ip><source_server/></data></create_session></server></packet>`)
	id := regexp.MustCompile(`<id>([0-9a-f]{32})</id>`).FindStringSubmatch(answer)
	if id == nil {
		t.Fatalf("no session:\n%s", answer)
	}
	newBrowser(t, s).get("/enterprise/rsession_init.php?PLESKSESSID="+id[1]).has(t, http.StatusOK, "Sign in")
}

func TestSessionsEnd(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, "jane")
	s.SetTime(time.Date(2026, 5, 17, 12, 0, 0, 0, time.UTC))
	b.get("/").has(t, http.StatusOK, "Sign in")
	b = signedIn(t, s, "jane")
	ask(t, s, `<packet><customer><set><filter><login>jane</login></filter><values><gen_info><status>16</status></gen_info></values></set></customer></packet>`)
	b.get("/").has(t, http.StatusOK, "Sign in")
	b.post("/login", "login", "jane", "password", password).has(t, http.StatusForbidden, "suspended")
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, "jane")
	for _, header := range [][2]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}} {
		request, err := http.NewRequest(http.MethodPost, s.URL+"/logout", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set(header[0], header[1])
		b.do(request).has(t, http.StatusForbidden)
	}
	b.get("/").has(t, http.StatusOK, "jane.example")
}

func TestHeaders(t *testing.T) {
	s := newPanel(t)
	p := newBrowser(t, s).get("/login")
	for name, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
	} {
		if got := p.header.Get(name); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}
	if regexp.MustCompile(`(?i)<script>|\sstyle=|\son[a-z]+=`).MatchString(p.text) {
		t.Errorf("the page has what its own policy forbids:\n%s", p.text)
	}
}

// newSession asks the API for a session and returns its id.
func newSession(t *testing.T, s *hostledgertest.Server, data string) string {
	t.Helper()
	answer := ask(t, s, `<packet><server><create_session><login>jane</login><data><user_ip>127.0.0.1</user_ip>`+data+`</data></create_session></server></packet>`)
	id := regexp.MustCompile(`<id>([0-9a-f]{32})</id>`).FindStringSubmatch(answer)
	if id == nil {
		t.Fatalf("no session:\n%s", answer)
	}
	return id[1]
}

func TestLookingAheadUsesNothingUp(t *testing.T) {
	s := newPanel(t)
	open := "/enterprise/rsession_init.php?PLESKSESSID=" + newSession(t, s, "<source_server/>")
	b := newBrowser(t, s)
	request, err := http.NewRequest(http.MethodHead, s.URL+open, nil)
	if err != nil {
		t.Fatal(err)
	}
	b.do(request)
	b.get(open).has(t, http.StatusOK, "My subscriptions")
}

func TestSigningOutLeadsBack(t *testing.T) {
	s := newPanel(t)
	b := newBrowser(t, s)
	id := newSession(t, s, "<source_server/><back_url>https://billing.example/?a=1&amp;b=2</back_url>")
	b.get("/enterprise/rsession_init.php?PLESKSESSID="+id).has(t, http.StatusOK, "My subscriptions")
	p := b.post("/logout")
	p.has(t, http.StatusOK, `href="https://billing.example/?a=1&amp;b=2"`)
	if got := p.header.Get("Refresh"); got != "0; url=https://billing.example/?a=1&b=2" {
		t.Errorf("Refresh: %q", got)
	}
	b.get("/").has(t, http.StatusOK, "Sign in")
}

// A link to the host's own address must not lead elsewhere because a customer
// wants it to.
func TestCustomersSessionsStayHere(t *testing.T) {
	s := newPanel(t)
	p := signedIn(t, s, "jane").post("/console", "packet", `<packet><server><create_session><login>jane</login><data>`+
		`<user_ip>127.0.0.1</user_ip><starting_url>https://evil.example/</starting_url><source_server/></data></create_session></server></packet>`)
	p.has(t, http.StatusOK, "starting_url: expected a path on this server")
}

func TestOneSessionForABrowser(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, "admin")
	signedIn(t, s, "jane")
	b.get("/enterprise/rsession_init.php?PLESKSESSID="+newSession(t, s, "<source_server/>")).has(t, http.StatusOK, "My subscriptions")
	b.post("/login", "login", "admin", "password", password)
	if n := strings.Count(b.get("/sessions").text, ">administrator<"); n != 1 {
		t.Errorf("the administrator has %d sessions", n)
	}
}

func TestNoticesAreToldOnce(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, "jane")
	b.post("/account", "change", "contact", "name", "Jane Roe").has(t, http.StatusOK, "Your account was changed.")
	b.get("/account").lacks(t, "Your account was changed.")
	b.get("/account?done=password").lacks(t, "Your password was changed")
}

func TestWhatStrangersSendIsBounded(t *testing.T) {
	s := newPanel(t)
	for _, path := range []string{"/enterprise/rsession_init.php", "/login", "/theme"} {
		sent := &endless{}
		request, err := http.NewRequest(http.MethodPost, s.URL+path, sent)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		if response, err := http.DefaultClient.Do(request); err == nil {
			_ = response.Body.Close()
		}
		if sent.bytes.Load() > 8<<20 {
			t.Errorf("%s took %d bytes", path, sent.bytes.Load())
		}
	}
	for _, id := range []string{"%00", "%ff", "", "x"} {
		newBrowser(t, s).get("/enterprise/rsession_init.php?PLESKSESSID="+id).has(t, http.StatusOK, "Sign in")
	}
}

// endless is a file that somebody sends, of up to 64 MB.
type endless struct{ bytes atomic.Int64 }

func (e *endless) Read(b []byte) (int, error) {
	if e.bytes.Load() == 0 {
		e.bytes.Add(1)
		return copy(b, "--x\r\nContent-Disposition: form-data; name=\"x\"; filename=\"x\"\r\n\r\n"), nil
	}
	if e.bytes.Add(int64(len(b))) > 64<<20 {
		return 0, io.EOF
	}
	return len(b), nil
}
