package client_test

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hostledger/hostledger/client"
)

// failing is a transport that always fails, and notes when.
type failing struct {
	err      error
	attempts []time.Time
}

func (f *failing) RoundTrip(*http.Request) (*http.Response, error) {
	f.attempts = append(f.attempts, time.Now())
	return nil, f.err
}

var (
	errRefused     = &net.OpError{Op: "dial", Err: errors.New("connection refused")}
	errCertificate = &tls.CertificateVerificationError{Err: errors.New("signed by nobody")}
)

func addOne() client.WebspaceAdd {
	return client.WebspaceAdd{GenSetup: client.WebspaceAddGenSetup{Name: new("one.example")}}
}

func TestRetriesWhereSafe(t *testing.T) {
	var mixed client.Packet
	client.Add(&mixed, client.WebspaceGet{})
	client.Add(&mixed, addOne())
	read := func(c *client.Client) error { _, err := client.Do(ctx, c, client.WebspaceGet{}); return err }
	add := func(c *client.Client) error { _, err := client.Do(ctx, c, addOne()); return err }
	for name, test := range map[string]struct {
		err  error
		call func(*client.Client) error
		want int
	}{
		"reading, the answer lost": {io.ErrUnexpectedEOF, read, 3},
		"traffic, the answer lost": {io.ErrUnexpectedEOF, func(c *client.Client) error {
			_, err := c.SetTraffic(ctx, make([]client.WebspaceSetTraffic, 1))
			return err
		}, 3},
		"prices, the answer lost": {io.ErrUnexpectedEOF, func(c *client.Client) error {
			_, err := client.Do(ctx, c, client.WebspaceSetBillingInfo{Filter: client.WebspaceFilter{All: true}})
			return err
		}, 3},
		"adding, the answer lost": {io.ErrUnexpectedEOF, add, 1},
		"the journal, the answer lost": {io.ErrUnexpectedEOF, func(c *client.Client) error {
			_, err := client.Do(ctx, c, client.EventLogGet{})
			return err
		}, 1},
		"adding among others":         {io.ErrUnexpectedEOF, func(c *client.Client) error { return c.Send(ctx, &mixed) }, 1},
		"any packet, the answer lost": {io.ErrUnexpectedEOF, func(c *client.Client) error { return c.Call(ctx, []byte("<packet/>"), nil) }, 1},
		"any packet, no connection":   {errRefused, func(c *client.Client) error { return c.Call(ctx, []byte("<packet/>"), nil) }, 3},
		"adding, no connection":       {errRefused, add, 3},
		"adding, no such name":        {&net.DNSError{Err: "no such host"}, add, 3},
		"a certificate that is wrong": {errCertificate, read, 1},
		"given up":                    {context.Canceled, read, 1},
	} {
		transport := &failing{err: test.err}
		c := &client.Client{URL: "http://host.example", HTTP: &http.Client{Transport: transport}, Retry: client.Retry{Attempts: 3}}
		if err := test.call(c); !errors.Is(err, test.err) {
			t.Errorf("%s: error %v, want %v", name, err, test.err)
		}
		if len(transport.attempts) != test.want {
			t.Errorf("%s: %d attempts, want %d", name, len(transport.attempts), test.want)
		}
	}
}

func TestNoRetryUnlessAsked(t *testing.T) {
	transport := &failing{err: errRefused}
	c := &client.Client{URL: "http://host.example", HTTP: &http.Client{Transport: transport}}
	if _, err := client.Do(ctx, c, client.WebspaceGet{}); err == nil || len(transport.attempts) != 1 {
		t.Errorf("%d attempts, %v", len(transport.attempts), err)
	}
}

// A server that takes packets and cuts the connection may have done what they
// say.
func TestAnswerCutOff(t *testing.T) {
	var packets atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		packets.Add(1)
		_, _ = io.Copy(io.Discard, r.Body)
		panic(http.ErrAbortHandler)
	}))
	defer server.Close()
	c := &client.Client{URL: server.URL, Retry: client.Retry{Attempts: 4}}
	if _, err := client.Do(ctx, c, addOne()); err == nil || packets.Load() != 1 {
		t.Errorf("adding: %d packets arrived, %v", packets.Load(), err)
	}
	packets.Store(0)
	if _, err := client.Do(ctx, c, client.WebspaceGet{}); err == nil || packets.Load() != 4 {
		t.Errorf("reading: %d packets arrived, %v", packets.Load(), err)
	}
}

