package httpd_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/text/encoding/unicode"

	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/internal/httpd"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/xmlapi"
	"github.com/hostledger/hostledger/xmlapi/schemas"
)

// A refused packet is answered in the very bytes that clients have been seen to
// receive, whatever form was asked for: no encoding in the declaration, tabs,
// and the end of the packet in the line of the end of system.
func TestBytesOfARefusal(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	const want = "<?xml version=\"1.0\"?>\n" +
		"\t<packet version=\"1.6.8.0\">\n" +
		"\t\t<system>\n" +
		"\t\t\t<status>error</status>\n" +
		"\t\t\t<errcode>1001</errcode>\n" +
		"\t\t\t<errtext>You have entered incorrect username or password.</errtext>\n" +
		"\t\t</system>\t</packet>\n"
	for _, pretty := range []string{"", "TRUE"} {
		h := headers{"HTTP_AUTH_LOGIN": "nobody", "HTTP_AUTH_PASSWD": "nothing", "HTTP_PRETTY_PRINT": pretty}
		if got := post(t, s, h, `<packet version="1.6.8.0"/>`); got != want {
			t.Errorf("pretty %q: answer\n%q\nwant\n%q", pretty, got, want)
		}
	}
}

func TestFormOfAnAnswer(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	const packet = `<packet version="1.6.7.0"><webspace><get><filter/><dataset/></get><get><filter><name>"&lt;</name></filter><dataset/></get></webspace></packet>`
	const plain = `<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<packet version="1.6.7.0"><webspace><get><result><status>ok</status></result></get><get><result><status>error</status>` +
		`<errcode>1013</errcode><errtext>domain does not exist</errtext><filter-id>&quot;&lt;</filter-id></result></get></webspace></packet>` + "\n"
	const pretty = `<?xml version="1.0" encoding="UTF-8"?>
<packet version="1.6.7.0">
  <webspace>
    <get>
      <result>
        <status>ok</status>
      </result>
    </get>
    <get>
      <result>
        <status>error</status>
        <errcode>1013</errcode>
        <errtext>domain does not exist</errtext>
        <filter-id>&quot;&lt;</filter-id>
      </result>
    </get>
  </webspace>
</packet>
`
	for _, test := range []struct{ name, value, want string }{
		{"HTTP_PRETTY_PRINT", "TRUE", pretty},
		{"HTTP_PRETTY_PRINT", "true", pretty},
		{"http_pretty_print", "True", pretty},
		{"Http_pretty_print", "tRuE", pretty},
		{"HTTP_PRETTY_PRINT", "FALSE", plain},
		{"HTTP_PRETTY_PRINT", "1", plain},
		{"HTTP_PRETTY_PRINT", "", plain},
		{"X-None", "TRUE", plain},
	} {
		if got := post(t, s, admin(s).with(test.name, test.value), packet); got != test.want {
			t.Errorf("%s: %s: answer\n%s\nwant\n%s", test.name, test.value, got, test.want)
		}
	}
}

// The answer has an element for every operator and operation of the request,
// in its order: clients count on it to find their results.
func TestAnswerMirrorsTheRequest(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	s.Fixture(t, jane)
	const request = `<server><get/></server><server><get/><get/></server>` +
		`<webspace><get><filter><id>1</id></filter><dataset/></get><get><filter><id>9</id></filter><dataset/></get></webspace>` +
		`<customer><get><filter/><dataset/></get></customer><webspace><get><filter/><dataset/></get></webspace>`
	const want = `<server><get><result><status>ok</status></result></get></server>` +
		`<server><get><result><status>ok</status></result></get><get><result><status>ok</status></result></get></server>` +
		`<webspace><get><result><status>ok</status><filter-id>1</filter-id><id>1</id><data/></result></get>` +
		`<get><result><status>error</status><errcode>1013</errcode><errtext>domain does not exist</errtext><filter-id>9</filter-id></result></get></webspace>` +
		`<customer><get><result><status>ok</status><filter-id>2</filter-id><id>2</id><data/></result></get></customer>` +
		`<webspace><get><result><status>ok</status><filter-id>1</filter-id><id>1</id><data/></result></get></webspace>`
	answer := post(t, s, admin(s), `<packet>`+request+`</packet>`)
	if !strings.HasSuffix(answer, `<packet version="1.6.9.1">`+want+"</packet>\n") {
		t.Errorf("answer %s\nwant %s", answer, want)
	}
}

