// Package browser tests the control panel as people meet it: each script drives
// Chromium against a server of its own, which holds the sample.
package browser

import (
	"context"
	"io"
	"log"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/internal/sample"
	"github.com/hostledger/hostledger/internal/subtests"
)

// TestPanel runs every script. They take pictures of the pages where
// HOSTLEDGER_SCREENSHOTS names a folder for them.
func TestPanel(t *testing.T) {
	scripts, err := filepath.Glob("*.test.mjs")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts are there: %v", err)
	}
	for _, script := range scripts {
		t.Run(script, func(t *testing.T) {
			t.Parallel()
			s := serve(t)
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			node := exec.CommandContext(ctx, "node", script)
			node.WaitDelay = time.Second // for what Chromium holds open when node is killed
			node.Env = append(os.Environ(), "HOSTLEDGER_URL="+s.URL, "HOSTLEDGER_HTTPS_URL="+secureURL(t, s),
				"HOSTLEDGER_PASSWORD="+sample.Password)
			subtests.Run(t, node, subtests.Lines)
		})
	}
}

// patience bounds how long a script may take.
const patience = 8 * time.Minute

// secureURL serves a server over HTTPS too and returns its address there.
func secureURL(t *testing.T, s *hostledgertest.Server) string {
	t.Helper()
	secure := httptest.NewUnstartedServer(s.Handler)
	secure.Config.ErrorLog = log.New(io.Discard, "", 0) // Chromium does not know the certificate, and tries again
	secure.StartTLS()
	t.Cleanup(secure.Close)
	return secure.URL
}

// serve starts a server that holds the sample, on the day that it is about.
func serve(t *testing.T) *hostledgertest.Server {
	t.Helper()
	s := hostledgertest.New(t)
	s.SetTime(sample.Begin)
	s.Fixture(t, sample.Fixture())
	s.SetTime(sample.Now)
	if err := s.Ledger.CheckTraffic(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}
