package main

import (
	"bufio"
	"context"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/hostledger/hostledger/client"
)

// TestDemoKeep talks to the server that the demonstration leaves running, with
// what it printed.
func TestDemoKeep(t *testing.T) {
	demo := exec.Command("hostledger", "demo", "--keep")
	stdout, err := demo.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := demo.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = demo.Process.Kill() })

	printed := map[string]string{} // the last word of a line by its first
	lines := bufio.NewScanner(stdout)
	for printed["curl"] == "" && lines.Scan() {
		if words := strings.Fields(lines.Text()); len(words) > 1 {
			printed[words[0]] = words[len(words)-1]
		}
	}
	c := &client.Client{URL: printed["url"], Login: printed["login"], Password: printed["password"]}
	sites, err := c.SiteIDs(context.Background(), []string{"shop.example.com"})
	if err != nil || sites[0].ID != 9 {
		t.Errorf("the server that goes on answered %+v, %v", sites, err)
	}
	if err := demo.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() { // Wait must not close the pipe before all is read
	}
	if err := demo.Wait(); err != nil {
		t.Errorf("the demonstration ended with %v", err)
	}
}
