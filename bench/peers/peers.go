// Package peers installs and starts the programs that Hostledger is compared
// with: each with a configuration and data of its own in a folder that the
// caller removes, on loopback. It needs Debian, and is called in the project's
// root.
package peers

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"github.com/hostledger/hostledger/bench/process"
)

// Peer is a program, or several that work together, that runs.
type Peer struct {
	Address   string // of its HTTP, if it has that
	processes []*process.Process
}

// Stop ends the programs, the last one first.
func (p *Peer) Stop() {
	for i := len(p.processes) - 1; i >= 0; i-- {
		p.processes[i].Stop()
	}
}

// Time returns the seconds of processor time that all of it has used.
func (p *Peer) Time() (sum float64) {
	for _, process := range p.processes {
		sum += process.Time()
	}
	return sum
}

// start starts a program and waits until it listens at an address of a
// network.
func (p *Peer) start(command *exec.Cmd, network, address string) error {
	started, err := process.Start(command)
	if err != nil {
		return err
	}
	p.processes = append(p.processes, started)
	return started.Await(func() error {
		c, err := net.Dial(network, address)
		if err != nil {
			return err
		}
		return c.Close()
	})
}

// need returns the path of a program, which it installs from Debian's package
// where it is not there.
func need(ctx context.Context, program, debian string) (string, error) {
	if path := find(program); path != "" {
		return path, nil
	}
	if err := install(ctx, debian); err != nil {
		return "", err
	}
	if path := find(program); path != "" {
		return path, nil
	}
	return "", fmt.Errorf("Debian's package %s has no program %s", debian, program)
}

// find returns the path of a program whose name matches a pattern, or "".
// Debian keeps servers where the shell of a common user does not look.
func find(pattern string) string {
	for _, dir := range append(filepath.SplitList(os.Getenv("PATH")), "/usr/sbin") {
		if found, _ := filepath.Glob(filepath.Join(dir, pattern)); len(found) > 0 {
			return slices.Max(found)
		}
	}
	return ""
}

func install(ctx context.Context, debian string) error {
	return process.Run(exec.CommandContext(ctx, "scripts/need", "no-program-of-"+debian, debian))
}

// freeAddress returns an address on loopback where nothing listens yet.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// configure writes a configuration file out of its template.
func configure(name, text string, values any) error {
	var b strings.Builder
	if err := template.Must(template.New(filepath.Base(name)).Parse(text)).Execute(&b, values); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(b.String()), 0o600)
}

// post posts JSON and returns the answer.
func post(ctx context.Context, url, authorization string, body []byte) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", authorization)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answered %s: %s", url, response.Status, answer)
	}
	return answer, err
}
