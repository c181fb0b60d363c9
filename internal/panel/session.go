package panel

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/hostledger/hostledger/internal/httpd"
	"github.com/hostledger/hostledger/internal/panel/human"
	"github.com/hostledger/hostledger/ledger"
)

const (
	loginPath = "/login"
	// openPath is where the id that server/create_session returns is taken to.
	// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-sessions.35696/
	openPath = "/enterprise/rsession_init.php"
)

func (p *panel) routeSessions(mux *http.ServeMux) {
	mux.HandleFunc("GET "+loginPath, small(p.showLogin))
	mux.HandleFunc("POST "+loginPath, small(p.signIn))
	mux.HandleFunc("POST /logout", small(p.signOut))
	mux.HandleFunc("POST /theme", small(setTheme))
	mux.HandleFunc("GET "+openPath, small(p.openSession))
	mux.HandleFunc("POST "+openPath, small(p.openSession))
}

// small bounds what a stranger may send.
func small(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		bound(w, r, 64<<10)
		next(w, r)
	}
}

// begin gives the browser the secret of a session that begins, and ends the one
// that it had.
func (p *panel) begin(w http.ResponseWriter, r *http.Request, secret string) error {
	if err := p.endSession(r); err != nil {
		return err
	}
	setCookie(w, r, secret)
	return nil
}

// endSession ends the session of a request, if it has one.
func (p *panel) endSession(r *http.Request) error {
	session, err := p.sessionOf(r)
	if err != nil || session == nil {
		return err
	}
	who := ledger.Identity{AccountID: session.AccountID, Role: session.Role, Login: session.Login}
	if err := p.Ledger.EndOwnSession(r.Context(), who, session.ID); !errors.Is(err, ledger.ErrNotFound) {
		return err
	}
	return nil
}

// cookieName returns the name of the cookie that holds a session's secret. With
// the prefix, browsers take it from this very host over HTTPS only.
func cookieName(r *http.Request) string {
	if r.TLS != nil {
		return "__Host-hostledger"
	}
	return "hostledger"
}

func setCookie(w http.ResponseWriter, r *http.Request, secret string) {
	cookie := &http.Cookie{
		Name: cookieName(r), Value: secret, Path: "/", HttpOnly: true, Secure: r.TLS != nil, SameSite: http.SameSiteLaxMode,
	}
	if secret == "" {
		cookie.MaxAge = -1
	}
	http.SetCookie(w, cookie)
}

// sessionOf returns nil when a request has no session, or one that has ended.
func (p *panel) sessionOf(r *http.Request) (*ledger.Session, error) {
	cookie, err := r.Cookie(cookieName(r))
	if err != nil {
		return nil, nil //nolint:nilerr,nilnil // a stranger
	}
	session, err := p.Ledger.UseSession(r.Context(), cookie.Value, httpd.RemoteAddress(r))
	if errors.Is(err, ledger.ErrNotFound) {
		return nil, nil //nolint:nilnil // a stranger
	}
	return session, err
}

