package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"testing"
	"time"

	"github.com/hostledger/hostledger/client"
)

// process is a hostledger that runs on its own, with its output in files.
type process struct {
	*exec.Cmd
	out, log string
	urls     []string      // of a server
	ended    chan struct{} // closed when the process has ended
}

// adminPasswordForTests is the administrator's in processes started by startProcess.
const adminPasswordForTests = "setup-Pa55word"

// startProcess starts hostledger serve in a folder and waits until it listens
// on so many addresses.
func startProcess(dir, name string, env []string, addresses int, args ...string) (*process, error) {
	p, err := startCommand(dir, name, env, append([]string{"serve"}, args...)...)
	if err != nil {
		return nil, err
	}
	return p, p.awaitListening(addresses)
}

// startCommand starts hostledger in a folder.
func startCommand(dir, name string, env []string, args ...string) (*process, error) {
	p := &process{
		Cmd: exec.Command("hostledger", args...),
		out: filepath.Join(dir, name+".out"), log: filepath.Join(dir, name+".log"),
		ended: make(chan struct{}),
	}
	stdout, err := os.Create(p.out)
	if err != nil {
		return nil, err
	}
	defer func() { _ = stdout.Close() }()
	stderr, err := os.Create(p.log)
	if err != nil {
		return nil, err
	}
	defer func() { _ = stderr.Close() }()
	p.Dir, p.Env, p.Stdout, p.Stderr = dir, env, stdout, stderr
	if err := p.Start(); err != nil {
		return nil, err
	}
	go func() {
		_ = p.Wait()
		close(p.ended)
	}()
	return p, nil
}

var listening = regexp.MustCompile(`msg=listening url=(\S+)`)

func (p *process) awaitListening(addresses int) error {
	return p.awaitLog("msg=listening", func(log []byte) bool {
		found := listening.FindAllSubmatch(log, -1)
		if len(found) != addresses {
			return false
		}
		for _, match := range found {
			p.urls = append(p.urls, string(match[1]))
		}
		return true
	})
}

// awaitLog waits until the log of a process that runs has what is looked for.
func (p *process) awaitLog(what string, has func(log []byte) bool) error {
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); {
		log, err := os.ReadFile(p.log)
		if err != nil {
			return err
		}
		if has(log) {
			return nil
		}
		select {
		case <-p.ended:
			return fmt.Errorf("%s has ended: %s", p.Cmd, log)
		case <-time.After(5 * time.Millisecond):
		}
	}
	p.kill()
	return fmt.Errorf("%s does not log %s", p.Cmd, what)
}

// startCollector starts hostledger collect follow in a folder and waits until
// it works.
func startCollector(dir, name string, flags ...string) (*process, error) {
	p, err := startCommand(dir, name, os.Environ(), append([]string{"collect", "follow"}, flags...)...)
	if err != nil {
		return nil, err
	}
	const works = "msg=collecting"
	return p, p.awaitLog(works, func(log []byte) bool { return bytes.Contains(log, []byte(works)) })
}

// kill ends the process as a power cut would, if it still runs.
func (p *process) kill() {
	_ = p.Process.Kill()
	<-p.ended
}

// terminate asks the process to stop and returns its exit status.
func (p *process) terminate() (int, error) {
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		return 0, err
	}
	select {
	case <-p.ended:
		return p.ProcessState.ExitCode(), nil
	case <-time.After(30 * time.Second):
		p.kill()
		return 0, fmt.Errorf("%s does not stop", p.Cmd)
	}
}

func (p *process) client() *client.Client {
	return &client.Client{URL: p.urls[0], Login: "admin", Password: adminPasswordForTests}
}

// serveIn starts a server over plain HTTP on a data folder of a test, with more
// variables such as "HOSTLEDGER_DB=…".
func serveIn(t *testing.T, dir string, variables ...string) *process {
	t.Helper()
	env := append(os.Environ(), adminPasswordVariable+"="+adminPasswordForTests)
	env = append(env, variables...)
	p, err := startProcess(dir, "serve", env, 1, "--listen=", "--http=127.0.0.1:0", "--metrics=127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	return p
}
