package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http/httputil"
	"strconv"
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

// newMessage returns a message to the API.
func newMessage(packet, answer []byte) message {
	const headers = "Content-Type: text/xml\r\nHTTP_AUTH_LOGIN: admin\r\nHTTP_AUTH_PASSWD: " + adminPassword + "\r\n"
	return newPost("/enterprise/control/agent.php", headers, packet, answer)
}

func newPost(path, headers string, body, answer []byte) message {
	head := "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers +
		"Content-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n"
	return message{request: append(append(make([]byte, 0, len(head)+len(body)), head...), body...), answer: answer}
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
	switch {
	case bytes.HasPrefix(status, []byte("HTTP/1.1 204 ")): // has no body
		length = 0
	case !bytes.HasPrefix(status, []byte("HTTP/1.1 200 ")):
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

// messenger is a client that posts messages.
type messenger struct {
	*connection
	messages []message
}

func (m messenger) ask(n int) error { return m.exchange(m.messages[n]) }

// messengers returns what opens connections to an address for messages.
func messengers(address string, messages []message) func() (client, error) {
	return func() (client, error) {
		c, err := dial(address)
		return messenger{c, messages}, err
	}
}

// post posts a message and checks the answer.
func post(address string, m message) (timing, error) {
	clients, err := connect(1, messengers(address, []message{m}))
	if err != nil {
		return timing{}, err
	}
	defer disconnect(clients)
	return drive(clients, 1)
}
