// Package hostledgertest starts a whole ledger in a test, as net/http/httptest
// does for handlers: over real HTTP, in memory, in milliseconds.
package hostledgertest

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/internal/machine"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
)

// Server is a ledger that lives as long as its test.
type Server struct {
	URL      string // without the path of the agent
	Login    string // of the administrator
	Password string
	Ledger   *ledger.Ledger
	Handler  http.Handler // what answers at URL, for a listener of the test's own

	server *server.Server
	clock  clock
}

// New starts a ledger with an administrator and nothing else. Its clock stands
// at noon UTC of 15 May 2026, and its guids, its keys and what it tells of its
// machine are the same in every run.
// A login that is locked after 5 failures stays so until SetTime. Traffic is
// compared with limits when the test calls CheckTraffic of Ledger, and not of
// itself. The server is stopped when the test ends.
func New(t testing.TB) *Server {
	t.Helper()
	return NewOn(t, "")
}

// NewOn is New for a ledger that is kept in an empty PostgreSQL database, of
// which it is given the URL.
func NewOn(t testing.TB, database string) *Server {
	t.Helper()
	s := &Server{Login: server.AdminLogin, Password: "setup-Pa55word"}
	s.clock.now = time.Date(2026, 5, 15, 12, 0, 0, 0, time.UTC)
	var err error
	s.server, err = server.Open(context.Background(), server.Options{
		Database:      database,
		AdminPassword: func() string { return s.Password },
		Log:           slog.New(slog.DiscardHandler),
		Now:           s.clock.Now,
		Random:        &random{source: rand.NewChaCha8([32]byte{})},
		IPs:           []ledger.IPAddress{machine.Loopback},
		Machine:       testMachine{},
		WeakPasswords: true,
	})
	if err != nil {
		t.Fatalf("starting a ledger: %v", err)
	}
	s.Ledger, s.Handler = s.server.Ledger, s.server.Handler
	listener := httptest.NewServer(s.Handler)
	s.URL = listener.URL
	t.Cleanup(func() {
		listener.Close()
		if err := s.server.Close(); err != nil {
			t.Errorf("closing the ledger: %v", err)
		}
	})
	return s
}

// Client returns a client of the administrator's.
func (s *Server) Client() *client.Client {
	return &client.Client{URL: s.URL, Login: s.Login, Password: s.Password}
}

// Fixture executes a fixture: one or more request packets in a row.
func (s *Server) Fixture(t testing.TB, packets string) {
	t.Helper()
	if err := s.server.RunFixture(context.Background(), strings.NewReader(packets)); err != nil {
		t.Fatal(err)
	}
}

// SetTime sets the server's clock.
func (s *Server) SetTime(now time.Time) {
	s.clock.mu.Lock()
	defer s.clock.mu.Unlock()
	s.clock.now = now
}

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
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
