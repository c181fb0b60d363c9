// Package httpd serves the ledger over HTTP: the agent endpoint of the XML API
// and the schemas of its packets.
package httpd

import (
	"io"
	"log/slog"
	"net/http"

	"golang.org/x/time/rate"

	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
	"github.com/hostledger/hostledger/xmlapi/schemas"
)

// AgentPath is where clients of the XML API post their packets.
const AgentPath = "/enterprise/control/agent.php"

// Config is what the handler serves.
type Config struct {
	API    *xmlapi.API
	Ledger *ledger.Ledger
	Log    *slog.Logger
	Health *Health
	// Locked is told of every lock of a login that begins, or of all logins from
	// an address.
	Locked func(all bool)
}

// NewHandler returns the handler of everything that the server offers.
func NewHandler(c Config) http.Handler {
	mux := http.NewServeMux()
	agent := &agent{api: c.API, ledger: c.Ledger, log: c.Log, locked: c.Locked, refusals: rate.NewLimiter(10, 100)}
	mux.Handle(AgentPath, agent)
	mux.Handle(AgentPath+"/{$}", agent)
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, "Hostledger. Clients of the XML API post their packets to "+AgentPath+"; the schemas are at /schemas/.\n")
	})
	mux.Handle("GET /schemas/", http.StripPrefix("/schemas/", http.FileServerFS(schemas.FS)))
	c.Health.Register(mux)
	return mux
}
