package httpd_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hostledger/hostledger/internal/httpd"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
)

// ask makes a request without credentials and returns its answer's text.
func ask(t *testing.T, handler http.Handler, method, path string) (*http.Response, string) {
	t.Helper()
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest(method, path, nil))
	response := recorder.Result()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, strings.TrimSpace(string(body))
}

// wantReady checks what /readyz tells, "ok" or why not; /healthz is fine in any
// case.
func wantReady(t *testing.T, handler http.Handler, want string) {
	t.Helper()
	status := http.StatusServiceUnavailable
	if want == "ok" {
		status = http.StatusOK
	}
	if response, got := ask(t, handler, http.MethodGet, "/readyz"); got != want || response.StatusCode != status {
		t.Errorf("/readyz answers %s: %q, want %d: %q", response.Status, got, status, want)
	}
	if response, got := ask(t, handler, http.MethodGet, "/healthz"); got != "ok" || response.StatusCode != http.StatusOK {
		t.Errorf("/healthz answers %s: %q", response.Status, got)
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	monitor := server.NewMonitor(slog.New(slog.DiscardHandler))
	wantReady(t, monitor, "The server is starting.")
	s := open(t, server.Options{Monitor: monitor})
	for _, handler := range []http.Handler{monitor, s.Handler} {
		wantReady(t, handler, "ok")
	}
	s.Stopping()
	for _, handler := range []http.Handler{monitor, s.Handler} {
		wantReady(t, handler, "The server is shutting down.")
	}
}

func TestFormOfHealth(t *testing.T) {
	t.Parallel()
	s := open(t, server.Options{})
	for _, path := range []string{"/healthz", "/readyz"} {
		for method, status := range map[string]int{http.MethodGet: 200, http.MethodHead: 200, http.MethodPost: 405} {
			response, _ := ask(t, s.Handler, method, path)
			if response.StatusCode != status {
				t.Errorf("%s %s answers %s", method, path, response.Status)
			}
			if caching := response.Header.Get("Cache-Control"); status == 200 && caching != "no-store" {
				t.Errorf("%s %s may be cached: %q", method, path, caching)
			}
		}
	}
}

// fragile is a store that answers as a test wants.
type fragile struct {
	ledger.Store
	meta func() (string, error)
}

func (f *fragile) Meta(context.Context, string) (string, error) { return f.meta() }

// healthOf returns the paths of a server whose store is fragile.
func healthOf(store *fragile, log io.Writer) http.Handler {
	health := httpd.NewHealth(slog.New(slog.NewTextHandler(log, nil)))
	health.Started(ledger.New(store, ledger.Options{Now: time.Now, Random: rand.Reader}))
	mux := http.NewServeMux()
	health.Register(mux)
	return mux
}

// Why a store fails is for the log, which tells it once.
func TestStoreFails(t *testing.T) {
	t.Parallel()
	store := &fragile{}
	var log bytes.Buffer
	handler := healthOf(store, &log)
	store.meta = func() (string, error) { return "", errors.New("cannot open /srv/secret") }
	for range 3 {
		wantReady(t, handler, "The store fails. The server's log tells why.")
	}
	store.meta = func() (string, error) { return "guid", nil }
	for range 3 {
		wantReady(t, handler, "ok")
	}
	if n := strings.Count(log.String(), "cannot open /srv/secret"); n != 1 || strings.Count(log.String(), "ready again") != 1 {
		t.Errorf("the log tells:\n%s", &log)
	}
	store.meta = func() (string, error) { return "", nil }
	wantReady(t, handler, "The ledger is not set up.")
}

// A store that hangs is waited for no longer than a second, and is not asked
// again before it has answered.
func TestStoreHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int64
		hangs := make(chan struct{})
		handler := healthOf(&fragile{meta: func() (string, error) {
			asked.Add(1)
			<-hangs
			return "guid", nil
		}}, io.Discard)
		began := time.Now()
		for range 3 {
			wantReady(t, handler, "The store does not answer within a second.")
		}
		if took := time.Since(began); took != 3*time.Second || asked.Load() != 1 {
			t.Errorf("three answers took %v and asked the store %d times", took, asked.Load())
		}
		close(hangs)
		synctest.Wait()
		wantReady(t, handler, "ok")
	})
}

// That whoever asks hangs up says nothing about the store.
func TestWatchdogHangsUp(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	handler := healthOf(&fragile{meta: func() (string, error) {
		<-t.Context().Done()
		return "", t.Context().Err()
	}}, &log)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodGet, "/readyz", nil))
	if log.Len() > 0 {
		t.Errorf("the log tells:\n%s", &log)
	}
}
