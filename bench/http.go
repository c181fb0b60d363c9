package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http/httputil"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// The load generator shares the processor with the server, so it does as
// little as it can: requests and the answers that they must get are made
// before the clock starts, connections are kept alive, and of HTTP only what
// delimits the answer is read.

// adminPassword is the password of the servers that are measured.
const adminPassword = "bench-Pa55word"

// message is a request as it goes over the wire, with its answer's body.
type message struct {
	request, answer []byte
}

func newMessage(packet, answer []byte) message {
	head := "POST /enterprise/control/agent.php HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n" +
		"HTTP_AUTH_LOGIN: admin\r\nHTTP_AUTH_PASSWD: " + adminPassword + "\r\n" +
		"Content-Length: " + strconv.Itoa(len(packet)) + "\r\n\r\n"
	return message{request: append(append(make([]byte, 0, len(head)+len(packet)), head...), packet...), answer: answer}
}

// connection is a kept-alive connection to the server.
type connection struct {
	net.Conn
	in *bufio.Reader
}

func dial(address string) (*connection, error) {
	c, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &connection{Conn: c, in: bufio.NewReaderSize(c, 64<<10)}, nil
}

func (c *connection) close() { _ = c.Close() }

// exchange posts a message and compares the answer with what it must be.
func (c *connection) exchange(m message) error {
	if _, err := c.Write(m.request); err != nil {
		return fmt.Errorf("posting a packet: %w", err)
	}
	body, err := c.answer()
	if err != nil {
		return fmt.Errorf("reading an answer: %w", err)
	}
	return expect(body, m.answer)
}

// ask posts a packet and returns the answer's body.
func (c *connection) ask(packet []byte) ([]byte, error) {
	if _, err := c.Write(newMessage(packet, nil).request); err != nil {
		return nil, fmt.Errorf("posting a packet: %w", err)
	}
	body, err := c.answer()
	if err != nil {
		return nil, fmt.Errorf("reading an answer: %w", err)
	}
	return io.ReadAll(body)
}

// answer reads the head of an answer and returns its body.
func (c *connection) answer() (io.Reader, error) {
	length := int64(-1)
	status, err := c.in.ReadSlice('\n')
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(status, []byte("HTTP/1.1 200 ")) {
		return nil, fmt.Errorf("the server answered %q", status)
	}
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return nil, err
		}
		if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if length, err = strconv.ParseInt(string(bytes.TrimSpace(value)), 10, 64); err != nil {
				return nil, err
			}
		}
		if len(line) == len("\r\n") {
			break
		}
	}
	if length >= 0 {
		return io.LimitReader(c.in, length), nil
	}
	return &chunked{Reader: httputil.NewChunkedReader(c.in), in: c.in}, nil
}

// chunked reads a chunked body and the empty line behind it.
type chunked struct {
	io.Reader
	in *bufio.Reader
}

func (c *chunked) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	if err == io.EOF {
		if _, err := c.in.ReadSlice('\n'); err != nil {
			return n, io.ErrUnexpectedEOF
		}
	}
	return n, err
}

// expect reads a body and compares it with what it must be.
func expect(body io.Reader, want []byte) error {
	buf := make([]byte, min(len(want)+1, 64<<10))
	for at := 0; ; {
		n, err := body.Read(buf)
		if n > len(want)-at || !bytes.Equal(buf[:n], want[at:at+n]) {
			return fmt.Errorf("the answer has, from byte %d, %.300q instead of %.300q", at, buf[:n], want[at:])
		}
		at += n
		switch {
		case err == io.EOF && at == len(want):
			return nil
		case err == io.EOF:
			return fmt.Errorf("the answer ends after %d of %d bytes", at, len(want))
		case err != nil:
			return fmt.Errorf("reading an answer: %w", err)
		}
	}
}

// timing is how long a load took.
type timing struct {
	elapsed   time.Duration
	latencies []time.Duration // of each message, ascending
}

// rate returns how many there were a second, of so many in all.
func (t timing) rate(count int) float64 { return float64(count) / t.elapsed.Seconds() }

// quantile returns the latency that a share of the messages does not exceed.
func (t timing) quantile(share float64) time.Duration {
	return t.latencies[int(share*float64(len(t.latencies)-1))]
}

// drive sends messages over connections, each of which waits for an answer
// before it sends the next, and checks the answers.
func drive(address string, connections int, messages []message) (timing, error) {
	pool := make([]*connection, connections)
	for i := range pool {
		var err error
		if pool[i], err = dial(address); err != nil {
			return timing{}, err
		}
		defer pool[i].close()
	}
	var next atomic.Int64
	var work sync.WaitGroup
	latencies, errs := make([]time.Duration, len(messages)), make([]error, connections)
	start := time.Now()
	for i, c := range pool {
		work.Go(func() {
			for n := next.Add(1) - 1; n < int64(len(messages)) && errs[i] == nil; n = next.Add(1) - 1 {
				sent := time.Now()
				errs[i] = c.exchange(messages[n])
				latencies[n] = time.Since(sent)
			}
		})
	}
	work.Wait()
	t := timing{elapsed: time.Since(start), latencies: latencies}
	for _, err := range errs {
		if err != nil {
			return timing{}, err
		}
	}
	slices.Sort(t.latencies)
	return t, nil
}
