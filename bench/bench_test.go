package main

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/internal/machine"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
)

// smallSizes are enough to see that everything works.
var smallSizes = sizes{decodeBytes: 100_000, sites: 400, days: 3, yearSites: 4}

func newTestBench(t *testing.T) *bench {
	t.Helper()
	return &bench{ctx: context.Background(), sizes: smallSizes, dir: t.TempDir()}
}

// startInProcess starts a server over a data folder in this process. The
// function that it returns ends it.
func startInProcess(t *testing.T, data string) (*ledgerServer, func()) {
	t.Helper()
	s, err := server.Open(t.Context(), server.Options{
		DataDir: data, AdminPassword: func() string { return adminPassword },
		IPs: []ledger.IPAddress{machine.Loopback}, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	listener := httptest.NewServer(s.Handler)
	stop := func() {
		listener.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	return &ledgerServer{address: listener.Listener.Addr().String()}, stop
}

// startSeeded starts a server that has the subscriptions of smallSizes.
func startSeeded(t *testing.T) *ledgerServer {
	t.Helper()
	data := t.TempDir()
	s, stop := startInProcess(t, data)
	err := addFirst(s.address)
	stop()
	if err != nil {
		t.Fatal(err)
	}
	if err := multiply(data, smallSizes.sites); err != nil {
		t.Fatal(err)
	}
	s, stop = startInProcess(t, data)
	t.Cleanup(stop)
	return s
}

func TestDecode(t *testing.T) {
	r := round{}
	if err := newTestBench(t).measureDecode(r); err != nil {
		t.Fatal(err)
	}
	if r[decodeOurs] <= 0 || r[decodeToken] <= 0 {
		t.Errorf("no speed was measured: %v", r)
	}
}

func TestRowsAreReadBack(t *testing.T) {
	b, s := newTestBench(t), startSeeded(t)
	for version := range int64(2) {
		if _, err := b.load(s, version); err != nil {
			t.Fatal(err)
		}
		if err := s.spotCheck(b.sizes.sites, firstDay, b.sizes.days, version); err != nil {
			t.Error(err)
		}
	}
	if err := s.spotCheck(b.sizes.sites, firstDay, b.sizes.days, 0); err == nil {
		t.Error("the first version was read back after the second had been written")
	}
	years, err := b.loadYears(s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := drive(s.address, 4, years); err != nil {
		t.Error(err)
	}
}

func TestWrongAnswersAreFound(t *testing.T) {
	s := startSeeded(t)
	unknown := setTraffic(1, func(int) ledger.MailTraffic { return record(int64(smallSizes.sites)+1, firstDay, 0) })
	if _, err := drive(s.address, 1, []message{unknown}); err == nil {
		t.Error("an error in the place of ok was not noticed")
	}
}

func TestWritePage(t *testing.T) {
	name := filepath.Join(t.TempDir(), "page.md")
	if err := os.WriteFile(name, []byte("before\n"+tableBegins+"old\n"+tableEnds+"after\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	rounds := []round{{decodeOurs: 1000, decodeToken: 50}, {decodeOurs: 1200, decodeToken: 100}, {decodeOurs: 800, decodeToken: 50}}
	text := report(options{sizes: fullSizes, command: "go run ./bench -write"}, rounds, "a machine")
	if err := writePage(name, text); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(page); got != "before\n"+tableBegins+text+tableEnds+"after\n" {
		t.Errorf("the page is now %q", got)
	}
	for _, want := range []string{"`go run ./bench -write`", "1,000 MB/s", "800 – 1,200 MB/s", "50 MB/s", "16.00 ×", "yes"} {
		if !strings.Contains(text, want) {
			t.Errorf("the report lacks %q:\n%s", want, text)
		}
	}
}
