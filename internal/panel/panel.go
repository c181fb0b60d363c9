// Package panel is the control panel: the pages on which customers see what
// their subscriptions use, what they cost and when they renew, and on which
// hosts look after them. Pages are made on the server and need no JavaScript;
// whatever they do goes by the rules of package ledger.
package panel

import (
	"html/template"
	"log/slog"
	"net/http"

	"github.com/hostledger/hostledger/internal/httpd"
	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
)

// Config is what the panel serves.
type Config struct {
	Ledger     *ledger.Ledger
	API        *xmlapi.API // runs the packets of the console
	Log        *slog.Logger
	Refusals   *httpd.Refusals // of those who sign in
	Collecting Collecting      // nil: this server reads no logs
}

type panel struct {
	Config
	templates map[string]*template.Template
	assets    *assets
	overviews overviews
}

// New returns the handler of the panel, which answers under every path.
func New(c Config) http.Handler {
	p := &panel{Config: c, assets: newAssets()}
	p.templates = parseTemplates(p.assets)
	mux := http.NewServeMux()
	mux.Handle("GET "+assetsPath, p.assets)
	p.routeSessions(mux)
	for _, route := range routes {
		mux.HandleFunc(route.pattern, p.signedIn(route.access, route.page))
	}
	mux.HandleFunc("/", p.noPage)
	sameOrigin := http.NewCrossOriginProtection()
	sameOrigin.AddInsecureBypassPattern("POST " + openPath) // billing systems post their customers' browsers here
	return withHeaders(sameOrigin.Handler(mux))
}

// withHeaders lets a browser load nothing that is not the panel's own, and
// nobody put the panel into a frame.
func withHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "+
			"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}
