package integration

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/hostledger/hostledger/internal/subtests"
)

// TestExamples runs the examples of tests in other languages as integrators do
// who have copied them: away from this tree, with the program on the PATH.
func TestExamples(t *testing.T) {
	program := build(t)
	for _, example := range []struct {
		folder  string
		command []string
		lines   *regexp.Regexp
	}{
		{"php", []string{"phpunit", "--testdox", "--colors=never"}, testdoxResult},
		{"python", []string{"python3", "-m", "unittest", "-v"}, pythonResult},
		{"node", []string{"node", "--test", "--test-reporter=tap"}, tapResult},
	} {
		t.Run(example.folder, func(t *testing.T) {
			t.Parallel()
			cmd := exec.CommandContext(t.Context(), example.command[0], example.command[1:]...)
			cmd.Dir = t.TempDir()
			if err := os.CopyFS(cmd.Dir, os.DirFS(filepath.Join("../examples", example.folder))); err != nil {
				t.Fatal(err)
			}
			cmd.Env = append(os.Environ(), "PATH="+filepath.Dir(program)+string(os.PathListSeparator)+os.Getenv("PATH"))
			subtests.Run(t, cmd, example.lines)
		})
	}
}

var (
	testdoxResult = regexp.MustCompile(`^ (?P<outcome>\S) (?P<name>.+)$`)
	tapResult     = regexp.MustCompile(`^ *(?P<outcome>ok|not ok) \d+ - (?P<name>.+)$`)
)
