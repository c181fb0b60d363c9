package server

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/hostledger/hostledger/internal/collect"
	"github.com/hostledger/hostledger/ledger"
)

// collectAgain is how long after a failure the logs are looked at again.
const collectAgain = time.Minute

// collector follows logs beside a server, whose own ledger is the local one.
type collector struct {
	config  *collect.Config
	options collect.Options
	log     *slog.Logger
	now     atomic.Pointer[collect.Collector] // nil after a failure
	end     func()
}

// startCollector opens the collector, so that what is wrong is told at once,
// and lets it follow until end is called.
func startCollector(ctx context.Context, config *collect.Config, rules *ledger.Ledger, log *slog.Logger) (*collector, error) {
	c := &collector{config: config, log: log, options: collect.Options{
		Local: collect.Local{Ledger: rules, As: Admin}, Log: log,
	}}
	opened, err := collect.Open(ctx, config, c.options)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	c.end = func() {
		cancel()
		<-done
	}
	go func() {
		defer close(done)
		c.follow(ctx, opened)
	}()
	return c, nil
}

// follow goes on after failures, such as a full disk: the state has what was
// read until then.
func (c *collector) follow(ctx context.Context, opened *collect.Collector) {
	for {
		err := c.followWith(ctx, opened)
		for ctx.Err() == nil {
			c.log.Error("collecting statistics failed; it is tried again", "error", err, "after", collectAgain)
			select {
			case <-ctx.Done():
			case <-time.After(collectAgain):
			}
			if opened, err = collect.Open(ctx, c.config, c.options); err == nil {
				break
			}
		}
		if ctx.Err() != nil {
			return
		}
	}
}

func (c *collector) followWith(ctx context.Context, opened *collect.Collector) error {
	c.now.Store(opened)
	err := opened.Follow(ctx)
	c.now.Store(nil)
	return errors.Join(err, opened.Close())
}

// status tells what the collector has done, nil while it does not run.
func (c *collector) status(ctx context.Context) (*collect.Status, error) {
	if now := c.now.Load(); now != nil {
		return now.Status(ctx)
	}
	return nil, nil
}
