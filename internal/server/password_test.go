package server_test

import (
	"context"
	"log/slog"
	"net/netip"
	"testing"
	"time"

	"github.com/hostledger/hostledger/internal/server"
)

// A password is dear to guess and cheap to use: the one that was verified
// before costs next to nothing, a wrong one costs the full price every time.
func TestOnlyKnownPasswordsAreCheap(t *testing.T) {
	ctx := context.Background()
	const password = "setup-Pa55word"
	s, err := server.Open(ctx, server.Options{
		AdminPassword: func() string { return password },
		Log:           slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	login := func(password string) (took time.Duration, err error) {
		began := time.Now()
		_, err = s.Ledger.Login(ctx, server.AdminLogin, password, netip.Addr{})
		return time.Since(began), err
	}
	if _, err := login(password); err != nil {
		t.Fatal(err)
	}
	cheapest, dearest := time.Hour, time.Duration(0)
	for range 5 {
		known, err := login(password)
		if err != nil {
			t.Fatal(err)
		}
		wrong, err := login("wrong" + password)
		if err == nil {
			t.Fatal("a wrong password was accepted")
		}
		cheapest, dearest = min(cheapest, known), max(dearest, wrong)
		// The full price is milliseconds even on the fastest machine.
		if wrong < time.Millisecond {
			t.Errorf("a wrong password was refused within %v", wrong)
		}
	}
	if cheapest > dearest/10 {
		t.Errorf("a known password took %v at best, a wrong one %v", cheapest, dearest)
	}
}
