package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/hostledger/hostledger/client"
)

// TestStopAnswersRequestsInFlight stops a server that has half of a packet.
// Meanwhile its monitor tells that it is about to end.
func TestStopAnswersRequestsInFlight(t *testing.T) {
	p := serveIn(t, t.TempDir())
	address := strings.TrimPrefix(p.urls[0], "http://")
	connection, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	packet := `<packet><server><get_protos/></server></packet>`
	begun, rest := packet[:20], packet[20:]
	// The server asks for the body once the request is in its hands.
	send(t, connection, fmt.Sprintf("POST /enterprise/control/agent.php HTTP/1.1\r\nHost: ledger\r\n"+
		"HTTP_AUTH_LOGIN: admin\r\nHTTP_AUTH_PASSWD: %s\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n", adminPasswordForTests, len(packet)))
	reader := bufio.NewReader(connection)
	if line, err := reader.ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatalf("got %q, %v instead of 100 Continue", line, err)
	}
	if _, err := reader.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	send(t, connection, begun)

	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	awaitRefusal(t, address)
	wantHealth(t, p.monitor(t), "/readyz", http.StatusServiceUnavailable, "The server is shutting down.")
	wantHealth(t, p.monitor(t), "/healthz", http.StatusOK, "ok")
	send(t, connection, rest)
	response, err := http.ReadResponse(reader, nil)
	if err != nil {
		t.Fatalf("the request in flight got no answer: %v", err)
	}
	defer func() { _ = response.Body.Close() }()
	if err := client.Check(response.Body); err != nil {
		t.Errorf("the request in flight was refused: %v", err)
	}
	<-p.ended
	if status := p.ProcessState.ExitCode(); status != 0 {
		t.Errorf("the server ended with status %d", status)
	}
}

func send(t *testing.T, to io.Writer, text string) {
	t.Helper()
	if _, err := io.WriteString(to, text); err != nil {
		t.Fatal(err)
	}
}

// awaitRefusal waits until nothing listens on an address any more.
func awaitRefusal(t *testing.T, address string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		connection, err := net.Dial("tcp", address)
		if err != nil {
			return
		}
		_ = connection.Close()
	}
	t.Fatal("the server goes on listening after SIGTERM")
}
