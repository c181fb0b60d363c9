package process_test

import (
	"errors"
	"os/exec"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/bench/process"
)

func start(t *testing.T, script string) *process.Process {
	t.Helper()
	p, err := process.Start(exec.CommandContext(t.Context(), "sh", "-c", script))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Stop)
	return p
}

// What a program's children use is its own use, too.
func TestTime(t *testing.T) {
	p := start(t, "trap 'kill $!; exit' TERM; sh -c 'while :; do :; done' & wait")
	if err := p.Await(func() error {
		if p.Time() == 0 {
			return errors.New("no processor time was used")
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	if p.Memory() <= 0 || p.Peak() < p.Memory() {
		t.Errorf("%.0f bytes are resident, %.0f at the peak", p.Memory(), p.Peak())
	}
}

func TestAwaitGivesUpWhenTheProgramEnds(t *testing.T) {
	err := start(t, "exit 3").Await(func() error { return errors.New("not yet") })
	if err == nil || !strings.Contains(err.Error(), "exit status 3") {
		t.Errorf("waiting for a program that has ended: %v", err)
	}
}

func TestRunTellsWhatWentWrong(t *testing.T) {
	err := process.Run(exec.CommandContext(t.Context(), "sh", "-c", "echo no disk >&2; exit 1"))
	if err == nil || !strings.Contains(err.Error(), "no disk") {
		t.Errorf("a command that failed: %v", err)
	}
}
