package main

import (
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/hostledger/hostledger/internal/pgtest"
)

// Servers that are started at once on a new database make one ledger: one of
// them creates the administrator and shows his password, which is good for all.
func TestServersStartedAtOnce(t *testing.T) {
	database, err := pgtest.New()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	env := append(os.Environ(), adminPasswordVariable+"=", "HOSTLEDGER_DB="+database)
	servers := make([]*process, 3)
	var starting sync.WaitGroup
	for i, name := range []string{"one", "two", "three"} {
		starting.Go(func() {
			p, err := startProcess(dir, name, env, 1, "--listen=", "--http=127.0.0.1:0")
			if err != nil {
				t.Error(err)
				return
			}
			t.Cleanup(p.kill)
			servers[i] = p
		})
	}
	starting.Wait()
	if t.Failed() {
		return
	}
	var passwords []string
	for _, p := range servers {
		out, err := os.ReadFile(p.out)
		if err != nil {
			t.Fatal(err)
		}
		if _, after, shown := strings.Cut(string(out), "password  "); shown {
			passwords = append(passwords, strings.TrimSpace(after))
		}
	}
	if len(passwords) != 1 {
		t.Fatalf("%d passwords were shown, want one", len(passwords))
	}
	for _, p := range servers {
		c := p.client()
		c.Password = passwords[0]
		if err := c.Call(t.Context(), []byte(`<packet><server><get_protos/></server></packet>`), &struct{}{}); err != nil {
			t.Errorf("%s: %v", p.urls[0], err)
		}
	}
}
