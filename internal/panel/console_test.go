package panel_test

import (
	"bytes"
	"fmt"
	"html"
	"mime/multipart"
	"net/http"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/xmlapi"
)

const getAll = `<packet><webspace><get><filter/><dataset><gen_info/></dataset></get></webspace></packet>`

func TestConsoleOffersWhatTheRoleMayCall(t *testing.T) {
	s := newPanel(t)
	for login, role := range map[string]string{"admin": "administrator", "rita": "reseller", "jane": "customer"} {
		p := signedIn(t, s, login).get("/console")
		for _, o := range xmlapi.Operations() {
			option := fmt.Sprintf(`<option value="%s/%s"`, o.Operator, o.Name)
			mayCall := false
			for _, caller := range o.Callers {
				mayCall = mayCall || caller.String() == role
			}
			if strings.Contains(p.text, option) != mayCall {
				t.Errorf("%s is offered %s/%s: %t", login, o.Operator, o.Name, !mayCall)
			}
		}
	}
}

func TestConsoleLoadsAnExample(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, "admin")
	b.get("/console").has(t, http.StatusOK, `<option value="webspace/get" selected>`, "the answer is shown here")
	p := b.get("/console?example=webspace/set_traffic")
	p.has(t, http.StatusOK, `<option value="webspace/set_traffic" selected>`, "&lt;smtp_in&gt;", "docs/reference/webspace.md#set_traffic")
	p.lacks(t, "Take care")
	b.get("/console?example=webspace/del").has(t, http.StatusOK, "webspace/del (destructive)", "Take care")
	signedIn(t, s, "jane").get("/console?example=webspace/del").lacks(t, "Take care", "&lt;del&gt;")
	if text := b.get("/subscriptions/1").text; !strings.Contains(text, "jane.example") {
		t.Error("an example that was only loaded has been run")
	}
}

// Every example is a packet that the API takes, though what it names need not be
// there.
func TestExamplesAreValid(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, "admin")
	for _, o := range xmlapi.Operations() {
		name := o.Operator + "/" + o.Name
		p := b.get("/console?example=" + name)
		packet := html.UnescapeString(between(t, p.text, `aria-describedby="packet-hint">`+"\n", "</textarea>"))
		if !strings.Contains(packet, "<"+o.Name) {
			t.Errorf("the example of %s is %s", name, packet)
		}
		b.post("/console", "packet", packet).lacks(t, "refused</strong>")
	}
}

func TestConsoleSends(t *testing.T) {
	s := newPanel(t)
	jane := signedIn(t, s, "jane")
	p := jane.post("/console", "packet", getAll, "example", "webspace/get")
	p.has(t, http.StatusOK, ">ok</strong>", "1 result", "&lt;name&gt;jane.example&lt;/name&gt;", " ms</dd>", "88 B", `<option value="webspace/get" selected>`)
	p.lacks(t, "joe.example", "carl.example")

	p = jane.post("/console", "packet", `<packet><webspace><get><filter><id>1</id><id>2</id></filter><dataset/></get></webspace></packet>`)
	p.has(t, http.StatusOK, "1 of 2 failed", "<strong>1013</strong>", "webspace/get</span>")
	p = jane.post("/console", "packet", `<packet><webspace><del><filter><id>1</id></filter></del></webspace></packet>`)
	p.has(t, http.StatusOK, "1 of 1 failed", "<strong>1006</strong>", "webspace/del</span>")

	admin := signedIn(t, s, "admin")
	admin.post("/console", "packet", oneDay).has(t, http.StatusOK, ">ok</strong>", "1 result")
	jane.get("/subscriptions/1").has(t, http.StatusOK, "1.50 MB")
	signedIn(t, s, "rita").post("/console", "packet", oneDay).has(t, http.StatusOK, "1 of 1 failed")
}

func TestConsoleIsInTheJournal(t *testing.T) {
	s := newPanel(t)
	signedIn(t, s, "rita").post("/console", "packet", billed).has(t, http.StatusOK, "1 of 1 failed")
	p := signedIn(t, s, "rita").post("/console", "packet",
		`<packet><webspace><set><filter><id>3</id></filter><values><gen_setup><description>x</description></gen_setup></values></set></webspace></packet>`)
	p.has(t, http.StatusOK, ">ok</strong>")
	events := ask(t, s, `<packet><event_log><get_events/></event_log></packet>`)
	if user := between(t, events[strings.LastIndex(events, "<event>"):], "<user>", "</user>"); user != "rita" {
		t.Errorf("the journal says that %s did it", user)
	}
}

func TestConsoleShowsWhyAPacketIsRefused(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, "admin")
	for packet, problem := range map[string]string{
		"":                                    "Parser error",
		"<packet><webspace></packet>":         "Parser error",
		"<packet><webspace/></packet>":        "Missing child element(s)",
		`<packet version="9.9.9.9"></packet>`: "1005",
	} {
		b.post("/console", "packet", packet).has(t, http.StatusOK, "refused</strong>", problem, html.EscapeString(packet)+"</textarea>")
	}
	var different strings.Builder
	for i := range 30 {
		fmt.Fprintf(&different, `<set_traffic><dom_id>%d</dom_id><date>2026-05-14</date><smtp_in/><smtp_out/><pop3_imap_in/><pop3_imap_out/></set_traffic>`, 100+i)
		fmt.Fprintf(&different, `<add><gen_setup><name>x%d..example</name></gen_setup></add>`, i)
	}
	b.post("/console", "packet", "<packet><webspace>"+different.String()+"</webspace></packet>").
		has(t, http.StatusOK, "60 of 60 failed", "30 times</span>", "And 11 more.")
}

