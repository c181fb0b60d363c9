// Command profiled is a server of a data folder that can be profiled, which
// hostledger itself has no door for: the same handler over the same store, and
// net/http/pprof beside it. Package bench starts it.
package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	_ "net/http/pprof" // /debug/pprof/ of the default handler
	"os"
	"os/signal"
	"syscall"

	"github.com/hostledger/hostledger/internal/server"
)

func main() {
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1], log); err != nil {
		log.Error(err.Error())
		os.Exit(1)
	}
}

// run serves the ledger of a data folder, which has its administrator, until
// ctx ends.
func run(ctx context.Context, data string, log *slog.Logger) error {
	ledger, err := server.Open(ctx, server.Options{DataDir: data, Log: log})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return errors.Join(err, ledger.Close())
	}
	http.Handle("/", ledger.Handler)
	log.Info("listening", "url", "http://"+listener.Addr().String())
	context.AfterFunc(ctx, func() { _ = listener.Close() })
	err = http.Serve(listener, nil) //nolint:gosec // without timeouts: it serves the benchmark alone
	if ctx.Err() != nil {
		err = nil // the end was asked for
	}
	return errors.Join(err, ledger.Close())
}
