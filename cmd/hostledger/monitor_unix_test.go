//go:build unix

package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/hostledger/hostledger/client"
)

// TestMonitorAnswersFromTheBeginning starts a server whose fixture keeps it
// waiting, and looks at it before and after.
func TestMonitorAnswersFromTheBeginning(t *testing.T) {
	dir := t.TempDir()
	fixture := filepath.Join(dir, "fixture.xml")
	if err := syscall.Mkfifo(fixture, 0o600); err != nil {
		t.Fatal(err)
	}
	env := append(os.Environ(), adminPasswordVariable+"="+adminPasswordForTests)
	p, err := startProcess(dir, "serve", env, 0, "--ephemeral", "--listen=", "--http=127.0.0.1:0", "--metrics=127.0.0.1:0", "--fixture", fixture)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	monitor := p.monitor(t)
	wantHealth(t, monitor, "/healthz", http.StatusOK, "ok")
	wantHealth(t, monitor, "/readyz", http.StatusServiceUnavailable, "The server is starting.")

	if err := os.WriteFile(fixture, []byte(`<packet><server><get_protos/></server></packet>`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := p.awaitListening(1); err != nil {
		t.Fatal(err)
	}
	for _, url := range []string{monitor, p.urls[0]} {
		wantHealth(t, url, "/healthz", http.StatusOK, "ok")
		wantHealth(t, url, "/readyz", http.StatusOK, "ok")
	}
	answer, err := p.client().Post(t.Context(), strings.NewReader(`<packet><server><get_protos/></server></packet>`), false)
	if err == nil {
		err = client.Check(answer)
	}
	if err != nil {
		t.Fatal(err)
	}
	const counted = "\nhostledger_packets_total{result=\"ok\"} 1\n"
	if status, metrics := ask(t, monitor+"/metrics"); status != http.StatusOK || !strings.Contains(metrics, counted) {
		t.Errorf("/metrics answers %d without %q", status, counted)
	}
	if status, _ := ask(t, p.urls[0]+"/metrics"); status != http.StatusNotFound {
		t.Errorf("clients get %d at /metrics", status)
	}
	if status, err := p.terminate(); err != nil || status != 0 {
		t.Errorf("the server ended with status %d (%v)", status, err)
	}
}
