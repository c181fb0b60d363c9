package panel_test

import (
	"net/http"
	"testing"
)

func TestOwnContact(t *testing.T) {
	s := newPanel(t)
	for _, login := range []string{s.Login, "rita", "jane"} {
		b := signedIn(t, s, login)
		b.get("/account").has(t, http.StatusOK, login, `autocomplete="email"`, `autocomplete="current-password"`)
		p := b.post("/account", "name", `"New" <b>Name</b>`, "email", "new@example.com", "city", "Köln", "country", "de", "locale", "de-DE",
			"login", "somebody", "external-id", "x", "description", "x")
		p.has(t, http.StatusOK, "Your account was changed", "&#34;New&#34; &lt;b&gt;Name&lt;/b&gt;", `value="Köln"`, `value="DE"`, `<option value="de-DE" selected>`, login)
		p.lacks(t, "<b>Name", "somebody")
		p = b.post("/account", "name", "Kept", "email", "nowhere", "city", "Here")
		p.has(t, http.StatusUnprocessableEntity, "E-mail: expected an address", `value="Kept"`, `value="nowhere"`, `value="Here"`)
		b.get("/account").lacks(t, "Kept")
	}
}

func TestOwnContactThatIsLeftAlone(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, "jane")
	carried := carriedBy(t, b.get("/account"))
	ask(t, s, `<packet><customer><set><filter><login>jane</login></filter><values><gen_info><city>Oslo</city></gen_info></values></set></customer></packet>`)
	p := b.post("/account", "shown", carried, "name", "Jane", "city", "", "email", "nowhere")
	p.has(t, http.StatusUnprocessableEntity, "E-mail: expected")
	b.post("/account", "shown", carriedBy(t, p), "name", "Jane", "city", "", "email", "jane@example.com").
		has(t, http.StatusOK, `value="Jane"`, `value="Oslo"`, `value="jane@example.com"`)
}

func TestOwnLanguage(t *testing.T) {
	s := newPanel(t)
	ask(t, s, billed)
	b := signedIn(t, s, "jane")
	b.post("/account", "name", "Jane", "locale", "de-DE").has(t, http.StatusOK, "Your account was changed")
	b.get("/subscriptions/1").has(t, http.StatusOK, "27. Mai 2026")
}

func TestOwnPassword(t *testing.T) {
	s := newPanel(t)
	const wanted = "quite-an0ther"
	for _, login := range []string{s.Login, "rita", "jane"} {
		b, elsewhere := signedIn(t, s, login), signedIn(t, s, login)
		change := func(present, wanted, repeated string) shown {
			return b.post("/account", "change", "password", "password", present, "new-password", wanted, "repeated", repeated)
		}
		p := change("wrong", wanted, wanted)
		p.has(t, http.StatusUnprocessableEntity, "The present password is not right")
		p.lacks(t, wanted)
		change(password, wanted, wanted+"!").has(t, http.StatusUnprocessableEntity, "not typed the same way twice")
		change(password, "1234", "1234").has(t, http.StatusUnprocessableEntity, "Password: expected 5 to 255 characters")
		elsewhere.get("/").has(t, http.StatusOK, "Sign out")

		change(password, wanted, wanted).has(t, http.StatusOK, "Sign in", "Your password was changed and all of your sessions were ended")
		for _, ended := range []*browser{b, elsewhere} {
			ended.get("/").has(t, http.StatusOK, "Sign in")
		}
		b.post("/login", "login", login, "password", password).has(t, http.StatusUnauthorized)
		b.post("/login", "login", login, "password", wanted).has(t, http.StatusOK, "Sign out")
	}
}

func TestGuessingThePresentPasswordLocks(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, "jane")
	for range 5 {
		b.post("/account", "change", "password", "password", "wrong", "new-password", "quite-an0ther", "repeated", "quite-an0ther")
	}
	p := b.post("/account", "change", "password", "password", password, "new-password", "quite-an0ther", "repeated", "quite-an0ther")
	p.has(t, http.StatusUnprocessableEntity, "locked")
	newBrowser(t, s).post("/login", "login", "jane", "password", password).has(t, http.StatusTooManyRequests, "locked")
}
