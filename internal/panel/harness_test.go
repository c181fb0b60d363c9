package panel_test

import (
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/hostledgertest"
)

// password is that of every account of the tests.
const password = "setup-Pa55word"

// people are a reseller with a customer, and two customers of the
// administrator, with subscriptions: 1 is jane's, 2 joe's and 3 that of the
// reseller's customer.
const people = `<packet>
<reseller><add><gen-info><pname>Rita Reseller</pname><login>rita</login><passwd>` + password + `</passwd></gen-info></add></reseller>
<customer>
	<add><gen_info><pname>Jane Doe</pname><login>jane</login><passwd>` + password + `</passwd></gen_info></add>
	<add><gen_info><pname>Joe &lt;b&gt;Bold&lt;/b&gt;</pname><login>joe</login><passwd>` + password + `</passwd></gen_info></add>
	<add><gen_info><pname>Carl</pname><login>carl</login><passwd>` + password + `</passwd><owner-login>rita</owner-login></gen_info></add>
</customer>
<webspace>
	<add><gen_setup><name>jane.example</name><owner-login>jane</owner-login></gen_setup>
		<limits><limit><name>max_traffic</name><value>1000000</value></limit></limits>
		<permissions><permission><name>create_domains</name><value>true</value></permission></permissions></add>
	<add><gen_setup><name>joe.example</name><owner-login>joe</owner-login></gen_setup>
		<permissions><permission><name>create_domains</name><value>false</value></permission></permissions></add>
	<add><gen_setup><name>carl.example</name><owner-login>carl</owner-login></gen_setup></add>
</webspace></packet>`

// newPanel starts a server with people, at noon of 15 May 2026.
func newPanel(t *testing.T) *hostledgertest.Server {
	t.Helper()
	s := hostledgertest.New(t)
	s.Fixture(t, people)
	return s
}

// browser is somebody who looks at the panel, without JavaScript.
type browser struct {
	t      *testing.T
	base   string
	client *http.Client
}

func newBrowser(t *testing.T, s *hostledgertest.Server) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t, s.URL, &http.Client{Jar: jar}}
}

// signedIn returns the browser of somebody who has signed in.
func signedIn(t *testing.T, s *hostledgertest.Server, login string) *browser {
	t.Helper()
	b := newBrowser(t, s)
	if p := b.post("/login", "login", login, "password", password); p.status != http.StatusOK || p.path != "/" {
		t.Fatalf("signing in as %s: %d at %s", login, p.status, p.path)
	}
	return b
}

// shown is a page as the browser got it in the end.
type shown struct {
	status int
	path   string // with the query
	header http.Header
	text   string // with plain spaces only
}

func (b *browser) get(path string) shown {
	b.t.Helper()
	request, err := http.NewRequest(http.MethodGet, b.base+path, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.do(request)
}

// post sends a form: names and values in turn.
func (b *browser) post(path string, fields ...string) shown {
	b.t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	request, err := http.NewRequest(http.MethodPost, b.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.do(request)
}

func (b *browser) do(request *http.Request) shown {
	b.t.Helper()
	response, err := b.client.Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	text := strings.ReplaceAll(string(body), "\u00a0", " ")
	return shown{response.StatusCode, response.Request.URL.RequestURI(), response.Header, text}
}

// has fails the test unless the page has the status and every text.
func (p shown) has(t *testing.T, status int, texts ...string) {
	t.Helper()
	if p.status != status {
		t.Fatalf("%s: status %d instead of %d:\n%s", p.path, p.status, status, main(p.text))
	}
	for _, text := range texts {
		if !strings.Contains(p.text, text) {
			t.Errorf("%s lacks %q:\n%s", p.path, text, main(p.text))
		}
	}
}

// main returns what a page has of its own, without the layout.
func main(text string) string {
	if _, own, ok := strings.Cut(text, "<main"); ok {
		return "<main" + own
	}
	return text
}

// lacks fails the test when the page has one of the texts.
func (p shown) lacks(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(p.text, text) {
			t.Errorf("%s has %q:\n%s", p.path, text, main(p.text))
		}
	}
}

var carried = regexp.MustCompile(`<input type="hidden" name="shown" value="([^"]*)">`)

// carriedBy returns what the form of a page says it showed.
func carriedBy(t *testing.T, p shown) string {
	t.Helper()
	found := carried.FindStringSubmatch(p.text)
	if found == nil {
		t.Fatalf("%s carries nothing:\n%s", p.path, main(p.text))
	}
	return html.UnescapeString(found[1])
}

// ask posts a packet to the API as the administrator and returns the answer,
// in which nothing may have failed.
func ask(t *testing.T, s *hostledgertest.Server, packet string) string {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, s.URL+"/enterprise/control/agent.php", strings.NewReader(packet))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("HTTP_AUTH_LOGIN", s.Login)
	request.Header.Set("HTTP_AUTH_PASSWD", s.Password)
	p := newBrowser(t, s).do(request)
	p.lacks(t, "<status>error</status>")
	return p.text
}
