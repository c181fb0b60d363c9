// Package httpd serves the ledger over HTTP: the agent endpoint of the XML API
// and the schemas of its packets.
package httpd

import (
	"log/slog"
	"net/http"
	"strings"

	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
	"github.com/hostledger/hostledger/xmlapi/schemas"
)

// AgentPath is where clients of the XML API post their packets.
const AgentPath = "/enterprise/control/agent.php"

// IsPacket tells whether a request posts a packet.
func IsPacket(r *http.Request) bool {
	return r.Method == http.MethodPost && strings.TrimSuffix(r.URL.Path, "/") == AgentPath
}

// Config is what the handler serves.
type Config struct {
	API      *xmlapi.API
	Ledger   *ledger.Ledger
	Log      *slog.Logger
	Health   *Health
	Refusals *Refusals
	Panel    http.Handler // everything that has no path of its own
}

// NewHandler returns the handler of everything that the server offers.
func NewHandler(c Config) http.Handler {
	mux := http.NewServeMux()
	agent := &agent{api: c.API, ledger: c.Ledger, log: c.Log, refusals: c.Refusals}
	mux.Handle(AgentPath, agent)
	mux.Handle(AgentPath+"/{$}", agent)
	mux.Handle("/", c.Panel)
	mux.Handle("GET /schemas/", http.StripPrefix("/schemas/", http.FileServerFS(schemas.FS)))
	c.Health.Register(mux)
	return mux
}
