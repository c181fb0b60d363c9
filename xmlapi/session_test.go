package xmlapi_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/ledger"
)

// The administrator makes sessions for everyone, a reseller for himself and
// his customers, a customer for himself.
func TestSessionsForWhom(t *testing.T) {
	t.Parallel()
	api, p := resell(t)
	for _, test := range []struct {
		who  ledger.Identity
		want string
	}{
		{p.admin, "admin rita rick carl"},
		{p.reseller, "rita rick"},
		{p.resellersCustomer, "rick"},
		{p.customer, "carl"},
	} {
		var may []string
		for _, login := range []string{"admin", "rita", "rick", "carl"} {
			packet := `<packet><server>` + createSession(login) + `</server></packet>`
			got := answer(t, api, test.who, strings.NewReader(packet))
			switch {
			case strings.Contains(got, "<status>ok</status>"):
				may = append(may, login)
			case !strings.Contains(got, "<errcode>1013</errcode>"):
				t.Errorf("%s asks for a session of %s: %s", test.who.Login, login, got)
			}
		}
		if got := strings.Join(may, " "); got != test.want {
			t.Errorf("%s makes sessions for %q, want %q", test.who.Login, got, test.want)
		}
	}
	types := regexp.MustCompile(`<type>([a-z-]*)</type>.*?<login>([a-z]*)</login>`)
	listed := map[string]string{}
	for _, match := range types.FindAllStringSubmatch(answer(t, api, p.admin, strings.NewReader(`<packet><session><get/></session></packet>`)), -1) {
		listed[match[2]] = match[1]
	}
	if want := map[string]string{"admin": "admin", "rita": "reseller", "rick": "client", "carl": "client"}; fmt.Sprint(listed) != fmt.Sprint(want) {
		t.Errorf("the sessions' types are %v, want %v", listed, want)
	}
}

// A session ends when it was not used for login_timeout minutes.
func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	begin := time.Date(2026, 5, 15, 12, 0, 0, 0, time.UTC)
	do := func(operator, operation string) string {
		return post(t, s.Client(), `<packet><`+operator+`>`+operation+`</`+operator+`></packet>`)
	}
	id := sessionID(t, do("server", createSession("admin")))
	isListed := func() bool { return strings.Contains(do("session", "<get/>"), id) }

	for _, step := range []struct {
		after   time.Duration
		timeout string
		want    bool
	}{
		{30 * time.Minute, "", true},
		{30*time.Minute + time.Second, "", false},
		{30*time.Minute + time.Second, "31", true},
		{5 * time.Minute, "4", false},
	} {
		s.SetTime(begin.Add(step.after))
		if step.timeout != "" {
			do("server", `<set><session_setup><login_timeout>`+step.timeout+`</login_timeout></session_setup></set>`)
		}
		if got := isListed(); got != step.want {
			t.Errorf("after %v with the timeout %q: listed %t, want %t", step.after, step.timeout, got, step.want)
		}
	}
	terminate := `<terminate><session-id>` + id + `</session-id></terminate>`
	if got := do("session", terminate); !strings.Contains(got, "<errcode>1013</errcode>") {
		t.Errorf("a session that has ended was terminated: %s", got)
	}
	s.SetTime(begin.Add(4 * time.Minute))
	if got := do("session", terminate); !strings.Contains(got, "<status>ok</status>") || isListed() {
		t.Errorf("a session was not terminated: %s", got)
	}
}

func createSession(login string) string {
	return `<create_session><login>` + login + `</login><data><user_ip>MTI3LjAuMC4x</user_ip><source_server/></data></create_session>`
}

// sessionID returns the session id of an answer.
func sessionID(t *testing.T, answer string) string {
	t.Helper()
	match := regexp.MustCompile(`<id>([0-9a-f]{32})</id>`).FindStringSubmatch(answer)
	if match == nil {
		t.Fatalf("there is no session id in %s", answer)
	}
	return match[1]
}
