package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/hostledger/hostledger/internal/collect"
	"github.com/hostledger/hostledger/internal/server"
)

// localLedger is the ledger that local = true means in a configuration; without a server
// when there is none of that kind.
type localLedger struct{ server *server.Server }

// openLocal opens the ledger that the flags name, if anything is to be sent to
// it.
func (d *databaseFlags) openLocal(ctx context.Context, config *collect.Config, log *slog.Logger) (localLedger, error) {
	if !config.HasLocal() {
		return localLedger{}, nil
	}
	exists, err := server.HasLedger(ctx, d.options())
	if err != nil {
		return localLedger{}, err
	}
	if !exists {
		return localLedger{}, fmt.Errorf("there is no ledger in %s: name its folder with --data or its database with --db", d.place())
	}
	options := d.options()
	options.Log = log
	options.CheckTraffic = trafficChecked
	options.AdminPassword = generatePassword // of a ledger whose first start was cut short
	opened, err := server.Open(ctx, options)
	if err != nil {
		return localLedger{}, fmt.Errorf("%w\nA server can collect by itself: hostledger serve --collect FILE.toml", err)
	}
	return localLedger{opened}, nil
}

// target returns the ledger as a target, nil when there is none.
func (l localLedger) target() collect.Target {
	if l.server == nil {
		return nil
	}
	return collect.Local{Ledger: l.server.Ledger, As: server.Admin}
}

// close compares what was set with the limits of subscriptions, before the
// ledger is closed.
func (l localLedger) close(ctx context.Context) error {
	if l.server == nil {
		return nil
	}
	return errors.Join(l.server.Ledger.CheckTraffic(context.WithoutCancel(ctx)), l.server.Close())
}
