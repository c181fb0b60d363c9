// Package subtests runs test programs in other languages as tests in Go.
package subtests

import (
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// Lines is the pattern of the lines on which a program reports its tests: "ok
// NAME" or "not ok NAME: WHY".
var Lines = regexp.MustCompile(`^(?P<outcome>ok|not ok) (?P<name>[^:\n]+)(?:: (?P<why>.*))?$`)

// Run runs a program and makes a test of each that it reports on a line of its
// own, by a pattern with the groups name, outcome, of which ok and ✔ are the good
// ones, and why, which may be missing. A program that reports no test, or ends
// otherwise than well, has failed; all that it said is logged then.
func Run(t *testing.T, program *exec.Cmd, lines *regexp.Regexp) {
	t.Helper()
	out, err := program.CombinedOutput()
	report(t, string(out), lines)
	if err != nil {
		t.Errorf("%v", err)
	}
	if t.Failed() {
		t.Logf("%s", out)
	}
}

func report(t *testing.T, out string, lines *regexp.Regexp) {
	t.Helper()
	count := 0
	for line := range strings.Lines(out) {
		m := lines.FindStringSubmatch(strings.TrimRight(line, "\n"))
		if m == nil {
			continue
		}
		count++
		group := func(name string) string {
			if i := lines.SubexpIndex(name); i >= 0 {
				return m[i]
			}
			return ""
		}
		t.Run(group("name"), func(t *testing.T) {
			if outcome := group("outcome"); outcome != "ok" && outcome != "✔" {
				t.Errorf("%s %s", outcome, group("why"))
			}
		})
	}
	if count == 0 {
		t.Error("no test was reported")
	}
}
