package main

import (
	"errors"
	"log/slog"
	"net"
	"net/http"
)

// serveMonitor begins to answer those who look after the server on an address
// of their own, if there is one. Should that end early, the server goes on.
func serveMonitor(address string, handler http.Handler, log *slog.Logger) (*frontend, error) {
	f := newFrontend(log)
	if address == "" {
		return f, nil
	}
	if err := f.listen(address); err != nil {
		return nil, err
	}
	f.server.Handler = handler
	e := f.endpoints[0]
	if !e.Addr().(*net.TCPAddr).IP.IsLoopback() {
		log.Warn("metrics are open to other machines", "address", e.Addr().String())
	}
	log.Info("serving metrics", "url", e.url+"/metrics")
	go func() {
		if err := e.serve(); !errors.Is(err, http.ErrServerClosed) {
			log.Error("metrics are not served any more", "error", err)
		}
	}()
	return f, nil
}
