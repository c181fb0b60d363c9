package sqlstore

import (
	"bytes"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
)

// proxy is on the way to a PostgreSQL server and can end connections.
type proxy struct {
	net.Listener
	network, server string
	// fault says what happens to a message of the client; nil: nothing.
	fault atomic.Pointer[func(message []byte) fault]

	mu    sync.Mutex
	conns map[net.Conn]bool
}

// fault is what happens to a message.
type fault int

const (
	none       fault = iota
	lostBefore       // the connection ends and the server does not get the message
	lostAfter        // the server gets it and answers, and the connection ends
)

// startProxy starts a proxy and returns the address of a database behind it.
func startProxy(t testing.TB, database string) (*proxy, string) {
	t.Helper()
	config, err := pgx.ParseConfig(database)
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{conns: map[net.Conn]bool{}}
	p.network, p.server = "tcp", net.JoinHostPort(config.Host, "5432")
	if filepath.IsAbs(config.Host) {
		p.network, p.server = "unix", filepath.Join(config.Host, ".s.PGSQL.5432")
	}
	if p.Listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	go p.serve()
	t.Cleanup(p.stop)
	address, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	address.Host, address.RawQuery = p.Addr().String(), "sslmode=disable"
	return p, address.String()
}

// set says what happens to messages from now on.
func (p *proxy) set(fault func(message []byte) fault) { p.fault.Store(&fault) }

// stop ends all connections and takes no more.
func (p *proxy) stop() {
	_ = p.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	for conn := range p.conns {
		_ = conn.Close()
	}
}

func (p *proxy) serve() {
	for {
		client, err := p.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial(p.network, p.server)
		if err != nil {
			_ = client.Close()
			continue
		}
		p.mu.Lock()
		p.conns[client], p.conns[server] = true, true
		p.mu.Unlock()
		go p.pass(client, server)
	}
}

// pass hands on what a client and a server send until either ends, or a fault
// ends both. The client loses an answer only when the server has given it: what
// it was told is done by then.
func (p *proxy) pass(client, server net.Conn) {
	var answerIsLost atomic.Bool
	go func() {
		handBack(client, server, &answerIsLost)
		_ = client.Close()
		_, _ = io.Copy(io.Discard, server) // what the client does not wait for any more
		_ = server.Close()
	}()
	message := make([]byte, 1<<16)
	for {
		n, err := client.Read(message)
		if err != nil {
			break
		}
		f := p.faultOf(message[:n])
		if f == lostBefore {
			_ = client.Close()
			break
		}
		answerIsLost.Store(f == lostAfter)
		if _, err := server.Write(message[:n]); err != nil || f == lostAfter {
			break
		}
	}
	_ = server.(interface{ CloseWrite() error }).CloseWrite()
}

// handBack hands on what a server sends until an answer is lost.
func handBack(client, server net.Conn, isLost *atomic.Bool) {
	message := make([]byte, 1<<16)
	for {
		n, err := server.Read(message)
		if err != nil || isLost.Load() {
			return
		}
		if _, err := client.Write(message[:n]); err != nil {
			return
		}
	}
}

func (p *proxy) faultOf(message []byte) fault {
	if f := p.fault.Load(); f != nil {
		return (*f)(message)
	}
	return none
}

// isCommit tells whether a message ends a transaction that is not one of
// traffic: those are sent as text.
func isCommit(message []byte) bool {
	return bytes.HasPrefix(message, []byte("Q")) && bytes.Contains(message, []byte("commit\x00"))
}
