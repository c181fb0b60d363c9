package metrics_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/internal/httpd"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/xmlapi"
)

// Names of samples that several tests expect.
const (
	executed = `hostledger_packets_total{result="ok"}`
	answered = `hostledger_packet_duration_seconds_count`
	read     = `hostledger_packet_read_bytes_total`
	inFlight = `hostledger_packets_in_flight`
	internal = `hostledger_internal_errors_total`
)

func refused(code string) string { return `hostledger_packets_total{result="` + code + `"}` }

func operation(operator, name, result string) string {
	return `hostledger_operations_total{operation="` + name + `", operator="` + operator + `", result="` + result + `"}`
}

const protos = `<packet><server><get_protos/></server></packet>`

func TestPackets(t *testing.T) {
	t.Parallel()
	h := newHost(t, server.Options{})
	admin, stranger := h.admin(), &client.Client{URL: h.clients}
	guesser := &client.Client{URL: h.clients, Login: server.AdminLogin, Password: "wrong"}
	for _, test := range []struct {
		name, packet string
		by           *client.Client
		want         samples
	}{
		{"one operation", protos, admin, samples{executed: 1, operation("server", "get_protos", "ok"): 1}},
		{"an operation by its older name", `<packet version="1.4.2.0"><domain><get><filter/><dataset/></get></domain></packet>`, admin,
			samples{executed: 1, operation("webspace", "get", "ok"): 1}},
		{"nodes that fail", `<packet><webspace>` + add("one") + add("four") + add("two") + add("-") + `<get><filter><id>99</id></filter><dataset/></get></webspace></packet>`, admin,
			samples{executed: 1, operation("webspace", "add", "ok"): 1, operation("webspace", "add", "1007"): 2, operation("webspace", "add", "1019"): 1, operation("webspace", "get", "1013"): 1}},
		{"a node with good and bad results", `<packet><webspace><get><filter><id>1</id><id>98</id><id>99</id></filter><dataset/></get></webspace></packet>`, admin,
			samples{executed: 1, operation("webspace", "get", "1013"): 1}},
		{"actions within a node", `<packet><secret_key><create><ip_address>no address</ip_address></create></secret_key></packet>`, admin,
			samples{executed: 1, operation("secret_key", "create", "1019"): 1}},
		{"an operator that there is not", `<packet><mailbox><get/></mailbox></packet>`, admin, samples{refused("1014"): 1}},
		{"an operation that there is not", `<packet><webspace><explode/></webspace></packet>`, admin, samples{refused("1014"): 1}},
		{"no XML", `<packet>`, admin, samples{refused("1014"): 1}},
		{"another version", `<packet version="9.9.9.9"/>`, admin, samples{refused("1005"): 1}},
		{"no credentials", protos, stranger, samples{refused("1029"): 1}},
		{"a wrong password", protos, guesser, samples{refused("1001"): 1}},
		{"an unknown key", protos, &client.Client{URL: h.clients, Key: "x"}, samples{refused("11003"): 1}},
	} {
		if test.want[executed] == 1 {
			test.want[answered] = 1
		}
		if test.want[executed]+test.want[refused("1014")] == 1 {
			test.want[read] = float64(len(test.packet))
		}
		h.changes(test.name, func() { h.post(test.by, strings.NewReader(test.packet)) }, test.want)
	}
}

// Five failures lock a login, and fifty all logins from an address.
func TestLocks(t *testing.T) {
	t.Parallel()
	h := newHost(t, server.Options{})
	fail := func(login string) {
		h.post(&client.Client{URL: h.clients, Login: login, Password: "wrong"}, strings.NewReader(protos))
	}
	customers := ""
	for i := range 10 {
		customers += fmt.Sprintf(`<add><gen_info><pname>Jane</pname><login>jane%d</login><passwd>setup-Pa55</passwd></gen_info></add>`, i)
	}
	h.post(h.admin(), strings.NewReader(`<packet><customer>`+customers+`</customer></packet>`))
	h.changes("fifty failures", func() {
		for i := range 50 {
			fail(fmt.Sprintf("jane%d", i/5))
		}
	}, samples{refused("1001"): 50, `hostledger_login_locks_total{locks="one"}`: 9, `hostledger_login_locks_total{locks="all"}`: 1})
	h.changes("one more", func() { fail("jane") }, samples{refused("1012"): 1})
}

