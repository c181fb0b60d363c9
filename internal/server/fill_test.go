package server_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/internal/server"
)

// A first start whose fixtures did not get to the end is not taken for a
// complete ledger by the next one.
func TestFirstStartIsWholeOrRefused(t *testing.T) {
	dir := t.TempDir()
	const packet = `<packet><reseller><add><gen-info><pname>Rick</pname><login>rick</login><passwd>setup-Pa55</passwd></gen-info></add></reseller></packet>`
	interrupted := errors.New("interrupted")
	open := func(fill func(func(io.Reader) error) error) error {
		s, err := server.Open(context.Background(), server.Options{
			DataDir: dir, AdminPassword: func() string { return "setup-Pa55word" }, WeakPasswords: true,
			Log: slog.New(slog.DiscardHandler), Fill: fill,
		})
		if err != nil {
			return err
		}
		return s.Close()
	}
	if err := open(func(func(io.Reader) error) error { return interrupted }); !errors.Is(err, interrupted) {
		t.Fatalf("a fixture that failed before it did anything: %v", err)
	}
	err := open(func(run func(io.Reader) error) error {
		return errors.Join(run(strings.NewReader(packet)), interrupted)
	})
	if !errors.Is(err, interrupted) {
		t.Fatalf("a fixture that failed half way: %v", err)
	}
	if err := open(nil); err == nil || !strings.Contains(err.Error(), "did not get to the end of its fixtures") {
		t.Fatalf("the start after it: %v", err)
	}
}
