package collect

import (
	"maps"
	"os"
	"path"
	"strings"
	"testing"
)

// recordedRequest is what went over the socket for a request, in the order in
// which the servers logged them.
type recordedRequest struct {
	Name, Domain string
	Body         int64
	bytesOfBoth
	Network *bytesOfBoth // with TLS
}

type bytesOfBoth struct{ In, Out int64 }

// neverLogged are connections on which no request came.
const neverLogged = "no request"

// apart tells how far what a log has may be from what was on the socket, by the
// least and the most. The zero value is not at all.
type apart struct {
	in, out   [2]int64
	otherName bool
}

func (a apart) allows(log, socket siteBytes) bool {
	in, out := log.In-socket.In, log.Out-socket.Out
	return (a.otherName || log.domain == socket.domain) &&
		a.in[0] <= in && in <= a.in[1] && a.out[0] <= out && out <= a.out[1]
}

// more is more than any recording has.
const more = 1 << 30

// Servers may tell other numbers than the socket for these requests, and why.
var (
	// What the server gave to the kernel counts, although the client was gone
	// before it took it all.
	brokenOff = map[string]apart{"download broken off": {out: [2]int64{0, more}}}
	// What nginx calls the body is all that it sent but the head, and so has the
	// "100 Continue" before it.
	nginxBody = with(brokenOff, map[string]apart{"Expect: 100-continue": {out: [2]int64{0, 25}}})
	// nginx counts nothing of a request line that it cannot read, and of a head
	// that is cut off only the line.
	nginxReceived = with(brokenOff, map[string]apart{
		"blank in the address":  {in: [2]int64{-61, 0}},
		"no HTTP":               {in: [2]int64{-15, 0}},
		"TLS on the plain port": {in: [2]int64{-96, 0}},
		"head broken off":       {in: [2]int64{-10, 0}},
	})
	// nginx's $host is what the client asked for, not the site that answered.
	nginxHost = with(nginxReceived, map[string]apart{"www, capitals and port": {otherName: true}, "unknown host": {otherName: true}})
	// Apache counts answers that nobody was there to take.
	apacheSent = with(brokenOff, map[string]apart{"upload broken off": {out: [2]int64{0, 432}}, "head broken off": {out: [2]int64{0, 432}}})
	// What TLS ends a connection with may come after the line.
	apacheWire = with(apacheSent, map[string]apart{"inside TLS": {out: [2]int64{-24, 0}}, "inside TLS, large": {out: [2]int64{-24, 0}}})
	// Apache counts another byte for each request before on its connection, two
	// where it has the next request already, and leaves off what it did not read
	// of a bad one.
	apacheReceived = with(apacheWire, map[string]apart{
		"kept connection, 2":    {in: [2]int64{0, 1}},
		"kept connection, 3":    {in: [2]int64{0, 2}},
		"pipelined, 2":          {in: [2]int64{0, 2}},
		"control character":     {in: [2]int64{-2, 0}},
		"blank in the address":  {in: [2]int64{-40, 0}},
		"no HTTP":               {in: [2]int64{-2, 0}},
		"TLS on the plain port": {in: [2]int64{-2, 0}},
	})
)

func with(some, others map[string]apart) map[string]apart {
	all := maps.Clone(some)
	maps.Copy(all, others)
	return all
}

// TestRecordedAccess reads what real servers logged and compares it with what
// was sent, request by request.
func TestRecordedAccess(t *testing.T) {
	const io = `log_format vhost_io '$host $remote_addr - $remote_user [$time_local] "$request" $status $request_length $bytes_sent "$http_referer" "$http_user_agent"';`
	byServer := map[string]string{"domain": "server", "in": "in", "out": "out"}
	byHost := map[string]string{"domain": "host", "in": "in", "out": "out"}
	for _, c := range []struct {
		log    string
		source Source
		has    string // body, out, or in and out
		may    map[string]apart
	}{
		{"nginx/combined.log", Source{Format: "nginx", LogFormat: "combined"}, "body", nginxBody},
		{"nginx/vhost_io.log", Source{Format: "nginx", LogFormat: io}, "in and out", nginxHost},
		{"nginx/json.log", Source{Format: "json", Fields: byServer}, "in and out", nginxReceived},
		{"apache/common.log", Source{Format: "apache", LogFormat: "common"}, "body", apacheSent},
		{"apache/combined.log", Source{Format: "apache", LogFormat: "combined"}, "body", apacheSent},
		{"apache/vhost_combined.log", Source{Format: "apache", LogFormat: "vhost_combined"}, "network", apacheWire},
		{"apache/combinedio.log", Source{Format: "apache", LogFormat: "combinedio"}, "network in and out", apacheReceived},
		{"apache/json.log", Source{Format: "json", Fields: byHost}, "network in and out", apacheReceived},
	} {
		t.Run(c.log, func(t *testing.T) {
			p, err := c.source.newParser()
			if err != nil {
				t.Fatal(err)
			}
			a, isText := p.(*accessLog)
			var sent struct{ Requests []recordedRequest }
			lines := recorded(t, c.log, &sent)
			for _, request := range sent.Requests {
				if request.Name == neverLogged {
					continue
				}
				want := request.logged(c.has)
				from := testOrigin()
				if isText && !a.namesDomain() {
					from.domain = want.domain
				}
				compare(t, request.Name, readOne(t, p, from, lines[0], httpIn, httpOut), want, c.may)
				lines = lines[1:]
			}
			if len(lines) > 0 {
				t.Errorf("%d lines are of no request", len(lines))
			}
		})
	}
}

// siteBytes is what one line tells.
type siteBytes struct {
	domain string
	bytesOfBoth
}

// logged returns what a log that has these sizes tells of a request.
func (r *recordedRequest) logged(has string) siteBytes {
	w := siteBytes{r.Domain, r.bytesOfBoth}
	if strings.HasPrefix(has, "network") && r.Network != nil {
		w.bytesOfBoth = *r.Network
	}
	if has == "body" {
		w.Out = r.Body
	}
	if !strings.HasSuffix(has, "in and out") {
		w.In = 0
	}
	return w
}

// readOne reads a line and returns what it tells of its site, in two counters.
func readOne(t *testing.T, p parser, from *origin, line string, in, out counter) siteBytes {
	t.Helper()
	found := newTally()
	p.parse([]byte(line), from, found)
	if found.records != 1 || found.last.days[0].date != today {
		t.Fatalf("no bytes of %s were found in %s", today, line)
	}
	day := &found.last.days[0]
	return siteBytes{found.last.written, bytesOfBoth{day.counters[in], day.counters[out]}}
}

// compare reports bytes that are further from those of the socket than may be.
func compare(t *testing.T, name string, log, socket siteBytes, may map[string]apart) {
	t.Helper()
	if !may[name].allows(log, socket) {
		t.Errorf("%s: the log has %+v, on the socket was %+v", name, log, socket)
	}
}

// recorded reads the lines of a log, and what was sent while it was recorded.
func recorded(t *testing.T, log string, sent any) (lines []string) {
	t.Helper()
	readJSON(t, path.Join(path.Dir(log), "sent.json"), sent)
	content, err := os.ReadFile("testdata/recorded/" + log)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(content), "\n"), "\n")
}
