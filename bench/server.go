package main

import (
	"bufio"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/hostledger/hostledger/bench/process"
)

// ledgerServer is a server process over a data folder.
type ledgerServer struct {
	*process.Process
	address string
	data    string
}

// build compiles the server as releases are, unless there is one.
func (b *bench) build() error {
	if b.program != "" {
		return nil
	}
	program := filepath.Join(b.dir, "hostledger")
	if err := b.compileGo(program, "github.com/hostledger/hostledger/cmd/hostledger", "-ldflags", "-s -w"); err != nil {
		return err
	}
	b.program = program
	return nil
}

func (b *bench) compileGo(program, pkg string, flags ...string) error {
	args := slices.Concat([]string{"build", "-trimpath", "-o", program}, flags, []string{pkg})
	command := exec.CommandContext(b.ctx, "go", args...)
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	return process.Run(command)
}

// serve returns the command that serves the ledger of a data folder.
func (b *bench) serve(data string) *exec.Cmd {
	return exec.CommandContext(b.ctx, b.program, "serve", "--http", "127.0.0.1:0", "--listen", "", "--data", data)
}

// startServer starts a server and waits for its first answer.
func startServer(command *exec.Cmd, data string) (*ledgerServer, error) {
	command.Env = append(os.Environ(), "HOSTLEDGER_ADMIN_PASSWORD="+adminPassword)
	log, end, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	command.Stderr = end
	started, err := process.Start(command)
	_ = end.Close()
	if err != nil {
		return nil, err
	}
	s := &ledgerServer{Process: started, data: data}
	if s.address, err = listening(log); err == nil {
		err = s.greet()
	}
	if err != nil {
		s.Stop()
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

// remove stops the server and removes its data.
func (s *ledgerServer) remove() error {
	s.Stop()
	return os.RemoveAll(s.data)
}

// startCopy starts the server over a copy of a data folder.
func (b *bench) startCopy(data string) (*ledgerServer, error) { return b.startCopyOf(data, b.serve) }

// startCopyOf starts a program that serves over a copy of a data folder.
func (b *bench) startCopyOf(data string, serve func(data string) *exec.Cmd) (*ledgerServer, error) {
	copied, err := os.MkdirTemp(b.dir, "data-")
	if err != nil {
		return nil, err
	}
	if err := b.copy(copied, data); err != nil {
		return nil, err
	}
	return startServer(serve(copied), copied)
}

// copy copies a folder. The copy is on disk: nothing that is measured waits for
// that.
func (b *bench) copy(to, from string) error {
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		return err
	}
	return process.Run(exec.CommandContext(b.ctx, "sync"))
}

// roundServer returns the server of this round, which has subscriptions and
// at first no traffic.
func (b *bench) roundServer() (*ledgerServer, error) {
	if b.server != nil {
		return b.server, nil
	}
	data, err := b.subscriptions()
	if err != nil {
		return nil, err
	}
	b.server, err = b.startCopy(data)
	return b.server, err
}

// stopRoundServer ends the server of this round.
func (b *bench) stopRoundServer() error {
	if b.server == nil {
		return nil
	}
	s := b.server
	b.server = nil
	return s.remove()
}
