package faults

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strconv"
	"time"

	"github.com/hostledger/hostledger/internal/httpd"
	"github.com/hostledger/hostledger/xmlapi"
)

// Handler lets the faults happen that concern whole packets. What is not a packet
// goes to next as it is.
func (i *Injector) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !httpd.IsPacket(r) || !i.awaitsPackets() {
			next.ServeHTTP(w, r)
			return
		}
		body, _ := io.ReadAll(r.Body) // its error comes again when next reads on
		r.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), r.Body))
		outline := xmlapi.ReadOutline(bytes.NewReader(body))
		due := i.due(func(f *Injected) bool { return f.fault.Error == 0 && f.concerns(outline.Operations...) })
		due.serve(w, r, outline.Version, next)
	})
}

// awaitsPackets tells whether there is a fault that concerns whole packets.
func (i *Injector) awaitsPackets() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, f := range i.injected {
		if f.fault.Error == 0 {
			return true
		}
	}
	return false
}

// serve answers a packet, with or without a fault.
func (d due) serve(w http.ResponseWriter, r *http.Request, version string, next http.Handler) {
	if d == (due{}) {
		next.ServeHTTP(w, r)
		return
	}
	f := d.fault
	if f == nil {
		f = &Fault{}
	}
	a := &answer{header: http.Header{}, status: http.StatusOK}
	switch {
	case f.Refuse != 0:
		a.header.Set("Content-Type", "text/xml;charset=UTF-8")
		_ = xmlapi.WriteSystemError(a, version, f.refusal(f.Refuse, nil))
	case f.Status != 0:
		a.writePage(f.Status)
	case f.Cut != Before:
		next.ServeHTTP(a, r)
	}
	wait(r.Context(), d.delay)
	a.send(w, f.Cut)
}

// wait returns after d, or at once when the client is gone.
func wait(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// answer is an answer that is yet to be sent. It is an http.ResponseWriter.
type answer struct {
	header http.Header
	status int
	bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) { a.status = status }

// writePage makes the answer a page such as proxies give.
func (a *answer) writePage(status int) {
	a.header.Set("Content-Type", "text/html")
	a.status = status
	title := fmt.Sprintf("%d %s", status, http.StatusText(status))
	fmt.Fprintf(a, "<html>\n<head><title>%s</title></head>\n<body><center><h1>%s</h1></center></body>\n</html>\n", title, title)
}

// send sends the answer as far as the connection lasts.
func (a *answer) send(w http.ResponseWriter, cut Cut) {
	if cut == Before || cut == After {
		panic(http.ErrAbortHandler)
	}
	maps.Copy(w.Header(), a.header)
	w.Header().Set("Content-Length", strconv.Itoa(a.Len()))
	w.WriteHeader(a.status)
	if cut == "" {
		_, _ = w.Write(a.Bytes())
		return
	}
	_, _ = w.Write(a.Bytes()[:a.Len()/2])
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}
