package main

import (
	"context"
	"errors"

	"github.com/hostledger/hostledger/internal/collect"
)

type collectFollowCommand struct {
	collectConfig
	databaseFlags
}

func (*collectFollowCommand) Help() string {
	return `Rotated and truncated logs are followed; what was read while a target was away is sent when it is back. ` +
		`SIGTERM and Ctrl-C stop it; the next start goes on with the next line.`
}

func (f *collectFollowCommand) Run(ctx context.Context) (err error) {
	log := f.logger()
	config, err := f.load(log)
	if err != nil {
		return err
	}
	local, err := f.openLocal(ctx, config, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, local.close(ctx)) }()
	collector, err := collect.Open(ctx, config, collect.Options{Local: local.target(), Log: log})
	if err != nil {
		return err
	}
	log.Info("collecting", "config", f.Config, "state", config.State)
	return errors.Join(collector.Follow(ctx), collector.Close())
}
