package peers

import (
	"context"
	_ "embed"
	"net/url"
	"os/exec"
	"path/filepath"
)

//go:embed influxdb.conf
var influxConfig string

// InfluxDB is an InfluxDB with a database "ledger".
type InfluxDB struct{ Peer }

// StartInfluxDB starts Debian's InfluxDB in a folder, with its default settings.
// It acknowledges what is in its log on disk.
func StartInfluxDB(ctx context.Context, dir string) (_ *InfluxDB, err error) {
	server, err := need(ctx, "influxd", "influxdb")
	if err != nil {
		return nil, err
	}
	http, err := freeAddress()
	if err != nil {
		return nil, err
	}
	backup, err := freeAddress()
	if err != nil {
		return nil, err
	}
	config := filepath.Join(dir, "influxdb.conf")
	if err := configure(config, influxConfig, map[string]any{"Dir": dir, "HTTP": http, "Backup": backup}); err != nil {
		return nil, err
	}
	p := &InfluxDB{Peer{Address: http}}
	defer func() {
		if err != nil {
			p.Stop()
		}
	}()
	if err := p.start(exec.CommandContext(ctx, server, "-config", config), "tcp", http); err != nil {
		return nil, err
	}
	_, err = p.Query(ctx, "CREATE DATABASE ledger")
	return p, err
}

// Query asks the database and returns the answer, which is JSON.
func (p *InfluxDB) Query(ctx context.Context, text string) (string, error) {
	answer, err := post(ctx, "http://"+p.Address+"/query?"+url.Values{"db": {"ledger"}, "q": {text}}.Encode(), "", nil)
	return string(answer), err
}
