// Package hostledgertest starts a whole ledger in a test, as net/http/httptest
// does for handlers: over real HTTP, in memory, in milliseconds. It fails on
// purpose where a test says so, its clock is the test's, and it tells what it
// received.
package hostledgertest

import (
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/hostledgertest/faults"
	"github.com/hostledger/hostledger/internal/machine"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
)

// Server is a ledger that lives as long as its test.
type Server struct {
	URL      string // without the path of the agent
	Login    string // of the administrator
	Password string
	HTTP     *http.Client // trusts the certificate of a server WithTLS
	Ledger   *ledger.Ledger
	Handler  http.Handler // what answers at URL, for a listener of the test's own

	server   *server.Server
	listener *httptest.Server
	clock    clock
	injector *faults.Injector
	received received
}

// New starts a ledger with an administrator and, but for the options, nothing
// else. Its clock stands at noon UTC of 15 May 2026, and its guids, its keys and
// what it tells of its machine are the same in every run.
// A login that is locked after 5 failures stays so until SetTime or Advance.
// Traffic is compared with limits when the test calls CheckTraffic of Ledger, and
// not of itself. The server is stopped when the test ends.
func New(t testing.TB, options ...Option) *Server {
	t.Helper()
	s, err := Start(options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.close(); err != nil {
			t.Errorf("closing the ledger: %v", err)
		}
	})
	return s
}

// Start is New where there is no test, as in TestMain. The caller closes the
// server.
func Start(options ...Option) (*Server, error) {
	o := wanted(options)
	s := &Server{Login: server.AdminLogin, Password: "setup-Pa55word", clock: clock{now: beginning}}
	var err error
	s.server, err = server.Open(context.Background(), server.Options{
		Database:      o.database,
		AdminPassword: func() string { return s.Password },
		Log:           slog.New(slog.DiscardHandler),
		Now:           s.clock.Now,
		Random:        &random{source: rand.NewChaCha8([32]byte{})},
		IPs:           []ledger.IPAddress{machine.Loopback},
		Machine:       testMachine{},
		WeakPasswords: true,
	})
	if err != nil {
		return nil, fmt.Errorf("starting a ledger: %w", err)
	}
	for _, packets := range o.fixtures {
		if err := s.fixture(packets); err != nil {
			_ = s.server.Close()
			return nil, err
		}
	}
	s.listen(o.tls)
	return s, nil
}

func (s *Server) listen(secure bool) {
	s.injector = faults.NewInjector(slog.New(slog.DiscardHandler))
	s.server.API.Intercept = s.injector.Intercept
	s.Ledger, s.Handler = s.server.Ledger, s.received.handler(s.injector.Handler(s.server.Handler))
	s.listener = httptest.NewUnstartedServer(s.Handler)
	s.listener.Config.ErrorLog = log.New(io.Discard, "", 0)
	if secure {
		s.listener.StartTLS()
	} else {
		s.listener.Start()
	}
	s.URL, s.HTTP = s.listener.URL, s.listener.Client()
}

// Close stops a server that Start started. It panics if the ledger cannot be
// closed.
func (s *Server) Close() {
	if err := s.close(); err != nil {
		panic("hostledgertest: closing the ledger: " + err.Error())
	}
}

func (s *Server) close() error {
	s.listener.Close()
	return s.server.Close()
}

// Client returns a client of the administrator's.
func (s *Server) Client() *client.Client {
	return &client.Client{URL: s.URL, Login: s.Login, Password: s.Password, HTTP: s.HTTP}
}

// Certificate returns the certificate of a server WithTLS.
func (s *Server) Certificate() *x509.Certificate { return s.listener.Certificate() }

// Fixture executes a fixture: one or more request packets in a row.
func (s *Server) Fixture(t testing.TB, packets string) {
	t.Helper()
	if err := s.fixture(packets); err != nil {
		t.Fatal(err)
	}
}

// FixtureFile executes the fixture in a file.
func (s *Server) FixtureFile(t testing.TB, name string) {
	t.Helper()
	packets, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	s.Fixture(t, string(packets))
}

func (s *Server) fixture(packets string) error {
	return s.server.RunFixture(context.Background(), strings.NewReader(packets))
}

// Fault is something that goes wrong at a server; package faults has its fields.
type Fault = faults.Fault

// Injected is a fault of a server: how often it has happened, and its end.
type Injected = faults.Injected

// Inject lets the server fail from now on. It panics if the fault makes no sense.
// Fixtures are executed all the same.
func (s *Server) Inject(f Fault) *Injected {
	injected, err := s.injector.Inject(f)
	if err != nil {
		panic("hostledgertest: " + err.Error())
	}
	return injected
}

// Fail lets the server answer an operation, such as webspace.set_traffic, with
// an error of this code from now on. It is Inject for the commonest fault.
func (s *Server) Fail(operation string, code xmlapi.Code) *Injected {
	return s.Inject(Fault{Operation: operation, Error: code})
}

// random is a source of numbers that repeat, safe for concurrent use.
type random struct {
	mu     sync.Mutex
	source *rand.ChaCha8
}

func (r *random) Read(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.source.Read(b)
}
