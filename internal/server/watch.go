package server

import (
	"context"
	"log/slog"
	"time"
)

// watch does something after a time and then again and again with that time in
// between, never for 0, until stop is called.
func watch(every time.Duration, log *slog.Logger, what string, do func(context.Context) error) (stop func()) {
	if every == 0 {
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-ctx.Done():
				return
			case <-time.After(every):
			}
			if err := do(ctx); err != nil && ctx.Err() == nil {
				log.ErrorContext(ctx, what+" failed", "error", err)
			}
		}
	}()
	return func() {
		cancel()
		<-done
	}
}