// A connection that ends during the handshake has carried no packet.
func TestHandshakeCutShort(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	attempts := make(chan bool, 10)
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			attempts <- true
			_ = connection.Close()
		}
	}()
	c := &client.Client{URL: "https://" + listener.Addr().String(), Retry: client.Retry{Attempts: 3}}
	if _, err := client.Do(ctx, c, addOne()); err == nil {
		t.Error("there is no error")
	}
	if len(attempts) != 3 {
		t.Errorf("%d attempts, want 3", len(attempts))
	}
}

// A proxy that finds no server behind it is asked again, one that finds no page
// is not.
func TestRetryByStatus(t *testing.T) {
	for status, want := range map[int]int{http.StatusBadGateway: 2, http.StatusServiceUnavailable: 2, http.StatusNotFound: 1} {
		var packets atomic.Int64
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			packets.Add(1)
			w.WriteHeader(status)
		}))
		c := &client.Client{URL: server.URL, Retry: client.Retry{Attempts: 2}}
		if _, err := client.Do(ctx, c, client.WebspaceGet{}); err == nil || packets.Load() != int64(want) {
			t.Errorf("status %d: %d packets, want %d; %v", status, packets.Load(), want, err)
		}
		server.Close()
	}
}

func TestDelays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		transport := &failing{err: errRefused}
		c := &client.Client{
			URL: "http://host.example", HTTP: &http.Client{Transport: transport},
			Retry: client.Retry{Attempts: 5, Delay: time.Second, MaxDelay: 3 * time.Second},
		}
		_, _ = client.Do(ctx, c, client.WebspaceGet{})
		var delays []time.Duration
		for i := range len(transport.attempts) - 1 {
			delays = append(delays, transport.attempts[i+1].Sub(transport.attempts[i]))
		}
		if want := []time.Duration{1e9, 2e9, 3e9, 3e9}; !slices.Equal(delays, want) {
			t.Errorf("waited %v, want %v", delays, want)
		}
	})
}

func TestJitter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		transport := &failing{err: errRefused}
		c := &client.Client{
			URL: "http://host.example", HTTP: &http.Client{Transport: transport},
			Retry: client.Retry{Attempts: 2, Delay: time.Second, Jitter: 0.5},
		}
		_, _ = client.Do(ctx, c, client.WebspaceGet{})
		if delay := transport.attempts[1].Sub(transport.attempts[0]); delay < time.Second/2 || delay > time.Second {
			t.Errorf("waited %v, want half a second to one", delay)
		}
	})
}

func TestContextEndsRetries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(ctx, 90*time.Second)
		defer cancel()
		transport := &failing{err: errRefused}
		c := &client.Client{
			URL: "http://host.example", HTTP: &http.Client{Transport: transport},
			Retry: client.Retry{Attempts: 1000, Delay: time.Minute},
		}
		begun := time.Now()
		_, err := client.Do(ctx, c, client.WebspaceGet{})
		if !errors.Is(err, errRefused) || len(transport.attempts) != 2 || time.Since(begun) != 90*time.Second {
			t.Errorf("%d attempts in %v, %v", len(transport.attempts), time.Since(begun), err)
		}
	})
}

// Credentials are for the server that they were given for.
func TestRedirectsAreNotFollowed(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("the password %q went to another server", r.Header.Get("HTTP_AUTH_PASSWD"))
	}))
	defer other.Close()
	server := httptest.NewServer(http.RedirectHandler(other.URL, http.StatusTemporaryRedirect))
	defer server.Close()
	c := &client.Client{URL: server.URL, Login: "admin", Password: "secret"}
	if _, err := client.Do(ctx, c, client.WebspaceGet{}); err == nil || !strings.Contains(err.Error(), "307") {
		t.Errorf("got %v", err)
	}
}
