package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/hostledger/hostledger/internal/server"
)

// stopWithin bounds how long requests in flight may take once a stop is asked for.
const stopWithin = 30 * time.Second

// frontend is an HTTP server on one or more addresses.
type frontend struct {
	server    http.Server
	endpoints []endpoint
	log       *slog.Logger
}

// endpoint is an address that is listened on.
type endpoint struct {
	url   string
	serve func() error
	net.Listener
}

func newFrontend(log *slog.Logger) *frontend {
	return &frontend{log: log, server: http.Server{
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		// Mostly broken handshakes, which scanners cause all day.
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}}
}

// listen begins to listen for plain HTTP.
func (f *frontend) listen(address string) error {
	listener, err := listenTCP(address)
	if err != nil {
		return err
	}
	f.endpoints = append(f.endpoints, endpoint{
		url: urlOf("http", listener), Listener: listener,
		serve: func() error { return f.server.Serve(listener) },
	})
	return nil
}

// getCertificate returns the certificate for a connection, as tls.Config wants it.
type getCertificate = func(*tls.ClientHelloInfo) (*tls.Certificate, error)

// secure sets the certificate of listenTLS.
func (f *frontend) secure(certificate getCertificate) {
	f.server.TLSConfig = &tls.Config{
		GetCertificate: certificate, MinVersion: tls.VersionTLS12,
		// Without this a plain listener beside it keeps the server from HTTP/2, which TLS offers all the same.
		NextProtos: []string{"h2", "http/1.1"},
	}
}

// listenTLS begins to listen for HTTPS.
func (f *frontend) listenTLS(address string) error {
	listener, err := listenTCP(address)
	if err != nil {
		return err
	}
	f.endpoints = append(f.endpoints, endpoint{
		url: urlOf("https", listener), Listener: listener,
		serve: func() error { return f.server.ServeTLS(listener, "", "") },
	})
	return nil
}

// warnOfPlainHTTP says so when other machines can reach what is not encrypted.
func (f *frontend) warnOfPlainHTTP() {
	for _, e := range f.endpoints {
		address := e.Addr().(*net.TCPAddr)
		if strings.HasPrefix(e.url, "http:") && !address.IP.IsLoopback() {
			f.log.Warn("plain HTTP is open to other machines: passwords travel readable there", "address", address.String())
		}
	}
}

func listenTCP(address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("cannot %w: stop the program that uses the address, or choose another with --listen, --http or --metrics", err)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot %w", err)
	}
	return listener, nil
}

// urlOf returns a URL for a listener that works at least on this machine.
func urlOf(scheme string, listener net.Listener) string {
	address := listener.Addr().(*net.TCPAddr)
	if address.IP.IsUnspecified() {
		return fmt.Sprintf("%s://localhost:%d", scheme, address.Port)
	}
	return scheme + "://" + address.String()
}

// announce writes the URLs into a file, if it has a name. Readers see all of it
// or nothing.
func (f *frontend) announce(name string) error {
	if name == "" {
		return nil
	}
	var urls strings.Builder
	for _, e := range f.endpoints {
		fmt.Fprintln(&urls, e.url)
	}
	part := name + ".part"
	if err := os.WriteFile(part, []byte(urls.String()), 0o644); err != nil {
		return fmt.Errorf("writing --url-file: %w", err)
	}
	return os.Rename(part, name)
}

// serve answers requests until ctx ends, and then those in flight.
func (f *frontend) serve(ctx context.Context, s *server.Server) error {
	f.server.Handler = s.Handler
	ended := make(chan error, len(f.endpoints))
	for _, e := range f.endpoints {
		f.log.Info("listening", "url", e.url, "address", e.Addr().String())
		go func() { ended <- e.serve() }()
	}
	select {
	case err := <-ended:
		return errors.Join(err, f.close())
	case <-ctx.Done():
	}
	s.Stopping()
	f.log.Info("stopping: requests in flight are answered first", "at_most", stopWithin)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	if err := f.server.Shutdown(ctx); err != nil {
		return errors.Join(fmt.Errorf("requests were still in flight after %s: %w", stopWithin, err), f.server.Close())
	}
	f.log.Info("stopped")
	return nil
}

// close stops listening, and serving, at once.
func (f *frontend) close() error {
	errs := []error{f.server.Close()}
	for _, e := range f.endpoints {
		if err := e.Close(); !errors.Is(err, net.ErrClosed) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