func TestMethods(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	for _, method := range []string{"GET", "PUT", "DELETE", "OPTIONS", "PATCH"} {
		_, answer := send(t, s, method, admin(s), strings.NewReader(protos))
		wantRefused(t, answer, 1014, cannotParse)
		_, answer = send(t, s, method, nil, nil)
		wantRefused(t, answer, 1029, noMethod)
	}
	response, answer := send(t, s, http.MethodHead, admin(s), nil)
	if answer != "" || response.Header.Get("Content-Type") != "text/xml;charset=UTF-8" {
		t.Errorf("HEAD is answered with %q and %v", answer, response.Header)
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	_, answer := sendTo(t, s.URL+httpd.AgentPath+"/", http.MethodPost, admin(s), strings.NewReader(protos))
	wantOK(t, answer)
	_, answer = sendTo(t, s.URL+httpd.AgentPath+"?x=y", http.MethodPost, admin(s), strings.NewReader(protos))
	wantOK(t, answer)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/enterprise/control/other.php", strings.NewReader(protos))
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusNotFound {
		t.Errorf("another page is answered with %s", response.Status)
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	for _, h := range []headers{admin(s), nil} {
		response, _ := send(t, s, http.MethodPost, h, strings.NewReader(protos))
		for name, want := range map[string]string{
			"Content-Type":           "text/xml;charset=UTF-8",
			"Cache-Control":          "no-store, no-cache, must-revalidate, post-check=0, pre-check=0",
			"Pragma":                 "no-cache",
			"Expires":                "Mon, 26 Jul 1990 05:00:00 GMT",
			"X-Content-Type-Options": "nosniff",
		} {
			if got := response.Header.Get(name); got != want {
				t.Errorf("%s: %s, want %s", name, got, want)
			}
		}
		if cookies := response.Cookies(); len(cookies) > 0 {
			t.Errorf("cookies are set: %v", cookies)
		}
	}
}

func TestAnyContentType(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	for _, contentType := range []string{
		"", "text/xml", "TEXT/XML", "text/xml; charset=UTF-8", "application/xml", "text/plain", "application/octet-stream",
		"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "nonsense", "text/xml; charset=ISO-8859-1",
	} {
		wantOK(t, post(t, s, admin(s).with("Content-Type", contentType), protos))
	}
}

// exchange writes bytes to the server and returns its response, read as the
// answer to a POST.
func exchange(t *testing.T, s *hostledgertest.Server, bytes string) (*http.Response, string) {
	t.Helper()
	conn := dial(t, s)
	if _, err := io.WriteString(conn, bytes); err != nil {
		t.Fatal(err)
	}
	return readResponse(t, bufio.NewReader(conn))
}

func dial(t *testing.T, s *hostledgertest.Server) *net.TCPConn {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return conn.(*net.TCPConn)
}

func readResponse(t *testing.T, r *bufio.Reader) (*http.Response, string) {
	t.Helper()
	response, err := http.ReadResponse(r, &http.Request{Method: http.MethodPost})
	if err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	return response, string(answer)
}

// head returns the beginning of a request of the administrator's.
func head(s *hostledgertest.Server, version string, more ...string) string {
	return "POST " + httpd.AgentPath + " HTTP/" + version + "\r\nHost: x\r\n" +
		"HTTP_AUTH_LOGIN: " + s.Login + "\r\nHTTP_AUTH_PASSWD: " + s.Password + "\r\n" + strings.Join(more, "\r\n") + "\r\n\r\n"
}

func TestHTTPForms(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	length := fmt.Sprintf("Content-Length: %d", len(protos))
	chunked := fmt.Sprintf("%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n", 10, protos[:10], len(protos)-10, protos[10:])
	for name, request := range map[string]string{
		"HTTP/1.1":                head(s, "1.1", length) + protos,
		"HTTP/1.0":                head(s, "1.0", length) + protos,
		"chunked without length":  head(s, "1.1", "Transfer-Encoding: chunked") + chunked,
		"connection is closed":    head(s, "1.1", "Connection: close", length) + protos,
		"names in lower case":     strings.ReplaceAll(head(s, "1.1", length), "HTTP_AUTH", "http_auth") + protos,
		"no host, as in HTTP/1.0": strings.Replace(head(s, "1.0", length), "Host: x\r\n", "", 1) + protos,
	} {
		t.Run(name, func(t *testing.T) {
			response, answer := exchange(t, s, request)
			if response.StatusCode != http.StatusOK {
				t.Errorf("the status is %s", response.Status)
			}
			wantOK(t, answer)
		})
	}
}

// A client that waits to be told to go on is told so.
func TestExpectContinue(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	conn := dial(t, s)
	if _, err := io.WriteString(conn, head(s, "1.1", "Expect: 100-continue", fmt.Sprintf("Content-Length: %d", len(protos)))); err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReader(conn)
	interim, err := http.ReadResponse(r, nil)
	if err != nil || interim.StatusCode != http.StatusContinue {
		t.Fatalf("not told to go on: %v %v", interim, err)
	}
	if _, err := io.WriteString(conn, protos); err != nil {
		t.Fatal(err)
	}
	_, answer := readResponse(t, r)
	wantOK(t, answer)
}

func TestForms(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	const body = `<packet><server><get_protos/></server></packet>`
	for _, packet := range []string{
		`<?xml version="1.0"?>` + body,
		`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + body,
		`<?xml version='1.0' encoding='UTF-8' ?>` + body,
		`<?xml version="1.0" encoding="utf-8" standalone="no"?>` + body,
		`<?xml version="1.0" standalone='yes'?>` + body,
		"\n\n  <?xml version=\"1.0\"?>\n" + body,
		"\r\n<?xml version=\"1.0\"?>\r\n" + body + "\r\n\r\n",
		"\xEF\xBB\xBF" + body,
		"\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + body,
		"\n\t " + body + " \n",
		`<!-- first --><?pi data?>` + body + `<!-- last -->`,
		`<packet><!-- first --><server><!-- x --><get_protos/><!-- y --></server></packet>`,
		"<packet\n>\n<server\n>\n<get_protos\n/>\n</server\n>\n</packet\n>\n",
		"<packet>\u00a0<server>\u00a0\u00a0<get_protos></get_protos></server></packet>",
		`<packet xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="x.xsd"><server><get_protos/></server></packet>`,
	} {
		wantOK(t, post(t, s, admin(s), packet))
	}
}

// Text in every encoding that is accepted comes back in UTF-8.
func TestEncodings(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	packet := func(declaration, name string) string {
		return declaration + `<packet><webspace><get><filter><external-id>` + name + `</external-id></filter><dataset/></get></webspace></packet>`
	}
	little := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()
	big := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder()
	utf16 := func(encoder interface{ String(string) (string, error) }, text string) string {
		encoded, err := encoder.String(text)
		if err != nil {
			t.Fatal(err)
		}
		return encoded
	}
	for _, test := range []struct{ name, packet string }{
		{"UTF-8", packet("", "Jörg €")},
		{"references", packet("", "J&#246;rg&#x20;&#x20AC;")},
		{"CDATA", packet("", "<![CDATA[Jörg]]> <![CDATA[€]]>")},
		{"UTF-16, least byte first", utf16(little, packet("", "Jörg €"))},
		{"UTF-16, greatest byte first", utf16(big, packet("", "Jörg €"))},
		{"UTF-16, declared", utf16(little, packet(`<?xml version="1.0" encoding="UTF-16"?>`, "Jörg €"))},
		{"windows-1252", packet(`<?xml version="1.0" encoding="windows-1252"?>`, "J\xf6rg \x80")},
		{"ISO-8859-15", packet(`<?xml version="1.0" encoding="ISO-8859-15"?>`, "J\xf6rg \xa4")},
		{"ISO-8859-1", packet(`<?xml version='1.0' encoding='iso-8859-1'?>`, "J\xf6rg &#8364;")},
		{"US-ASCII", packet(`<?xml version="1.0" encoding="US-ASCII"?>`, "J&#246;rg &#8364;")},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := element(t, post(t, s, admin(s), test.packet), "filter-id"); got != "Jörg €" {
				t.Errorf("the text came as %q", got)
			}
		})
	}
	for _, wrong := range []string{
		packet("", "J\xf6rg"),
		packet(`<?xml version="1.0" encoding="UTF-8"?>`, "J\xf6rg"),
		packet(`<?xml version="1.0" encoding="UTF-16"?>`, "Jörg"),
	} {
		wantRefused(t, post(t, s, admin(s), wrong), 1014, cannotParse)
	}
	wantRefused(t, post(t, s, admin(s), packet(`<?xml version="1.0" encoding="EBCDIC-CP-US"?>`, "x")),
		1014, `Parser error: The encoding "EBCDIC-CP-US" is not supported`)
}

// There is no document type declaration, so there are no entities of one's
// own, no external ones, and none that expand to gigabytes.
func TestNoDocumentTypes(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	const refused = "Parser error: Document type declarations are not allowed"
	for _, packet := range []string{
		`<!DOCTYPE packet>` + protos,
		`<?xml version="1.0"?><!-- x --><!DOCTYPE packet SYSTEM "http://192.0.2.1/packet.dtd">` + protos,
		`<!DOCTYPE packet [<!ENTITY file SYSTEM "file:///etc/passwd">]><packet><server><get_protos>&file;</get_protos></server></packet>`,
		`<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><packet><server>&c;</server></packet>`,
	} {
		wantRefused(t, post(t, s, admin(s), packet), 1014, refused)
	}
	for _, packet := range []string{
		`<packet><webspace><get><filter><name>&nbsp;</name></filter><dataset/></get></webspace></packet>`,
		`<packet>&file;<server><get_protos/></server></packet>`,
		`<packet><!DOCTYPE packet><server><get_protos/></server></packet>`,
	} {
		wantRefused(t, post(t, s, admin(s), packet), 1014, cannotParse)
	}
}

// small starts a server with limits of a test's own.
func small(t *testing.T, limits xmlapi.Limits) *hostledgertest.Server {
	t.Helper()
	s := open(t, server.Options{Limits: limits})
	listener := httptest.NewServer(s.Handler)
	t.Cleanup(listener.Close)
	return &hostledgertest.Server{URL: listener.URL, Login: server.AdminLogin, Password: "setup-Pa55word", Ledger: s.Ledger}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	s := small(t, xmlapi.Limits{Bytes: 4000, Depth: 10, Text: 1000})
	named := func(name string) string {
		return `<packet><webspace><get><filter><name>` + name + `</name></filter><dataset/></get></webspace></packet>`
	}
	const (
		tooDeep  = "Parser error: Elements are nested more than 10 deep"
		tooLong  = "Parser error: An element is longer than 1000 bytes"
		tooLarge = "Parser error: The packet is larger than 4000 bytes"
	)
	for _, test := range []struct {
		name, packet string
		code         int
		text         string
	}{
		{"text at its limit", named(strings.Repeat("x", 1000)), 0, ""},
		{"text too long", named(strings.Repeat("x", 1001)), 1014, tooLong},
		{"text too long in pieces", named(strings.Repeat("x<!-- -->", 200) + strings.Repeat("y", 900)), 1014, tooLong},
		{"CDATA too long", named("<![CDATA[" + strings.Repeat("x", 1001) + "]]>"), 1014, tooLong},
		{"text between elements too long", `<packet>` + strings.Repeat("x", 1001) + `</packet>`, 1014, tooLong},
		{"name too long", `<` + strings.Repeat("x", 1100) + `/>`, 1014, tooLong},
		{"attributes too long", `<packet a="` + strings.Repeat("x", 600) + `" b="` + strings.Repeat("x", 600) + `"/>`, 1014, tooLong},
		{"attribute too long", `<packet a="` + strings.Repeat("x", 1100) + `"/>`, 1014, tooLong},
		{"too many attributes", `<packet` + manyAttributes(65) + `/>`, 1014, "Parser error: An element has more than 64 attributes"},
		{"as deep as allowed", `<nonsense>` + strings.Repeat("<a>", 9) + strings.Repeat("</a>", 9) + `</nonsense>`, 1014,
			"Parser error: Request is invalid. Error in line 1: Element 'nonsense': No matching global declaration available for the validation root."},
		{"too deep", `<nonsense>` + strings.Repeat("<a>", 10) + strings.Repeat("</a>", 10) + `</nonsense>`, 1014, tooDeep},
		{"packet at its limit", protos + strings.Repeat(" ", 4000-len(protos)), 0, ""},
		{"packet too large", protos + strings.Repeat(" ", 4001-len(protos)), 1014, tooLarge},
		{"packet too large for comments", `<packet><!--` + strings.Repeat("x", 5000) + `--></packet>`, 1014, tooLarge},
	} {
		t.Run(test.name, func(t *testing.T) {
			wantRefused(t, post(t, s, admin(s), test.packet), test.code, test.text)
		})
	}
}

// Of a packet that is too large, however large, no more is read than its limit,
// and as much again for clients that send all before they listen.
func TestTooLargePacketIsNotReadWhole(t *testing.T) {
	const most = 1 << 20
	s := open(t, server.Options{Limits: xmlapi.Limits{Bytes: most, Depth: 10, Text: 1000}})
	nodes := bytes.Repeat([]byte("<get_protos/>\n"), 1000)
	for name, length := range map[string]string{
		"of known length": "Content-Length: 1000000000000\r\n\r\n",
		"in chunks":       "Transfer-Encoding: chunked\r\n\r\ne8d4a51000\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			here, there := net.Pipe()
			serve(t, s.Handler, here, there)
			sent := make(chan int)
			go func() {
				n, err := io.WriteString(here, "POST "+httpd.AgentPath+" HTTP/1.1\r\nHost: x\r\n"+
					"HTTP_AUTH_LOGIN: admin\r\nHTTP_AUTH_PASSWD: setup-Pa55word\r\n"+length+"<packet><server>")
				for total := n; ; total += n {
					if err != nil {
						sent <- total
						return
					}
					n, err = here.Write(nodes)
				}
			}()
			r := bufio.NewReader(here)
			_, answer := readResponse(t, r)
			wantRefused(t, answer, 1014, "Parser error: The packet is larger than 1048576 bytes")
			if _, err := r.ReadByte(); err != io.EOF {
				t.Errorf("the connection goes on: %v", err)
			}
			if n := <-sent; n > 3*most {
				t.Errorf("%d bytes were read of a packet of which %d are allowed", n, most)
			}
		})
	}
}

func manyAttributes(n int) (text string) {
	for i := range n {
		text += fmt.Sprintf(` a%d=""`, i)
	}
	return text
}

func TestNoPacketAlone(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	for _, body := range []string{"", " ", "\n\n", "\xEF\xBB\xBF", "\xFF\xFE", `<?xml version="1.0"?>`, "<!-- -->",
		"x" + protos, "<![CDATA[]]>" + protos, protos + "x"} {
		wantRefused(t, post(t, s, admin(s), body), 1014, cannotParse)
	}
}

func TestSchemasAreServed(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	entries, err := schemas.FS.ReadDir(".")
	if err != nil || len(entries) == 0 {
		t.Fatalf("found %d schemas (%v)", len(entries), err)
	}
	for _, entry := range entries {
		want, err := schemas.FS.ReadFile(entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		response, got := sendTo(t, s.URL+"/schemas/"+entry.Name(), http.MethodGet, nil, nil)
		if got != string(want) {
			t.Errorf("%s differs from the file", entry.Name())
		}
		if contentType := response.Header.Get("Content-Type"); !strings.Contains(contentType, "xml") {
			t.Errorf("%s is served as %s", entry.Name(), contentType)
		}
	}
}

// Whether a packet is complete is known before any of it runs: a client that
// goes away in the middle has changed nothing.
func TestClientGoesAwayInTheMiddle(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	const begun = `<packet><webspace><add><gen_setup><name>half.example</name></gen_setup></add>`
	conn := dial(t, s)
	if _, err := io.WriteString(conn, head(s, "1.1", "Content-Length: 1000")+begun); err != nil {
		t.Fatal(err)
	}
	if err := conn.CloseWrite(); err != nil {
		t.Fatal(err)
	}
	_, answer := readResponse(t, bufio.NewReader(conn))
	wantRefused(t, answer, 1014, "Parser error: The packet ends early: unexpected EOF")
	if answer := post(t, s, admin(s), `<packet><webspace><get><filter/><dataset/></get></webspace></packet>`); strings.Contains(answer, "<id>") {
		t.Errorf("something was executed:\n%s", answer)
	}
}

// Many clients send the whole packet before they look at the answer, which
// must not be lost when the packet is refused at its beginning.
func TestRefusalOfALargePacketIsRead(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	packet := append([]byte(`<packet><server>`), bytes.Repeat([]byte("<get_protos/>\n"), 3_000_000)...)
	conn := dial(t, s)
	request := strings.Replace(head(s, "1.1", fmt.Sprintf("Content-Length: %d", len(packet))), s.Password, "wrong", 1)
	if _, err := conn.Write(append([]byte(request), packet...)); err != nil {
		t.Fatalf("the server did not take the packet: %v", err)
	}
	_, answer := readResponse(t, bufio.NewReader(conn))
	wantRefused(t, answer, 1001, wrongPassword)
}

// A stranger gets his answer in the end, and the connection with it, even if
// he goes on sending for ever.
func TestStrangersAreNotReadOnForever(t *testing.T) {
	s := open(t, server.Options{})
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		r := sendSlowly(t, s.Handler, "Content-Length: 1000000\r\n\r\n<packet>"+strings.Repeat(" ", 4096))
		_, answer := readResponse(t, r)
		wantRefused(t, answer, 1029, noMethod)
		if _, err := r.ReadByte(); err != io.EOF {
			t.Errorf("the connection goes on: %v", err)
		}
		if took := time.Since(began); took < 20*time.Second || took > 22*time.Second {
			t.Errorf("it ended after %v", took)
		}
	})
}

// Who is known may take his time to send what is refused.
func TestSlowClientsGetTheirAnswer(t *testing.T) {
	s := open(t, server.Options{})
	synctest.Test(t, func(t *testing.T) {
		const refused = "<!DOCTYPE packet>"
		r := sendSlowly(t, s.Handler, "HTTP_AUTH_LOGIN: admin\r\nHTTP_AUTH_PASSWD: setup-Pa55word\r\n"+
			fmt.Sprintf("Content-Length: %d\r\n\r\n", len(refused)+4096+100)+refused+strings.Repeat(" ", 4096))
		_, answer := readResponse(t, r)
		wantRefused(t, answer, 1014, "Parser error: Document type declarations are not allowed")
	})
}

// sendSlowly begins a request to the agent at once and goes on with a blank a
// second until the connection ends, which the end of the test sees to.
func sendSlowly(t *testing.T, handler http.Handler, begin string) *bufio.Reader {
	here, there := net.Pipe()
	all := serve(t, handler, here, there)
	all.Go(func() {
		_, err := io.WriteString(here, "POST "+httpd.AgentPath+" HTTP/1.1\r\nHost: x\r\n"+begin)
		for err == nil {
			time.Sleep(time.Second)
			_, err = io.WriteString(here, " ")
		}
	})
	return bufio.NewReader(here)
}

// serve answers what comes over a connection until the end of the test, which
// waits for everything in the group.
func serve(t *testing.T, handler http.Handler, here, there net.Conn) *sync.WaitGroup {
	listener := &oneConnection{conn: there, closed: make(chan struct{})}
	serving := &http.Server{Handler: handler}
	all := &sync.WaitGroup{}
	all.Go(func() { _ = serving.Serve(listener) })
	t.Cleanup(func() {
		_ = here.Close()
		_ = serving.Close()
		all.Wait()
	})
	return all
}

// oneConnection is a listener with a single connection.
type oneConnection struct {
	conn   net.Conn
	closed chan struct{}
}

func (l *oneConnection) Accept() (net.Conn, error) {
	if conn := l.conn; conn != nil {
		l.conn = nil
		return conn, nil
	}
	<-l.closed
	return nil, net.ErrClosed
}

func (l *oneConnection) Addr() net.Addr { return &net.TCPAddr{} }

func (l *oneConnection) Close() error {
	close(l.closed)
	return nil
}

// A connection goes on after a refusal.
func TestConnectionIsKept(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	conn := dial(t, s)
	r := bufio.NewReader(conn)
	good := head(s, "1.1", fmt.Sprintf("Content-Length: %d", len(protos))) + protos
	for _, request := range []string{good, strings.Replace(good, s.Password, "wrong", 1), good} {
		if _, err := io.WriteString(conn, request); err != nil {
			t.Fatal(err)
		}
		_, answer := readResponse(t, r)
		if refused := read(t, answer).code == 1001; refused != (request != good) {
			t.Errorf("answer %s", answer)
		}
	}
}
