package hostledgertest

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/hostledger/hostledger/internal/httpd"
	"github.com/hostledger/hostledger/xmlapi"
)

// How much is kept of what a server received.
const (
	mostPackets   = 1000
	mostOfAPacket = 64 << 10
)

// Packet is a packet that a server received.
type Packet struct {
	Header http.Header
	Body   string // at most the first 64 KiB
}

// Operations returns the names of the packet's operations, such as
// webspace.set_traffic, in order; of neighbouring nodes of one operation, once.
// A packet that is not valid, or longer than 64 KiB, has none.
func (p Packet) Operations() (names []string) {
	for _, o := range xmlapi.ReadOutline(strings.NewReader(p.Body)).Operations {
		names = append(names, o.Operator+"."+o.Name)
	}
	return names
}

// Received returns the packets that came over HTTP, the oldest first, whatever
// became of them: the last thousand.
func (s *Server) Received() []Packet {
	s.received.mu.Lock()
	defer s.received.mu.Unlock()
	packets := make([]Packet, len(s.received.packets))
	for i, p := range s.received.packets {
		packets[i] = Packet{Header: p.header, Body: p.body.String()}
	}
	return packets
}

// received holds the newest packets.
type received struct {
	mu      sync.Mutex
	packets []*receiving
}

// handler notes the packets that next reads.
func (l *received) handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if httpd.IsPacket(r) {
			body := r.Body
			r.Body = struct {
				io.Reader
				io.Closer
			}{io.TeeReader(body, l.add(r.Header)), body}
		}
		next.ServeHTTP(w, r)
	})
}

func (l *received) add(header http.Header) *receiving {
	p := &receiving{of: l, header: header.Clone()}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.packets) == mostPackets {
		l.packets = slices.Delete(l.packets, 0, 1)
	}
	l.packets = append(l.packets, p)
	return p
}

// receiving is a packet that may yet come.
type receiving struct {
	of     *received
	header http.Header
	body   strings.Builder
}

// Write notes a part of the packet.
func (p *receiving) Write(b []byte) (int, error) {
	p.of.mu.Lock()
	defer p.of.mu.Unlock()
	p.body.Write(b[:min(len(b), mostOfAPacket-p.body.Len())])
	return len(b), nil
}