// Packets are in flight from their first byte to their answer.
func TestPacketsInFlight(t *testing.T) {
	t.Parallel()
	h := newHost(t, server.Options{})
	h.changes("two packets", func() {
		var ends []*io.PipeWriter
		done := make(chan struct{})
		for range 2 {
			body, end := io.Pipe()
			ends = append(ends, end)
			go func() {
				h.post(h.admin(), body)
				done <- struct{}{}
			}()
			if _, err := io.WriteString(end, protos[:20]); err != nil {
				t.Fatal(err)
			}
		}
		h.await(inFlight, 2)
		for _, end := range ends {
			if _, err := io.WriteString(end, protos[20:]); err != nil {
				t.Fatal(err)
			}
			_ = end.Close()
			<-done
		}
	}, samples{executed: 2, answered: 2, read: float64(2 * len(protos)), operation("server", "get_protos", "ok"): 2})
}

// await waits until a sample has a value.
func (h *host) await(name string, want float64) {
	h.Helper()
	for deadline := time.Now().Add(20 * time.Second); h.scrape()[name] != want; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			h.Fatalf("%s is %v, want %v", name, h.scrape()[name], want)
		}
	}
}

// A client that takes its time counts as waiting, and not as decoding or in the
// time until the answer.
func TestWaitForSlowClients(t *testing.T) {
	s := newHost(t, server.Options{})
	before := s.scrape()
	synctest.Test(t, func(t *testing.T) {
		body := io.MultiReader(strings.NewReader(protos[:20]), reader(func([]byte) (int, error) {
			time.Sleep(time.Minute)
			return 0, io.EOF
		}))
		s.Handler.ServeHTTP(httptest.NewRecorder(), request(body))
	})
	after := s.scrape()
	want := samples{
		"hostledger_packet_wait_seconds_total": 60, "hostledger_packet_decode_seconds_total": 0, "hostledger_packet_duration_seconds_sum": 0,
	}
	for name, want := range want {
		if got := after[name] - before[name]; got != want {
			t.Errorf("%s changed by %v, want %v", name, got, want)
		}
	}
}

type reader func([]byte) (int, error)

func (r reader) Read(b []byte) (int, error) { return r(b) }

// request is a request of the administrator's.
func request(body io.Reader) *http.Request {
	r := httptest.NewRequest(http.MethodPost, httpd.AgentPath, body)
	r.Header.Set("HTTP_AUTH_LOGIN", server.AdminLogin)
	r.Header.Set("HTTP_AUTH_PASSWD", password)
	return r
}

// An answer that nobody takes is told of. What was asked for is done.
func TestUndelivered(t *testing.T) {
	t.Parallel()
	h := newHost(t, server.Options{})
	h.changes("a client that is gone", func() {
		h.Handler.ServeHTTP(gone{httptest.NewRecorder()}, request(strings.NewReader(protos)))
	}, samples{
		executed: 1, answered: 1, read: float64(len(protos)), operation("server", "get_protos", "ok"): 1, "hostledger_answers_undelivered_total": 1,
	})
}

// gone is a client that takes no answer.
type gone struct{ *httptest.ResponseRecorder }

func (gone) Write([]byte) (int, error) { return 0, errors.New("gone") }

// Every operation has a counter from the beginning, and nothing else has.
func TestOperationsAreThoseOfTheRegistry(t *testing.T) {
	t.Parallel()
	h := newHost(t, server.Options{})
	found := h.scrape()
	for _, o := range xmlapi.Operations() {
		name := operation(o.Operator, o.Name, "ok")
		if _, ok := found[name]; !ok {
			t.Errorf("there is no %s", name)
		}
		delete(found, name)
	}
	for name := range found {
		if strings.HasPrefix(name, "hostledger_operations_total") {
			t.Errorf("nobody asked for %s", name)
		}
	}
}
