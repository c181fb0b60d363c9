package panel

import (
	"bytes"
	"embed"
	"errors"
	"html/template"
	"io/fs"
	"net/http"
	"strings"

	"github.com/hostledger/hostledger/internal/panel/human"
	"github.com/hostledger/hostledger/ledger"
)

//go:embed templates
var templateFiles embed.FS

// parseTemplates returns the templates of pages by the names of their files,
// without the ending, each with the layout and the parts.
func parseTemplates(a *assets) map[string]*template.Template {
	common := template.Must(template.New("").Funcs(template.FuncMap{
		"asset":    a.url,
		"dict":     dict,
		"lower":    strings.ToLower,
		"cycle":    human.Cycle,
		"language": ledger.LocaleName,
		"u64":      func(n int) uint64 { return uint64(n) },
		"money": func(currency ledger.Currency, sum ledger.Decimal) ledger.Money {
			return ledger.Money{Currency: currency, Sum: sum}
		},
	}).ParseFS(templateFiles, "templates/layout.html", "templates/parts.html"))
	names, err := fs.Glob(templateFiles, "templates/*.html")
	must(err)
	pages := map[string]*template.Template{}
	for _, name := range names {
		page := template.Must(common.Clone())
		pages[strings.TrimSuffix(strings.TrimPrefix(name, "templates/"), ".html")] = template.Must(page.ParseFS(templateFiles, name))
	}
	return pages
}

// dict makes an argument of several for a part: names and values in turn.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, errors.New("dict: a name without a value")
	}
	values := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, errors.New("dict: a name is not a string")
		}
		values[name] = pairs[i+1]
	}
	return values, nil
}

// frame is what the layout and, as $, each page's template are given.
type frame struct {
	Title   string
	Visit   *frameVisit // nil for a stranger
	R       human.Reader
	Theme   string // light, dark, or empty for the browser's own
	Path    string // of the page with its query; "" for an answer to a form, which cannot be had again
	Notice  string // what has just been done
	Problem string // why something was not done
	D       any    // what the page is about
}

// frameVisit is what the layout tells of who is signed in.
type frameVisit struct {
	Login, Name string
	IsHost      bool
	IsAdmin     bool
	Menu        []menuItem
}

// view is a page to be shown.
type view struct {
	template string
	title    string
	data     any
	problem  string
	status   int // 0: OK
}

// show answers with a page.
func (v *visit) show(view view) error {
	f := frame{
		Title: view.title, R: v.reader, Theme: themeOf(v.r), Path: addressOf(v.r), Problem: view.problem, D: view.data,
		Notice: noticeOf(v.w, v.r),
		Visit: &frameVisit{
			Login: v.who.Login, Name: v.account.Contact.Name, IsHost: v.isHost(), IsAdmin: v.who.Role == ledger.RoleAdmin,
			Menu: menuOf(v.who.Role, v.r.URL.Path),
		},
	}
	return v.write(v.w, view, f)
}

// write renders a page whole before any of it is sent, so that what goes wrong
// can still be told.
func (p *panel) write(w http.ResponseWriter, view view, f frame) error {
	var page bytes.Buffer
	if err := p.templates[view.template].ExecuteTemplate(&page, "layout", f); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(max(view.status, http.StatusOK))
	_, _ = page.WriteTo(w)
	return nil
}

// redirect sends the browser to another page of the panel.
func (v *visit) redirect(to string) error {
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
	return nil
}

// addressOf returns where a page can be had again, or "".
func addressOf(r *http.Request) string {
	if r.Method != http.MethodGet {
		return ""
	}
	return r.URL.RequestURI()
}

// noticeCookie holds the key of what the next page says has been done.
const noticeCookie = "done"

// done sends the browser to a page that tells what has just been done: a key of
// notices.
func (v *visit) done(to, notice string) error {
	http.SetCookie(v.w, &http.Cookie{
		Name: noticeCookie, Value: notice, Path: "/", MaxAge: 60, HttpOnly: true, Secure: v.r.TLS != nil, SameSite: http.SameSiteLaxMode,
	})
	return v.redirect(to)
}

// noticeOf returns what has just been done. It is told once.
func noticeOf(w http.ResponseWriter, r *http.Request) string {
	cookie, err := r.Cookie(noticeCookie)
	if err != nil {
		return ""
	}
	http.SetCookie(w, &http.Cookie{
		Name: noticeCookie, Path: "/", MaxAge: -1, HttpOnly: true, Secure: r.TLS != nil, SameSite: http.SameSiteLaxMode,
	})
	return notices[cookie.Value]
}

var (
	errNoPage    = errors.New("no such page")
	errLargeForm = errors.New("the form is too large")
	errBadForm   = errors.New("the form cannot be read")
)

// explain returns the status and the words for an error.
func explain(err error) (status int, title, text string) {
	var told *ledger.Error
	switch {
	case errors.Is(err, errNoPage), errors.Is(err, ledger.ErrNotFound):
		return http.StatusNotFound, "Not found", "There is nothing at this address, or it is not yours to see."
	case errors.Is(err, errLargeForm):
		return http.StatusRequestEntityTooLarge, "Too much", "What was sent is larger than the panel takes."
	case errors.Is(err, errBadForm):
		return http.StatusBadRequest, "Not understood", "What was sent is not a form of the panel."
	case errors.Is(err, ledger.ErrPermission):
		return http.StatusForbidden, "Not allowed", "Your account may not do this. Your provider can tell you more."
	case errors.As(err, &told):
		return http.StatusUnprocessableEntity, "That did not work", plain(told)
	}
	return http.StatusInternalServerError, "Something went wrong", "The server could not do this. It has been written to its log; please try again later."
}

// fail answers a visit with a page about an error.
func (v *visit) fail(err error) {
	if v.r.Context().Err() != nil {
		return // nobody waits for it any more
	}
	status, title, text := explain(err)
	if status == http.StatusInternalServerError {
		v.Log.ErrorContext(v.r.Context(), "page failed", "path", v.r.URL.Path, "login", v.who.Login, "error", err)
	}
	if err := v.show(view{template: "error", title: title, data: text, status: status}); err != nil {
		v.panel.fail(v.w, v.r, err)
	}
}

// noPage answers where there is no page. Programs that have the wrong address
// learn it, too: they are not sent to the login.
func (p *panel) noPage(w http.ResponseWriter, r *http.Request) {
	v, err := p.visitOf(w, r)
	switch {
	case err != nil:
		p.fail(w, r, err)
	case v == nil:
		http.Error(w, "There is nothing at this address. The panel begins at /.", http.StatusNotFound)
	default:
		v.fail(errNoPage)
	}
}

// fail answers a stranger.
func (p *panel) fail(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil {
		return
	}
	p.Log.ErrorContext(r.Context(), "page failed", "path", r.URL.Path, "error", err)
	http.Error(w, "The server could not do this. It has been written to its log; please try again later.", http.StatusInternalServerError)
}

// refused tells whether an error is for the person at a form, and what to say.
func refused(err error) (problem string, ok bool) {
	var told *ledger.Error
	if !errors.As(err, &told) || errors.Is(err, ledger.ErrPermission) {
		return "", false
	}
	return plain(told), true
}

// again shows a form that was refused as it was filled in, with why. Other
// errors are passed on.
func (v *visit) again(page view, err error) error {
	problem, ok := refused(err)
	if !ok {
		return err
	}
	page.problem, page.status = problem, http.StatusUnprocessableEntity
	return v.show(page)
}
