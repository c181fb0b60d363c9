package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
)

// ledgerServer is a server process over a data folder.
type ledgerServer struct {
	address string
	command *exec.Cmd
	version int64 // of the rows that measureBulk has loaded; -1: none
}

// build compiles the server as releases are, unless there is one.
func (b *bench) build() error {
	if b.program != "" {
		return nil
	}
	program := filepath.Join(b.dir, "hostledger")
	command := exec.CommandContext(b.ctx, "go", "build", "-trimpath", "-ldflags", "-s -w",
		"-o", program, "github.com/hostledger/hostledger/cmd/hostledger")
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("building the server: %w\n%s", err, output)
	}
	b.program = program
	return nil
}

// startServer starts the server over a data folder and waits for its first
// answer.
func startServer(ctx context.Context, program, data string) (*ledgerServer, error) {
	command := exec.CommandContext(ctx, program, "serve", "--http", "127.0.0.1:0", "--listen", "", "--data", data)
	command.Env = append(os.Environ(), "HOSTLEDGER_ADMIN_PASSWORD="+adminPassword)
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	log, err := command.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	s := &ledgerServer{command: command, version: -1}
	if s.address, err = listening(log); err == nil {
		err = s.greet()
	}
	if err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

var urlInLog = regexp.MustCompile(`url=(http://\S+)`)

// listening reads the server's log up to the address that it listens on, and
// goes on reading so that the server never waits for its log.
func listening(log io.Reader) (address string, err error) {
	var seen strings.Builder
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		if found := urlInLog.FindStringSubmatch(lines.Text()); found != nil {
			go func() { _, _ = io.Copy(io.Discard, log) }()
			u, err := url.Parse(found[1])
			if err != nil {
				return "", err
			}
			return u.Host, nil
		}
		seen.WriteString(lines.Text() + "\n")
	}
	return "", fmt.Errorf("the server did not start to listen:\n%s", seen.String())
}

// greet asks for something that costs the server nothing.
func (s *ledgerServer) greet() error {
	c, err := dial(s.address)
	if err != nil {
		return err
	}
	defer c.close()
	answer, err := c.ask([]byte(`<packet version="1.6.3.0"><server><get_protos/></server></packet>`))
	if err == nil && !strings.Contains(string(answer), "<status>ok</status>") {
		err = fmt.Errorf("the server answered %q", answer)
	}
	return err
}

// stop ends the process in good order.
func (s *ledgerServer) stop() {
	_ = s.command.Process.Signal(syscall.SIGTERM)
	_ = s.command.Wait()
}

// stopServer ends the server of this round and removes its data.
func (b *bench) stopServer() {
	if b.server == nil {
		return
	}
	b.server.stop()
	b.server = nil
	_ = os.RemoveAll(b.roundData())
}

func (b *bench) roundData() string { return filepath.Join(b.dir, "data") }

// roundServer returns the server of this round, which starts over a copy of
// the seeded folder.
func (b *bench) roundServer() (*ledgerServer, error) {
	if b.server != nil {
		return b.server, nil
	}
	if err := b.seed(); err != nil {
		return nil, err
	}
	if err := os.CopyFS(b.roundData(), os.DirFS(b.seeded)); err != nil {
		return nil, err
	}
	var err error
	b.server, err = startServer(b.ctx, b.program, b.roundData())
	return b.server, err
}
