package client

import (
	"context"
	"crypto/tls"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptrace"
	"slices"
	"strings"
	"time"
)

// Retry says whether a packet is sent again when there was no answer to it. The
// zero Retry sends it once.
//
// A packet is sent again when surely nothing of it has reached the server: the
// connection was refused, the name not found, the handshake cut short. What
// reached the server may have been done although the answer got lost, so it is
// sent again only if every operation in the packet can be repeated without
// harm: those that read (all that begin with get, but event_log/get, which can
// empty the journal, and the lists of buttons), set_traffic and
// set-billing-info, which replace what is there. Others never are, set among
// them: one that renames what its filter names would not find it again.
type Retry struct {
	Attempts int           // in all; 0 is 1
	Delay    time.Duration // before the second attempt, twice as long before each that follows
	MaxDelay time.Duration // no delay is longer; 0 is no limit
	Jitter   float64       // the share of a delay, from 0 to 1, that is left to chance
}

// isRepeatable tells whether running a packet twice is running it once.
func (p *Packet) isRepeatable() bool {
	return !slices.ContainsFunc(p.nodes, func(n *node) bool {
		return !isRead(n.operator, n.name) && n.name != "set_traffic" && n.name != "set-billing-info"
	})
}

// isRead tells whether an operation changes nothing.
func isRead(operator, name string) bool {
	switch {
	case operator == "event_log" && name == "get":
		return false
	case strings.HasPrefix(name, "cform"): // lists of buttons
		return true
	}
	return strings.HasPrefix(name, "get")
}

// exchange sends a packet and returns the answer.
func (c *Client) exchange(ctx context.Context, packet []byte, isRepeatable bool) ([]byte, error) {
	for attempt := 1; ; attempt++ {
		answer, mayHaveArrived, err := c.try(ctx, packet)
		if err == nil || attempt >= c.Retry.Attempts || ctx.Err() != nil || !isPassing(err) || mayHaveArrived && !isRepeatable {
			return answer, err
		}
		select {
		case <-time.After(c.Retry.delay(attempt)):
		case <-ctx.Done():
			return nil, err
		}
	}
}

// try sends a packet once. When it fails, mayHaveArrived tells whether the
// server may have got the packet.
func (c *Client) try(ctx context.Context, packet []byte) (answer []byte, mayHaveArrived bool, err error) {
	var isConnecting, isWriting bool
	answer, err = c.once(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn:      func(string) { isConnecting = true },
		WroteHeaders: func() { isWriting = true },
	}), packet)
	// A transport that does not tell how far it came may have come to the end.
	return answer, isWriting || !isConnecting && !isDialing(err), err
}

// isDialing tells whether an error is about connecting.
func isDialing(err error) bool {
	var network *net.OpError
	var name *net.DNSError
	return errors.As(err, &network) && network.Op == "dial" || errors.As(err, &name)
}

// isPassing tells whether a later attempt may succeed where one failed.
func isPassing(err error) bool {
	var certificate *tls.CertificateVerificationError
	var status *statusError
	switch {
	case errors.Is(err, context.Canceled), errors.As(err, &certificate):
		return false
	case errors.As(err, &status):
		return status.code == http.StatusBadGateway || status.code == http.StatusServiceUnavailable || status.code == http.StatusGatewayTimeout
	}
	return true
}

// delay is how long to wait after an attempt that failed.
func (r Retry) delay(attempt int) time.Duration {
	delay := r.Delay
	for range attempt - 1 {
		if delay *= 2; r.MaxDelay > 0 && delay > r.MaxDelay {
			break
		}
	}
	if r.MaxDelay > 0 {
		delay = min(delay, r.MaxDelay)
	}
	return delay - time.Duration(r.Jitter*rand.Float64()*float64(delay))
}
