package server

import (
	"context"
	"log/slog"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// watchLimits compares the traffic of subscriptions with their limits every so
// often, never for 0, until stop is called. It tells when it got to the end.
func watchLimits(l *ledger.Ledger, every time.Duration, log *slog.Logger, checked func()) (stop func()) {
	if every == 0 {
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for next := time.NewTicker(every); ; {
			select {
			case <-ctx.Done():
				next.Stop()
				return
			case <-next.C:
			}
			switch err := l.CheckTraffic(ctx); {
			case err == nil:
				checked()
			case ctx.Err() == nil:
				log.ErrorContext(ctx, "comparing traffic with limits failed", "error", err)
			}
		}
	}()
	return func() {
		cancel()
		<-done
	}
}