func TestConsoleEscapes(t *testing.T) {
	s := newPanel(t)
	const script = "</textarea></pre><script>alert(1)</script>"
	p := signedIn(t, s, "admin").post("/console", "packet", script, "example", `"><script>`)
	p.has(t, http.StatusOK, "&lt;/textarea&gt;")
	p.lacks(t, "<script>alert", `"><script>`)
	p = signedIn(t, s, "joe").post("/console", "packet", `<packet><customer><get><filter/><dataset><gen_info/></dataset></get></customer></packet>`)
	p.has(t, http.StatusOK, "Joe &amp;lt;b&amp;gt;Bold")
	p.lacks(t, "<b>Bold")
}

func TestConsoleTakesLargePackets(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, "admin")
	packet := "<packet>" + strings.Repeat(" ", 8<<20-len(getAll)) + strings.TrimPrefix(getAll, "<packet>")
	p := b.postMultipart("/console", "packet", packet)
	p.has(t, http.StatusOK, ">ok</strong>", "8.39 MB", "--data-binary @packet.xml")
	b.postMultipart("/console", "packet", packet+strings.Repeat(" ", 1<<20)).has(t, http.StatusRequestEntityTooLarge, "larger than the panel takes")
	signedIn(t, s, "jane").postMultipart("/console", "packet", packet).has(t, http.StatusOK, "refused</strong>", "The packet is larger than 1048576 bytes")
}

func TestConsoleBoundsWhatItShows(t *testing.T) {
	s := newPanel(t)
	const get = `<get><filter/><dataset><gen_info/><limits/><permissions/></dataset></get>`
	packet := `<packet><webspace>` + strings.Repeat(get, 200) + `</webspace></packet>`
	p := signedIn(t, s, "admin").post("/console", "packet", packet)
	p.has(t, http.StatusOK, "600 results", "These are the first 1.05 MB of ")
	if len(p.text) > 5<<20 {
		t.Errorf("the page has %d bytes", len(p.text))
	}
}

// Who may not use the API with his password may not use it here.
func TestConsoleAsksForThePermissionToUseTheAPI(t *testing.T) {
	s := newPanel(t)
	rita := signedIn(t, s, "rita")
	rita.post("/console", "packet", getAll).has(t, http.StatusOK, ">ok</strong>")
	ask(t, s, `<packet><reseller><set><filter><login>rita</login></filter><values><permissions><permission>`+
		`<name>remote_access_interface</name><value>false</value></permission></permissions></values></set></reseller></packet>`)
	rita.post("/console", "packet", getAll).has(t, http.StatusOK, "refused</strong>", "<strong>1006</strong>")
}

// A shell that runs the command calls curl with these arguments, and with the
// packet as its input.
func TestCurl(t *testing.T) {
	s := newPanel(t)
	const packet = "<packet>\n<!-- it's $HOME `id` \\ \"!!\" -->\nPACKET\nPACKET_\n</packet>"
	for login, credentials := range map[string][]string{
		"admin": {"-H", "KEY: a 'key'"},
		"jane":  {"-H", "HTTP_AUTH_LOGIN: jane", "-H", `HTTP_AUTH_PASSWD: pass"word`},
	} {
		p := signedIn(t, s, login).post("/console", "packet", strings.ReplaceAll(packet, "\n", "\r\n"))
		args, input := run(t, command(t, p))
		want := slices.Concat([]string{s.URL + "/enterprise/control/agent.php"}, credentials,
			[]string{"-H", "Content-Type: text/xml", "-H", "HTTP_PRETTY_PRINT: true", "--data-binary", "@-"})
		if !slices.Equal(args, want) || input != packet+"\n" {
			t.Errorf("curl is called with %q instead of %q, and with\n%s", args, want, input)
		}
	}
}

func TestCurlBehindAProxy(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, "admin")
	request, err := http.NewRequest(http.MethodGet, s.URL+"/console", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Forwarded-Proto", "https")
	args, _ := run(t, command(t, b.do(request)))
	if want := strings.Replace(s.URL, "http:", "https:", 1) + "/enterprise/control/agent.php"; args[0] != want {
		t.Errorf("curl is called with %s instead of %s", args[0], want)
	}
}

// command returns the command that a page of the console shows.
func command(t *testing.T, p shown) string {
	t.Helper()
	p.has(t, http.StatusOK)
	return html.UnescapeString(between(t, p.text, `<pre id="curl" tabindex="0" role="region" aria-label="The command">`, "</pre>"))
}

// run runs a command in a shell whose curl tells what it is called with.
func run(t *testing.T, command string) (args []string, input string) {
	t.Helper()
	shell := exec.CommandContext(t.Context(), "sh")
	shell.Stdin = strings.NewReader("curl() { printf '%s\\000' \"$@\"; cat; }\n" + command + "\n")
	shell.Env = []string{"PATH=/usr/bin:/bin", "HOSTLEDGER_KEY=a 'key'", "HOSTLEDGER_LOGIN=jane", `HOSTLEDGER_PASSWORD=pass"word`}
	out, err := shell.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, command)
	}
	told := strings.Split(string(out), "\x00")
	return told[:len(told)-1], told[len(told)-1]
}

// between returns what is between two texts.
func between(t *testing.T, text, before, after string) string {
	t.Helper()
	_, text, ok := strings.Cut(text, before)
	text, _, closed := strings.Cut(text, after)
	if !ok || !closed {
		t.Fatalf("nothing is between %s and %s", before, after)
	}
	return text
}

// postMultipart sends a form of one field as browsers send that of the console.
func (b *browser) postMultipart(path, field, value string) shown {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	if err := form.WriteField(field, value); err != nil {
		b.t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		b.t.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodPost, b.base+path, &body)
	if err != nil {
		b.t.Fatal(err)
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	return b.do(request)
}
