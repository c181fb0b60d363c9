package main

import (
	"log/slog"

	"github.com/hostledger/hostledger/hostledgertest/faults"
	"github.com/hostledger/hostledger/internal/server"
)

// readFaults reads the file of --faults; without it there are none.
func (s *serveCommand) readFaults() (*faults.File, error) {
	if s.Faults == "" {
		return &faults.File{}, nil
	}
	return faults.ReadFile(s.Faults)
}

// injectFaults lets a server fail as the file of --faults says.
func (s *serveCommand) injectFaults(ledger *server.Server, file *faults.File, log *slog.Logger) {
	if s.Faults == "" {
		return
	}
	log.Warn("faults are on: this server fails on purpose", "faults", s.Faults)
	injector := file.Injector(log)
	ledger.API.Intercept = injector.Intercept
	ledger.Handler = injector.Handler(ledger.Handler)
}
