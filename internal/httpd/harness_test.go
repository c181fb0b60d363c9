package httpd_test

import (
	"encoding/xml"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/internal/httpd"
	"github.com/hostledger/hostledger/internal/machine"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
)

const (
	protos = `<packet><server><get_protos/></server></packet>`
	jane   = `<packet><customer><add><gen_info><pname>Jane Doe</pname><login>jane</login><passwd>jane-Pa55word</passwd></gen_info></add></customer>` +
		`<webspace><add><gen_setup><name>jane.example</name><owner-login>jane</owner-login></gen_setup></add></webspace></packet>`
)

// open opens a server with options of a test's own, and what else it needs.
func open(t *testing.T, o server.Options) *server.Server {
	t.Helper()
	o.AdminPassword = func() string { return "setup-Pa55word" }
	o.IPs = []ledger.IPAddress{machine.Loopback}
	o.WeakPasswords = true
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s, err := server.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// headers are sent under exactly these names.
type headers map[string]string

func admin(s *hostledgertest.Server) headers {
	return headers{"HTTP_AUTH_LOGIN": s.Login, "HTTP_AUTH_PASSWD": s.Password}
}

// with returns a copy of h in which a header has the value.
func (h headers) with(name, value string) headers {
	changed := maps.Clone(h)
	changed[name] = value
	return changed
}

// send makes a request to the agent and returns the response with its body
// read. Whatever happens the HTTP status is 200.
func send(t testing.TB, s *hostledgertest.Server, method string, h headers, body io.Reader) (*http.Response, string) {
	t.Helper()
	return sendTo(t, s.URL+httpd.AgentPath, method, h, body)
}

func sendTo(t testing.TB, url, method string, h headers, body io.Reader) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range h {
		request.Header[name] = []string{value}
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Errorf("the status is %s", response.Status)
	}
	return response, string(answer)
}

func post(t testing.TB, s *hostledgertest.Server, h headers, packet string) string {
	t.Helper()
	_, answer := send(t, s, http.MethodPost, h, strings.NewReader(packet))
	return answer
}

// refusal is an answer that refuses a whole packet; a zero code means that it
// was not refused.
type refusal struct {
	version string
	code    int
	text    string
}

func read(t testing.TB, answer string) refusal {
	t.Helper()
	var packet struct {
		Version string `xml:"version,attr"`
		Code    int    `xml:"system>errcode"`
		Text    string `xml:"system>errtext"`
	}
	if err := xml.Unmarshal([]byte(answer), &packet); err != nil {
		t.Fatalf("the answer is not XML: %v\n%s", err, answer)
	}
	return refusal{packet.Version, packet.Code, packet.Text}
}

// wantRefused checks how a packet was refused; code 0 means not at all.
func wantRefused(t testing.TB, answer string, code int, text string) {
	t.Helper()
	if got := read(t, answer); got.code != code || got.text != text {
		t.Errorf("answer %d %q, want %d %q", got.code, got.text, code, text)
	}
}

// wantOK checks that a packet was executed, without an error.
func wantOK(t testing.TB, answer string) {
	t.Helper()
	if !strings.Contains(answer, "<status>ok</status>") || strings.Contains(answer, "<status>error</status>") {
		t.Errorf("not all went well:\n%s", answer)
	}
}

// element returns the text of the first element with a name.
func element(t testing.TB, answer, name string) string {
	t.Helper()
	_, after, ok := strings.Cut(answer, "<"+name+">")
	text, _, closed := strings.Cut(after, "</"+name+">")
	if !ok || !closed {
		t.Fatalf("no <%s> in the answer:\n%s", name, answer)
	}
	return text
}
