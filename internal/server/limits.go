package server

import (
	"context"
	"log/slog"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// limitsChecked is how often limits are compared with what was used.
const limitsChecked = 5 * time.Second

// watchLimits compares the traffic of subscriptions with their limits, until
// stop is called.
func watchLimits(l *ledger.Ledger, log *slog.Logger) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for next := time.NewTicker(limitsChecked); ; {
			select {
			case <-ctx.Done():
				next.Stop()
				return
			case <-next.C:
			}
			if err := l.CheckTraffic(ctx); err != nil && ctx.Err() == nil {
				log.ErrorContext(ctx, "comparing traffic with limits failed", "error", err)
			}
		}
	}()
	return func() {
		cancel()
		<-done
	}
}
