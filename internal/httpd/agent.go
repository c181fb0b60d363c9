package httpd

import (
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
)

// The protocol's headers, whose names are case-insensitive like all: KEY,
// HTTP_AUTH_LOGIN, HTTP_AUTH_PASSWD and HTTP_PRETTY_PRINT in the form in which
// net/http keeps them, which saves making it out of theirs for every request.
const (
	keyHeader      = "Key"
	loginHeader    = "Http_auth_login"
	passwordHeader = "Http_auth_passwd"
	prettyHeader   = "Http_pretty_print"
)

// agent is the endpoint of the XML API. Whatever happens it answers with HTTP
// status 200 and a packet: several clients give up at any other status.
type agent struct {
	api      *xmlapi.API
	ledger   *ledger.Ledger
	log      *slog.Logger
	refusals *Refusals
}

const (
	// A peer that sends nothing for this long is gone, and so is one that takes
	// less than patientBytes.
	patience     = 30 * time.Second
	patientBytes = 32 << 10
	// A packet that is refused for its credentials is read on for so long.
	patienceWithStrangers = 20 * time.Second
)

func (a *agent) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	control := http.NewResponseController(w)
	body := &patientReader{Reader: r.Body, control: control}
	known := false
	var request xmlapi.Request
	request = xmlapi.Request{
		ID:     rand.Text(),
		Body:   body,
		Size:   r.ContentLength,
		Pretty: strings.EqualFold(r.Header.Get(prettyHeader), "true"),
		Authenticate: func(ctx context.Context) (ledger.Identity, error) {
			who, err := a.authenticate(ctx, r)
			if err != nil {
				a.refused(r, request.ID, err)
			}
			known = err == nil
			return who, err
		},
	}
	setHeaders(w.Header(), request.ID)
	if r.Method != http.MethodPost {
		request.Body, request.Size = strings.NewReader(""), 0
	}
	// What a packet began is completed even if the client goes away.
	ctx := context.WithoutCancel(r.Context())
	if err := a.api.Answer(ctx, request, &patientWriter{w, control}); err != nil {
		a.log.DebugContext(ctx, "answer not delivered", "request", request.ID, "remote", r.RemoteAddr, "error", err)
		return
	}
	a.log.LogAttrs(ctx, slog.LevelDebug, "answered", slog.String("request", request.ID),
		slog.String("remote", r.RemoteAddr), slog.Duration("took", time.Since(began)))
	if body.ended {
		return
	}
	if known {
		a.readOn(body, control)
	} else {
		_ = control.SetReadDeadline(time.Now().Add(patienceWithStrangers))
		a.readOn(r.Body, control)
	}
}

// readOn takes the rest of a refused packet: a client that sends all before it
// listens would not see the answer if the connection ended before. It is no
// more than might have been read of a good packet.
func (a *agent) readOn(body io.Reader, control *http.ResponseController) {
	_, _ = io.CopyN(io.Discard, body, a.api.Limits.Bytes)
	_ = control.SetWriteDeadline(time.Now().Add(patience)) // a short answer leaves only now
}

// refused tells the host whose credentials were refused.
func (a *agent) refused(r *http.Request, request string, err error) {
	refused := Refused{Request: request, Method: "login", Login: r.Header.Get(loginHeader), Err: err}
	if r.Header.Get(keyHeader) != "" {
		refused.Method, refused.Login = "key", ""
	}
	a.refusals.Log(r, refused)
}

// answerHeaders are what clients have been seen to receive, cookies aside. All
// answers share them: nobody changes the values of a header in place.
var answerHeaders = http.Header{
	"Content-Type":           {"text/xml;charset=UTF-8"},
	"Cache-Control":          {"no-store, no-cache, must-revalidate, post-check=0, pre-check=0"},
	"Pragma":                 {"no-cache"},
	"Expires":                {"Mon, 26 Jul 1990 05:00:00 GMT"},
	"X-Content-Type-Options": {"nosniff"},
}

// setHeaders sets the headers of an answer, with the name under which the log
// knows the request.
func setHeaders(h http.Header, requestID string) {
	maps.Copy(h, answerHeaders)
	h.Set("X-Request-Id", requestID)
}

// authenticate takes a secret key in KEY, or a login and a password in
// HTTP_AUTH_LOGIN and HTTP_AUTH_PASSWD. HTTP's own Authorization is no method
// of this protocol.
func (a *agent) authenticate(ctx context.Context, r *http.Request) (ledger.Identity, error) {
	from := RemoteAddress(r)
	if key := r.Header.Get(keyHeader); key != "" {
		return a.ledger.UseKey(ctx, key, from)
	}
	login := r.Header.Get(loginHeader)
	if login == "" && r.Header.Get(passwordHeader) == "" {
		return ledger.Identity{}, xmlapi.ErrNoAuthMethod
	}
	return a.ledger.Login(ctx, login, r.Header.Get(passwordHeader), from)
}

// RemoteAddress returns the peer's address, zero when it is not an IP address.
func RemoteAddress(r *http.Request) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return peer.Addr().Unmap().WithZone("")
}

// patientReader gives each read its own time, so that a large packet over a
// slow line is welcome and a silent peer is not.
type patientReader struct {
	io.Reader
	control *http.ResponseController
	ended   bool // nothing is left to be read
}

func (p *patientReader) Read(b []byte) (int, error) {
	// Not every ResponseWriter has deadlines; those of tests may do without.
	_ = p.control.SetReadDeadline(time.Now().Add(patience))
	n, err := p.Reader.Read(b)
	p.ended = err == io.EOF
	return n, err
}

type patientWriter struct {
	io.Writer
	control *http.ResponseController
}

func (p *patientWriter) Write(b []byte) (int, error) {
	pieces := 1 + len(b)/patientBytes
	_ = p.control.SetWriteDeadline(time.Now().Add(time.Duration(pieces) * patience))
	return p.Writer.Write(b)
}
