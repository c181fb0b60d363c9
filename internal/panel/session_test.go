package panel_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
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
