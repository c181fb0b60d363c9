package httpd

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/hostledger/hostledger/ledger"
)

// Health answers what load balancers and watchdogs ask, without credentials:
// /healthz, whether the process lives, and /readyz, whether packets would be
// answered. A new one says that the server is starting.
type Health struct {
	log      *slog.Logger
	ledger   atomic.Pointer[ledger.Ledger]
	stopping atomic.Bool
	queries  singleflight.Group // however many ask, the store is asked once at a time
	failing  atomic.Bool        // when the store was asked last
}

// NewHealth returns the health of a server that is starting.
func NewHealth(log *slog.Logger) *Health { return &Health{log: log} }

// Started says that the server has a ledger to answer from.
func (h *Health) Started(l *ledger.Ledger) { h.ledger.Store(l) }

// Stopping says that the server is about to end.
func (h *Health) Stopping() { h.stopping.Store(true) }

// Register adds the two paths to a handler.
func (h *Health) Register(mux *http.ServeMux) {
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { answerHealth(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if reason := h.unready(r.Context()); reason != "" {
			answerHealth(w, http.StatusServiceUnavailable, reason)
			return
		}
		answerHealth(w, http.StatusOK, "ok")
	})
	for _, path := range []string{"/healthz", "/readyz"} {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Allow", "GET, HEAD")
			answerHealth(w, http.StatusMethodNotAllowed, "Ask with GET.")
		})
	}
}

func answerHealth(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n")
}

// unready tells why packets would not be answered, or "" when they would be.
func (h *Health) unready(ctx context.Context) string {
	rules := h.ledger.Load()
	switch {
	case h.stopping.Load():
		return "The server is shutting down."
	case rules == nil:
		return "The server is starting."
	}
	guid, err := h.serverGUID(ctx, rules)
	if ctx.Err() == nil {
		h.logChange(err)
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return "The store does not answer within a second."
	case err != nil:
		return "The store fails. The server's log tells why."
	case guid == "":
		return "The ledger is not set up."
	}
	return ""
}

// storePatience is how long the store may take to answer a query.
const storePatience = time.Second

// serverGUID asks the store for the guid that is there once a ledger is set up.
// It does not wait for a store that hangs, not even for one that goes on when
// its context has ended.
func (h *Health) serverGUID(ctx context.Context, rules *ledger.Ledger) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, storePatience)
	defer cancel()
	asked := h.queries.DoChan("", func() (any, error) {
		query, cancel := context.WithTimeout(context.WithoutCancel(ctx), storePatience)
		defer cancel()
		return rules.ServerGUID(query)
	})
	select {
	case answer := <-asked:
		return answer.Val.(string), answer.Err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// logChange logs when the store begins to fail, and when it works again.
func (h *Health) logChange(err error) {
	switch wasFailing := h.failing.Swap(err != nil); {
	case err != nil && !wasFailing:
		h.log.Error("not ready: the store fails", "error", err)
	case err == nil && wasFailing:
		h.log.Info("ready again")
	}
}
