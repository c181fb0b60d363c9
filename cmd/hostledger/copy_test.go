package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/internal/sqlstore"
)

const (
	copiedSites = 100
	copiedDays  = 200
	// copyChanges is by how many changes of the database a copy gets further
	// each time before it is killed.
	copyChanges = 3
)

// TestKillCopy kills a copy again and again, each time a little later, and looks
// for all that the ledger had in the one that got to its end.
func TestKillCopy(t *testing.T) {
	oldDir, newDir := t.TempDir(), t.TempDir()
	p := serveIn(t, oldDir)
	sites := addSites(t, p.client(), copiedSites)
	for _, site := range sites {
		setDays(t, p.client(), site)
	}
	if _, err := p.terminate(); err != nil {
		t.Fatal(err)
	}

	killed := 0
	for copyForAWhile(t, filepath.Join(oldDir, "data"), filepath.Join(newDir, "data"), (killed+1)*copyChanges) {
		killed++
	}
	t.Logf("the copy was killed %d times", killed)
	if killed == 0 {
		t.Error("the copy was never killed, so nothing was tested")
	}
	p = serveIn(t, newDir)
	for _, site := range sites {
		checkDays(t, p.client(), site, copiedDays)
	}
}

func setDays(t *testing.T, c *client.Client, site int64) {
	t.Helper()
	days := make([]client.WebspaceSetTraffic, copiedDays)
	for i := range days {
		days[i] = killTraffic(site, i)
	}
	if _, err := c.SetTraffic(context.Background(), days); err != nil {
		t.Fatal(err)
	}
}

// copyForAWhile copies a folder and kills the copy once the database there has
// changed so many times.
func copyForAWhile(t *testing.T, from, to string, changes int) (killed bool) {
	t.Helper()
	command := exec.Command("hostledger", "copy", "--from=sqlite:"+from, "--to=sqlite:"+to)
	var complaint strings.Builder
	command.Stderr = &complaint
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	for last := (time.Time{}); changes > 0; {
		select {
		case err := <-ended:
			// A copy that was killed after its last change is complete.
			if err != nil && !strings.Contains(complaint.String(), sqlstore.ErrNotEmpty.Error()) {
				t.Fatalf("%v: %s", err, complaint.String())
			}
			return false
		case <-time.After(time.Millisecond):
		}
		if log, err := os.Stat(filepath.Join(to, "ledger.db-wal")); err == nil && log.ModTime() != last {
			last = log.ModTime()
			changes--
		}
	}
	_ = command.Process.Kill()
	return <-ended != nil
}