// askToSignIn sends a stranger to the login, and from there back to where he
// wanted to go.
func (p *panel) askToSignIn(w http.ResponseWriter, r *http.Request) {
	to := loginPath
	if r.Method == http.MethodGet && r.URL.Path != "/" {
		to += "?to=" + url.QueryEscape(r.URL.RequestURI())
	}
	if r.Header.Get("HX-Request") != "" {
		w.Header().Set("HX-Redirect", to) // a part of a page cannot be the login
		return
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// loginForm is what the page of the login shows.
type loginForm struct{ Login, To string }

func (p *panel) showLogin(w http.ResponseWriter, r *http.Request) {
	if session, err := p.sessionOf(r); err == nil && session != nil {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	problem := ""
	if r.URL.Query().Has("expired") {
		problem = "This link has been used or is too old. Please sign in."
	}
	p.login(w, r, loginForm{To: r.URL.Query().Get("to")}, http.StatusOK, problem)
}

func (p *panel) login(w http.ResponseWriter, r *http.Request, form loginForm, status int, problem string) {
	reader, err := p.readerOf(r, "", "")
	if err == nil {
		f := frame{Title: "Sign in", R: reader, Theme: themeOf(r), Path: addressOf(r), Notice: noticeOf(w, r), Problem: problem, D: form}
		err = p.write(w, view{template: "login", status: status}, f)
	}
	if err != nil {
		p.fail(w, r, err)
	}
}

func (p *panel) signIn(w http.ResponseWriter, r *http.Request) {
	form := loginForm{Login: strings.TrimSpace(legible(r.PostFormValue("login"))), To: r.PostFormValue("to")}
	secret, session, err := p.Ledger.SignIn(r.Context(), form.Login, r.PostFormValue("password"), httpd.RemoteAddress(r), "")
	if err != nil {
		p.refuse(w, r, form, err)
		return
	}
	if err := p.begin(w, r, secret); err != nil {
		p.fail(w, r, err)
		return
	}
	p.Log.InfoContext(r.Context(), "signed in", "login", session.Login, "remote", r.RemoteAddr)
	to := "/"
	if isOwnPath(form.To) {
		to = form.To
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// refuse shows the form again, with why.
func (p *panel) refuse(w http.ResponseWriter, r *http.Request, form loginForm, err error) {
	p.Refusals.Log(r, httpd.Refused{Method: "panel", Login: form.Login, Err: err})
	switch {
	case errors.Is(err, ledger.ErrWrongLogin):
		p.login(w, r, form, http.StatusUnauthorized, "This login and password do not belong together. Please look at both again.")
	case errors.Is(err, ledger.ErrDisabled):
		p.login(w, r, form, http.StatusForbidden, "This account is suspended. Please ask your provider.")
	case errors.Is(err, ledger.ErrPermission):
		p.login(w, r, form, http.StatusForbidden, "This account may not use the control panel. Please ask your provider.")
	case errors.Is(err, ledger.ErrLocked), errors.Is(err, ledger.ErrBusy):
		var told *ledger.Error
		errors.As(err, &told)
		p.login(w, r, form, http.StatusTooManyRequests, told.Text)
	default:
		p.fail(w, r, err)
	}
}

// isOwnPath tells whether an address is one of the panel's own, so that a link
// to the login cannot lead elsewhere.
func isOwnPath(to string) bool {
	u, err := url.Parse(to)
	return err == nil && u.Scheme == "" && u.Host == "" && strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//") &&
		!strings.ContainsAny(to, "\\\r\n\t") && u.Path != loginPath
}

func (p *panel) signOut(w http.ResponseWriter, r *http.Request) {
	session, err := p.sessionOf(r)
	if err == nil {
		err = p.endSession(r)
	}
	if err != nil {
		p.fail(w, r, err)
		return
	}
	setCookie(w, r, "")
	if session == nil || session.BackURL == "" {
		http.Redirect(w, r, loginPath, http.StatusSeeOther)
		return
	}
	// The policy of pages lets no form lead elsewhere, by a redirect either.
	w.Header().Set("Refresh", "0; url="+session.BackURL)
	reader, err := p.readerOf(r, session.Locale)
	if err == nil {
		f := frame{Title: "Signed out", R: reader, Theme: themeOf(r), D: session.BackURL}
		err = p.write(w, view{template: "signed_out"}, f)
	}
	if err != nil {
		p.fail(w, r, err)
	}
}

// openSession lets in who comes with the id that server/create_session returned:
// once, from the address that it is bound to.
func (p *panel) openSession(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodHead {
		return // whoever looks ahead must not use the id up
	}
	id := r.FormValue("PLESKSESSID")
	secret, session, err := p.Ledger.OpenSession(r.Context(), id, httpd.RemoteAddress(r))
	if errors.Is(err, ledger.ErrNotFound) {
		if own, err := p.sessionOf(r); err == nil && own != nil && own.ID == id {
			http.Redirect(w, r, startOf(own), http.StatusSeeOther) // the page was loaded anew
			return
		}
		p.Refusals.Log(r, httpd.Refused{Method: "session", Err: err})
		http.Redirect(w, r, loginPath+"?expired", http.StatusSeeOther)
		return
	}
	if err != nil {
		p.fail(w, r, err)
		return
	}
	if err := p.begin(w, r, secret); err != nil {
		p.fail(w, r, err)
		return
	}
	http.Redirect(w, r, startOf(session), http.StatusSeeOther)
}

func startOf(s *ledger.Session) string {
	if s.StartingURL == "" {
		return "/"
	}
	return s.StartingURL
}

// readerOf returns how the one who makes a request reads: in the first of the
// locales that is set, or the one of the browser, and in the browser's time
// zone, which panel.js puts into a cookie, or the server's.
func (p *panel) readerOf(r *http.Request, locales ...string) (human.Reader, error) {
	zone := p.Ledger.Now().Location()
	if cookie, err := r.Cookie("tz"); err == nil {
		if own := human.Zone(cookie.Value); own != nil {
			zone = own
		}
	}
	for _, locale := range locales {
		if locale != "" {
			return human.NewReader(locale, zone), nil
		}
	}
	enabled, err := p.Ledger.EnabledLocales(r.Context())
	return human.NewReader(human.Negotiate(r.Header.Get("Accept-Language"), append(enabled, "en-GB")), zone), err
}

const themeCookie = "theme"

// themeOf returns light or dark, or "" for what the browser prefers.
func themeOf(r *http.Request) string {
	if cookie, err := r.Cookie(themeCookie); err == nil && (cookie.Value == "light" || cookie.Value == "dark") {
		return cookie.Value
	}
	return ""
}

// setTheme keeps the choice of light or dark, and returns to the page.
func setTheme(w http.ResponseWriter, r *http.Request) {
	cookie := &http.Cookie{
		Name: themeCookie, Value: r.PostFormValue("theme"), Path: "/", Secure: r.TLS != nil, HttpOnly: true,
		SameSite: http.SameSiteLaxMode, MaxAge: int((365 * 24 * time.Hour).Seconds()),
	}
	if cookie.Value != "light" && cookie.Value != "dark" {
		cookie.Value, cookie.MaxAge = "", -1
	}
	http.SetCookie(w, cookie)
	to := r.PostFormValue("to")
	if !isOwnPath(to) {
		to = "/"
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}
