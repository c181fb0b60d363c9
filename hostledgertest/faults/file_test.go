package faults_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hostledger/hostledger/hostledgertest/faults"
)

func read(t *testing.T, content string) (*faults.File, error) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "faults.toml")
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return faults.ReadFile(name)
}

func TestClock(t *testing.T) {
	start := time.Date(2026, 5, 15, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		file string
		runs bool
	}{
		"stands":       {"[clock]\nstart = 2026-05-15T14:00:00+02:00", false},
		"as a string":  {`clock = { start = "2026-05-15T12:00:00Z" }`, false},
		"runs":         {"[clock]\nstart = 2026-05-15T12:00:00Z\nruns = true", true},
		"stands, said": {"[clock]\nstart = 2026-05-15T12:00:00Z\nruns = false", false},
	} {
		t.Run(name, func(t *testing.T) {
			file, err := read(t, c.file)
			if err != nil {
				t.Fatal(err)
			}
			now := file.Clock()
			if first := now().Sub(start); first < 0 || first > time.Minute || !c.runs && first != 0 {
				t.Errorf("the clock begins %s from its start", first)
			}
			if before, after := now(), now(); after.After(before) != c.runs {
				t.Errorf("it is %s and then %s", before, after)
			}
		})
	}
	if file, err := read(t, ""); err != nil || file.Clock() != nil {
		t.Errorf("a file without a clock: %v", err)
	}
}

func TestTheGuidesFile(t *testing.T) {
	guide, err := os.ReadFile("../../docs/testing.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(guide), "```toml\n")
	content, _, ended := strings.Cut(rest, "```")
	if _, err := read(t, content); !found || !ended || err != nil {
		t.Errorf("the file that the guide shows is not valid: %v\n%s", err, content)
	}
}

func TestWhatIsWrongWithAFile(t *testing.T) {
	for content, want := range map[string]string{
		"[clock]\nruns = true":                                "clock: expected start, such as 2026-05-15T12:00:00Z",
		"[clock]\nstart = \"noon\"":                           "line 2: ",
		"\n\nclocks = 1":                                      "line 3: there is no key clocks",
		"[[fault]]\nerror = 1013\n[[fault]]":                  "fault 2: a fault is one of error, refuse, status, cut and delay",
		"[[fault]]\ndelay = \"0s\"":                           "fault 1: a fault is one of",
		"[[fault]]\nerror = 1\ndelay = \"1s\"":                "fault 1: a fault is one of",
		"[[fault]]\noperation = \"set_traffic\"\nerror = 1":   `fault 1: operation: there is no "set_traffic"`,
		"[[fault]]\nerror = 1\nerror = 2":                     "line 3: ",
		"[[fault]]\nerror = 1\ncall = 1\nevery = 2":           "fault 1: call: expected without from, every and times",
		"[[fault]]\noperation = \"*\"\ncut = \"in the half\"": `fault 1: cut: expected before, after or middle, not "in the half"`,
	} {
		if _, err := read(t, content); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gave %v, want %s", content, err, want)
		}
	}
	if _, err := faults.ReadFile("none.toml"); !os.IsNotExist(err) {
		t.Errorf("a file that is not there gave %v", err)
	}
}
