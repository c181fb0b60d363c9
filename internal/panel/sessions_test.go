package panel_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

var sessionButton = regexp.MustCompile(`name="session" value="([0-9a-f]{16})"`)

func TestOwnSessions(t *testing.T) {
	s := newPanel(t)
	b, other := signedIn(t, s, "jane"), signedIn(t, s, "jane")
	signedIn(t, s, "joe")
	p := b.get("/sessions")
	p.has(t, http.StatusOK, "this one", "127.0.0.1", "customer", "1–2 of 2", "just now", "May 15, 2026, 12:00 UTC")
	p.lacks(t, "joe", "Everybody")
	for _, row := range strings.Split(p.text, "<tr>") {
		if found := sessionButton.FindStringSubmatch(row); found != nil && !strings.Contains(row, "this one") {
			b.post("/sessions/end", "session", found[1]).has(t, http.StatusOK, "The session was ended.", "1–1 of 1")
		}
	}
	other.get("/").has(t, http.StatusOK, "Sign in")
	b.post("/sessions/end", "session", "0123456789abcdef").has(t, http.StatusNotFound)
	own := sessionButton.FindStringSubmatch(b.get("/sessions").text)
	b.post("/sessions/end", "session", own[1]).has(t, http.StatusOK, "Sign in")
	b.get("/sessions").has(t, http.StatusOK, "Sign in")
}

func TestAllSessions(t *testing.T) {
	s := newPanel(t)
	jane, joe, b := signedIn(t, s, "jane"), signedIn(t, s, "joe"), signedIn(t, s, admin)
	id, err := s.Ledger.CreateSession(t.Context(), ledger.Identity{AccountID: ledger.AdminID, Role: ledger.RoleAdmin, Login: admin}, ledger.NewSession{Login: "rita"})
	if err != nil {
		t.Fatal(err)
	}
	p := b.get("/sessions")
	p.has(t, http.StatusOK, "jane", "joe", "rita", "not opened yet", "1–4 of 4")
	p.lacks(t, id)
	for _, row := range strings.Split(p.text, "<tr>") {
		if strings.Contains(row, "joe") {
			joes := sessionButton.FindStringSubmatch(row)[1]
			jane.post("/sessions/end", "session", joes).has(t, http.StatusNotFound)
			b.post("/sessions/end", "session", joes).has(t, http.StatusOK, "The session was ended.")
		}
	}
	joe.get("/").has(t, http.StatusOK, "Sign in")
	jane.get("/").has(t, http.StatusOK, "jane.example")
}

// No page gives away what would open a session.
func TestSessionIDsAreNotShown(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, admin)
	sessions, err := s.Ledger.Sessions(t.Context(), ledger.Identity{AccountID: ledger.AdminID, Role: ledger.RoleAdmin})
	if err != nil || len(sessions) != 1 {
		t.Fatalf("%d sessions: %v", len(sessions), err)
	}
	b.get("/sessions").lacks(t, sessions[0].ID, sessions[0].ID[:16], sessions[0].CookieHash, fmt.Sprint(sessions[0].AccountID)+sessions[0].ID)
}
