package collect

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
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

// Servers tell other numbers than the socket for these requests, and why.
var (
	// What the server gave to the kernel counts, although the client was gone
	// before it took it all.
	brokenOff = []string{"download broken off"}
	// What nginx calls the body is all that it sent but the head, and so has the
	// "100 Continue" before it.
	nginxBody = append([]string{"Expect: 100-continue"}, brokenOff...)
	// nginx counts nothing of a request line that it cannot read, and of a head
	// that is cut off only the line.
	nginxReceived = append([]string{"blank in the address", "no HTTP", "TLS on the plain port", "head broken off"}, brokenOff...)
	// nginx's $host is what the client asked for, not the site that answered.
	nginxHost = append([]string{"www, capitals and port", "unknown host"}, nginxReceived...)
	// Apache counts answers that nobody was there to take.
	apacheSent = append([]string{"upload broken off", "head broken off"}, brokenOff...)
	// The last bytes of TLS, which end the connection, come after the line.
	apacheWire = append([]string{"inside TLS, large"}, apacheSent...)
	// Apache counts another byte for each request before on its connection, and
	// leaves off what it did not read of a bad one.
	apacheReceived = append([]string{
		"kept connection, 2", "kept connection, 3", "pipelined, 2",
		"control character", "blank in the address", "no HTTP", "TLS on the plain port",
	}, apacheWire...)
)

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
		differ []string
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
				compare(t, request.Name, readOne(t, p, from, lines[0], httpIn, httpOut), want, c.differ)
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

// compare reports bytes that are not those of the socket, and where they are
// although the name is among those that differ.
func compare(t *testing.T, name string, got, want siteBytes, differ []string) {
	t.Helper()
	if (got == want) == slices.Contains(differ, name) {
		t.Errorf("%s: the log has %+v, on the socket was %+v", name, got, want)
	}
}

// recorded reads the lines of a log, and what was sent while it was recorded.
func recorded(t *testing.T, log string, sent any) (lines []string) {
	t.Helper()
	var content [2][]byte
	for i, path := range []string{log, filepath.Join(filepath.Dir(log), "sent.json")} {
		var err error
		if content[i], err = os.ReadFile(filepath.Join("testdata", "recorded", path)); err != nil {
			t.Fatal(err)
		}
	}
	if err := json.Unmarshal(content[1], sent); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(content[0]), "\n"), "\n")
}
