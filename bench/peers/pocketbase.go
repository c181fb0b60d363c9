package peers

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/hostledger/hostledger/bench/process"
)

// pocketBaseModule is built by the Go module proxy.
const pocketBaseModule = "github.com/pocketbase/pocketbase/examples/base@v0.36.8"

// PocketBase is a PocketBase with a collection "traffic" that its superuser may
// write to.
type PocketBase struct {
	Peer
	Token string // for the header Authorization
}

// BuildPocketBase builds the program in a folder, outside of this module.
func BuildPocketBase(ctx context.Context, dir string) (program string, err error) {
	build := exec.CommandContext(ctx, "go", "install", pocketBaseModule)
	build.Dir = dir
	build.Env = append(os.Environ(), "GOBIN="+dir, "GOFLAGS=-mod=mod", "CGO_ENABLED=0")
	return filepath.Join(dir, "base"), process.Run(build)
}

// StartPocketBase starts the program in a folder. It writes with
// synchronous=NORMAL: what it has acknowledged need not be on disk.
func StartPocketBase(ctx context.Context, program, dir string) (_ *PocketBase, err error) {
	const login, password = "admin@bench.example", "bench-Pa55word"
	data := "--dir=" + filepath.Join(dir, "data")
	if err := process.Run(exec.CommandContext(ctx, program, "superuser", "upsert", login, password, data)); err != nil {
		return nil, err
	}
	p := &PocketBase{}
	if p.Address, err = freeAddress(); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			p.Stop()
		}
	}()
	if err := p.start(exec.CommandContext(ctx, program, "serve", "--http="+p.Address, data), "tcp", p.Address); err != nil {
		return nil, err
	}
	var session struct{ Token string }
	credentials := map[string]string{"identity": login, "password": password}
	if err := p.call(ctx, "/api/collections/_superusers/auth-with-password", credentials, &session); err != nil {
		return nil, err
	}
	p.Token = session.Token
	return p, p.call(ctx, "/api/collections", trafficCollection(), nil)
}

// trafficCollection describes the collection. Its answers hold no times, so
// that it is known what they have to be.
func trafficCollection() any {
	type field struct {
		Name string `json:"name"`
		Type string `json:"type"`
	}
	var fields []field
	for _, name := range []string{"site", "date", "smtp_in", "smtp_out", "pop3_imap_in", "pop3_imap_out"} {
		fields = append(fields, field{name, "number"})
	}
	return map[string]any{
		"id": "traffic00000000", "name": "traffic", "type": "base", "fields": fields,
		"indexes": []string{"CREATE UNIQUE INDEX traffic_key ON traffic (site, date)"},
	}
}

func (p *PocketBase) call(ctx context.Context, path string, request, answer any) error {
	body, err := json.Marshal(request)
	if err != nil {
		return err
	}
	text, err := post(ctx, "http://"+p.Address+path, p.Token, body)
	if err == nil && answer != nil {
		err = json.Unmarshal(text, answer)
	}
	return err
}
