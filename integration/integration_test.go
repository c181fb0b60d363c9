// Package integration tests the program as integrators meet it: each of their
// scripts, in PHP or Python, talks over HTTPS to a server of its own that has
// just been started.
package integration

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hostledger/hostledger/internal/subtests"
)

const password = "setup-Pa55word"

// TestPHP runs a script for each part of the API that PHP clients use.
func TestPHP(t *testing.T) {
	program := build(t)
	runAll(t, program, "php/*Test.php", func(ctx context.Context, file string) *exec.Cmd {
		return exec.CommandContext(ctx, "php", "-d", "display_errors=stderr", filepath.Base(file))
	}, subtests.Lines)
}

// TestPython runs what integrators do with Python's standard library.
func TestPython(t *testing.T) {
	program := build(t)
	runAll(t, program, "python/test_*.py", func(ctx context.Context, file string) *exec.Cmd {
		return exec.CommandContext(ctx, "python3", "-m", "unittest", "-v", strings.TrimSuffix(filepath.Base(file), ".py"))
	}, pythonResult)
}

var pythonResult = regexp.MustCompile(`^(?P<name>test_\w+).* \.\.\. (?P<outcome>ok|FAIL|ERROR|skipped.*)$`)

// build compiles the program as a user would.
func build(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "hostledger")
	if out, err := exec.Command("go", "build", "-o", program, "../cmd/hostledger").CombinedOutput(); err != nil {
		t.Fatalf("building: %v\n%s", err, out)
	}
	return program
}

// runAll runs each script on a server of its own.
func runAll(t *testing.T, program, pattern string, command func(context.Context, string) *exec.Cmd, lines *regexp.Regexp) {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts are like %s: %v", pattern, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			cmd := command(t.Context(), file)
			cmd.Dir = filepath.Dir(file)
			cmd.Env = append(os.Environ(), "HOSTLEDGER_URL="+serve(t, program), "HOSTLEDGER_LOGIN=admin",
				"HOSTLEDGER_PASSWORD="+password, "PYTHONDONTWRITEBYTECODE=1")
			subtests.Run(t, cmd, lines)
		})
	}
}

// serve starts a server in memory and returns its address.
func serve(t *testing.T, program string) string {
	t.Helper()
	cmd := exec.Command(program, "serve", "--ephemeral", "--listen=127.0.0.1:0")
	cmd.Env = append(os.Environ(), "HOSTLEDGER_ADMIN_PASSWORD="+password)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	url, err := listening(stderr)
	if err != nil {
		t.Fatal(err)
	}
	return url
}

var listeningAt = regexp.MustCompile(`msg=listening url=(\S+)`)

// listening waits for the log to tell the server's address. What comes after is
// read and dropped.
func listening(log io.Reader) (url string, err error) {
	found := make(chan string, 1)
	go func() {
		for lines := bufio.NewScanner(log); lines.Scan(); {
			if m := listeningAt.FindSubmatch(lines.Bytes()); m != nil {
				found <- string(bytes.Clone(m[1]))
			}
		}
		close(found)
	}()
	select {
	case url, ok := <-found:
		if !ok {
			return "", fmt.Errorf("the server ended at once")
		}
		return url, nil
	case <-time.After(30 * time.Second):
		return "", fmt.Errorf("the server does not listen")
	}
}
