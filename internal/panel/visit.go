package panel

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/hostledger/hostledger/internal/httpd"
	"github.com/hostledger/hostledger/internal/panel/human"
	"github.com/hostledger/hostledger/ledger"
)

// visit is a request of somebody who is signed in.
type visit struct {
	*panel
	w       http.ResponseWriter
	r       *http.Request
	who     ledger.Identity
	session *ledger.Session
	account *ledger.Account
	reader  human.Reader
}

// page answers a visit. What it returns as an error has a page of its own.
type page func(v *visit) error

// access tells whether a role may see a page.
type access func(ledger.Role) bool

func anyone(ledger.Role) bool          { return true }
func providers(role ledger.Role) bool  { return role != ledger.RoleCustomer }
func adminOnly(role ledger.Role) bool  { return role == ledger.RoleAdmin }
func (v *visit) isHost() bool          { return providers(v.who.Role) }
func (v *visit) today() ledger.Date    { return v.reader.Day(v.Ledger.Now()) }
func (v *visit) query() url.Values     { return allLegible(v.r.URL.Query()) }
func (v *visit) value(n string) string { return legible(v.r.PostFormValue(n)) }

// posted returns what was typed into a form.
func (v *visit) posted() url.Values { return allLegible(v.r.PostForm) }

func allLegible(values url.Values) url.Values {
	clean := url.Values{}
	for name, of := range values {
		for _, value := range of {
			clean.Add(name, legible(value))
		}
	}
	return clean
}

// legible drops what the ledger's texts cannot have, because the API's answers
// could not carry it: characters that XML does not know.
func legible(s string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == '\uFFFE' || c == '\uFFFF' || c == utf8.RuneError {
			return -1
		}
		return c
	}, s)
}

// signedIn lets in who has a session and may see the page. Others are asked to
// sign in, and come back to the page then.
func (p *panel) signedIn(may access, show page) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, err := p.visitOf(w, r)
		switch {
		case err != nil:
			p.fail(w, r, err)
			return
		case v == nil:
			p.askToSignIn(w, r)
			return
		case !may(v.who.Role):
			v.fail(errNoPage)
			return
		}
		if r.Method != http.MethodPost {
			r.Body = http.NoBody
		} else if err := readForm(w, r); err != nil {
			v.fail(err)
			return
		}
		if err := show(v); err != nil {
			v.fail(err)
		}
	}
}

// mostForm bounds what a form may send: a packet of 8 MiB from the console, with
// what is around it.
const mostForm = 8<<20 + 64<<10

// readForm reads a form of either encoding. A browser that sends all before it
// listens has to be heard to the end, or it would not see why it is refused.
func readForm(w http.ResponseWriter, r *http.Request) error {
	body := r.Body
	bound(w, r, mostForm)
	err := r.ParseForm()
	if err == nil {
		err = r.ParseMultipartForm(mostForm)
	}
	var tooLarge *http.MaxBytesError
	switch {
	case err == nil, errors.Is(err, http.ErrNotMultipart):
		return nil
	case errors.As(err, &tooLarge):
		_, _ = io.CopyN(io.Discard, body, mostForm)
		return errLargeForm
	}
	return errBadForm
}

// bound bounds what is read of a request, in bytes and in time.
func bound(w http.ResponseWriter, r *http.Request, most int64) {
	// Not every ResponseWriter has deadlines; those of tests may do without.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(formPatience))
	r.Body = http.MaxBytesReader(w, r.Body, most)
}

// formPatience is how long a form may take to arrive.
const formPatience = time.Minute

// visitOf returns nil for a stranger.
func (p *panel) visitOf(w http.ResponseWriter, r *http.Request) (*visit, error) {
	session, err := p.sessionOf(r)
	if err != nil || session == nil {
		return nil, err
	}
	accounts, err := p.Ledger.Accounts(r.Context(), []int64{session.AccountID})
	if err != nil || len(accounts) == 0 {
		return nil, err
	}
	v := &visit{
		panel: p, w: w, r: r, session: session, account: &accounts[0],
		who: ledger.Identity{AccountID: session.AccountID, Role: session.Role, Login: session.Login, Address: httpd.RemoteAddress(r)},
	}
	v.reader, err = p.readerOf(r, session.Locale, v.account.Contact.Locale)
	return v, err
}

// pathID returns the id in the path of a page.
func (v *visit) pathID() (int64, error) {
	id, err := strconv.ParseInt(v.r.PathValue("id"), 10, 64)
	if err != nil || id <= 0 {
		return 0, errNoPage
	}
	return id, nil
}

// byID is the filter that selects one object.
func byID(id int64) ledger.Filter {
	return ledger.Filter{By: ledger.ByID, Values: []string{strconv.FormatInt(id, 10)}}
}

// found returns what a filter by one id came to, so that nobody reads what he
// may not see.
func found(matches []ledger.Match, err error) error {
	if err != nil {
		return err
	}
	if len(matches) != 1 || matches[0].ID == 0 {
		return errNoPage
	}
	return matches[0].Err
}
