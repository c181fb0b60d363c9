package collect_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/internal/collect"
	"github.com/hostledger/hostledger/ledger"
)

// now is when the collectors of tests run.
var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// bench is a machine with logs, whose totals go to a target.
type bench struct {
	t       tester
	dir     string
	config  string // in TOML, without the state
	target  *target
	now     time.Time
	problem error                   // of the last run
	read    func(done, total int64) // told how far logs were read
}

// accessLogs is a configuration of a web server's logs.
const accessLogs = `
[[source]]
format = "apache"
log_format = "vhost_combined"
files = ["%s/access.log"]
[[target]]
local = true
`

// tester is a *testing.T or *rapid.T.
type tester interface {
	Helper()
	Fatal(args ...any)
	Errorf(format string, args ...any)
}

func newBench(t *testing.T) *bench {
	t.Helper()
	dir := t.TempDir()
	return &bench{t: t, dir: dir, config: fmt.Sprintf(accessLogs, dir), now: now, target: newTarget("a.example", "b.example")}
}

// request is the line of a request to a domain that was answered with so many
// bytes, on a day of November 2026.
func request(domain string, day, bytes int) string {
	return fmt.Sprintf("%s:443 203.0.113.9 - - [%02d/Nov/2026:10:11:12 +0000] \"GET / HTTP/1.1\" 200 %d \"-\" \"-\"\n", domain, day, bytes)
}

// write appends to a file of the machine.
func (b *bench) write(name, text string) {
	b.t.Helper()
	file, err := os.OpenFile(filepath.Join(b.dir, name), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = file.WriteString(text)
		err = errors.Join(err, file.Close())
	}
	b.check(err)
}

func (b *bench) rename(from, to string) {
	b.t.Helper()
	b.check(os.Rename(filepath.Join(b.dir, from), filepath.Join(b.dir, to)))
}

func (b *bench) check(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// open starts a collector on the machine.
func (b *bench) open() *collect.Collector {
	b.t.Helper()
	path := filepath.Join(b.dir, "collect.toml")
	b.check(os.WriteFile(path, []byte(fmt.Sprintf("state = %q\ntimezone = \"UTC\"\n", filepath.Join(b.dir, "state"))+b.config), 0o600))
	config, err := collect.LoadConfig(path)
	b.check(err)
	c, err := collect.Open(context.Background(), config, collect.Options{Local: b.target, Now: func() time.Time { return b.now }, Progress: b.read})
	b.check(err)
	return c
}

// once runs a collector once and returns what it has to say then.
func (b *bench) once() *collect.Status {
	b.t.Helper()
	c := b.open()
	_, b.problem = c.Once(context.Background())
	status, err := c.Status(context.Background())
	b.check(errors.Join(err, c.Close()))
	return status
}

// has fails the test unless the target has these bytes of http_out, by domain and
// day.
func (b *bench) has(want map[string]int64) {
	b.t.Helper()
	got := map[string]int64{}
	for key, day := range b.target.stored {
		got[fmt.Sprintf("%s %s", b.target.nameOf(key.id), key.date)] = day.HTTPOut
	}
	if diff := cmp.Diff(want, got); diff != "" {
		b.t.Errorf("what the target has (-want +got):\n%s", diff)
	}
}

// target is a ledger that is easy to look into.
type target struct {
	names  map[string]int64
	stored map[siteDate]ledger.SiteTraffic
	away   error                             // why it cannot be used
	refuse func(d *ledger.SiteTraffic) error // why it does not take a total
	asked  []string                          // names that were looked up
	calls  int                               // of SetTraffic
}

type siteDate struct {
	id   int64
	date ledger.Date
}

// newTarget returns a target with sites 1, 2 and so on.
func newTarget(names ...string) *target {
	t := &target{names: map[string]int64{}, stored: map[siteDate]ledger.SiteTraffic{}}
	for i, name := range names {
		t.names[name] = int64(i + 1)
	}
	return t
}

// nameOf returns the first of a site's names.
func (t *target) nameOf(id int64) string {
	for _, name := range slices.Sorted(maps.Keys(t.names)) {
		if t.names[name] == id {
			return name
		}
	}
	return "nobody"
}

func (t *target) ResolveSites(_ context.Context, names []string) ([]int64, error) {
	if t.away != nil {
		return nil, t.away
	}
	t.asked = append(t.asked, names...)
	ids := make([]int64, len(names))
	for i, name := range names {
		ids[i] = t.names[name]
	}
	return ids, nil
}

func (t *target) SetTraffic(_ context.Context, days []ledger.SiteTraffic) ([]error, error) {
	if t.away != nil {
		return nil, t.away
	}
	t.calls++
	outcomes := make([]error, len(days))
	for i, d := range days {
		if t.refuse != nil {
			outcomes[i] = t.refuse(&d)
		}
		if outcomes[i] == nil {
			t.stored[siteDate{d.SiteID, d.Date}] = d
		}
	}
	return outcomes, nil
}

func TestTotalsAreSet(t *testing.T) {
	b := newBench(t)
	b.write("access.log", request("a.example", 21, 100)+request("a.example", 22, 20)+request("A.Example.", 22, 3)+request("b.example", 22, 7))
	b.once()
	want := map[string]int64{"a.example 2026-11-21": 100, "a.example 2026-11-22": 23, "b.example 2026-11-22": 7}
	b.has(want)

	calls := b.target.calls
	b.once()
	if b.target.calls != calls {
		t.Error("a run with nothing new sent something")
	}
	b.write("access.log", request("a.example", 22, 1000))
	b.once()
	want["a.example 2026-11-22"] = 1023
	b.has(want)
}

func TestHalfALine(t *testing.T) {
	b := newBench(t)
	line := request("a.example", 22, 4321)
	b.write("access.log", request("a.example", 22, 5)+line[:len(line)-9])
	b.once()
	b.has(map[string]int64{"a.example 2026-11-22": 5})
	b.write("access.log", line[len(line)-9:])
	b.once()
	b.has(map[string]int64{"a.example 2026-11-22": 4326})
}

func TestLineThatIsTooLong(t *testing.T) {
	b := newBench(t)
	b.write("access.log", request("a.example", 22, 1)+strings.Repeat("x", 5<<20)+"\n"+request("a.example", 22, 2))
	status := b.once()
	b.has(map[string]int64{"a.example 2026-11-22": 3})
	if len(status.Problems) != 1 || status.Problems[0].Count != 1 || status.Problems[0].Reason != "line longer than 1 MiB" {
		t.Errorf("the status has the problems %+v", status.Problems)
	}
}

func TestSitesHaveSeveralNames(t *testing.T) {
	b := newBench(t)
	b.target.names["alias.example"] = 1
	b.write("access.log", request("a.example", 22, 1)+request("alias.example", 22, 10)+request("www.a.example", 22, 100))
	b.once()
	want := siteDate{1, 20261122}
	if got := b.target.stored[want].HTTPOut; got != 111 {
		t.Errorf("the site has %d bytes, want 111", got)
	}
	b.write("access.log", request("alias.example", 22, 1000))
	b.once()
	if got := b.target.stored[want].HTTPOut; got != 1111 {
		t.Errorf("after more by its alias, the site has %d bytes, want 1111", got)
	}
}

func TestNamesOfTheConfiguration(t *testing.T) {
	b := newBench(t)
	b.config += "[domains]\n\"old.example\" = \"a.example\"\n\"nagios.example\" = \"\"\n"
	b.write("access.log", request("a.example", 22, 1)+request("old.example", 22, 10)+request("nagios.example", 22, 100))
	status := b.once()
	b.has(map[string]int64{"a.example 2026-11-22": 11})
	if len(status.Unknown) != 0 {
		t.Errorf("domains that are left out are reported: %+v", status.Unknown)
	}
}

func TestNamesThatAreNone(t *testing.T) {
	b := newBench(t)
	path := filepath.Join(b.dir, "collect.toml")
	b.check(os.WriteFile(path, []byte("state = \"/x\"\n"+b.config+"[domains]\n\"a.example\" = \"192.0.2.1\"\n"), 0o600))
	if _, err := collect.LoadConfig(path); err == nil || !strings.Contains(err.Error(), `"192.0.2.1"`) {
		t.Errorf("a name that is none gives %v", err)
	}
}

func TestUnknownDomainsWait(t *testing.T) {
	b := newBench(t)
	b.write("access.log", request("new.example", 20, 7)+request("new.example", 22, 70))
	status := b.once()
	want := []collect.UnknownDomain{{Target: "local", Name: "new.example", Since: 20261120, Bytes: 77}}
	if diff := cmp.Diff(want, status.Unknown); diff != "" {
		t.Errorf("unknown domains (-want +got):\n%s", diff)
	}
	b.has(map[string]int64{})

	b.target.names["new.example"] = 9
	b.now = b.now.Add(time.Second)
	status = b.once()
	b.has(map[string]int64{"new.example 2026-11-20": 7, "new.example 2026-11-22": 70})
	if len(status.Unknown) != 0 {
		t.Errorf("a domain that has a site now is reported: %+v", status.Unknown)
	}
}

func TestTargetThatIsAway(t *testing.T) {
	b := newBench(t)
	b.target.away = errors.New("no route")
	b.write("access.log", request("a.example", 22, 1))
	status := b.once()
	if b.problem == nil || !strings.Contains(status.Targets[0].Problem, "no route") {
		t.Errorf("the error is %v and the status has %+v", b.problem, status.Targets)
	}
	b.write("access.log", request("a.example", 22, 10))
	b.once()
	b.target.away = nil
	status = b.once()
	b.has(map[string]int64{"a.example 2026-11-22": 11})
	if b.problem != nil || status.Targets[0].Problem != "" || status.Targets[0].Waiting != 0 {
		t.Errorf("the error is %v and the status has %+v", b.problem, status.Targets)
	}
}

func TestRefusedTotalsStay(t *testing.T) {
	b := newBench(t)
	b.target.refuse = func(d *ledger.SiteTraffic) error {
		if d.SiteID == 1 {
			return errors.New("permission denied")
		}
		return nil
	}
	b.write("access.log", request("a.example", 22, 1)+request("b.example", 22, 2))
	status := b.once()
	b.has(map[string]int64{"b.example 2026-11-22": 2})
	want := []collect.Refusal{{Date: 20261122, SiteID: 1, Reason: "permission denied"}}
	if diff := cmp.Diff(want, status.Targets[0].Refusals); diff != "" || status.Refused() != 1 {
		t.Errorf("%d refused, refusals (-want +got):\n%s", status.Refused(), diff)
	}
	b.target.refuse = nil
	status = b.once()
	b.has(map[string]int64{"a.example 2026-11-22": 1, "b.example 2026-11-22": 2})
	if status.Refused() != 0 {
		t.Errorf("%d are refused still", status.Refused())
	}
}

func TestSiteThatIsMadeAnew(t *testing.T) {
	b := newBench(t)
	b.target.names["alias.example"] = 1
	b.write("access.log", request("a.example", 22, 1)+request("alias.example", 22, 10))
	b.once()
	for name := range maps.Clone(b.target.names) {
		b.target.names[name] += 100
	}
	b.target.stored = map[siteDate]ledger.SiteTraffic{}
	b.target.refuse = func(d *ledger.SiteTraffic) error {
		if d.SiteID < 100 {
			return collect.ErrNoSite
		}
		return nil
	}
	b.write("access.log", request("a.example", 22, 100))
	b.once()
	b.once()
	if got := b.target.stored[siteDate{101, 20261122}].HTTPOut; got != 111 {
		t.Errorf("the new site has %d bytes, want 111 with those of its alias", got)
	}
}

func TestSince(t *testing.T) {
	b := newBench(t)
	b.config = "since = 2026-11-21\n" + b.config
	b.write("access.log", request("a.example", 20, 1)+request("a.example", 21, 2)+request("a.example", 22, 3))
	b.once()
	b.has(map[string]int64{"a.example 2026-11-21": 2, "a.example 2026-11-22": 3})
}

func TestSinceIsChanged(t *testing.T) {
	b := newBench(t)
	config := b.config
	b.config = "since = 2026-11-22\n" + config
	b.write("access.log", request("a.example", 20, 1)+request("a.example", 21, 2)+request("a.example", 22, 3))
	b.once()
	b.config = "since = 2026-11-21\n" + config
	b.once()
	b.has(map[string]int64{"a.example 2026-11-21": 2, "a.example 2026-11-22": 3})
	b.config = config
	b.target.away = errors.New("away")
	b.once()
	b.config = "since = 2026-11-21\n" + config
	b.target.away = nil
	b.once()
	b.has(map[string]int64{"a.example 2026-11-21": 2, "a.example 2026-11-22": 3})
}

func TestOldDaysAreForgotten(t *testing.T) {
	b := newBench(t)
	b.config = "keep_days = 10\n" + b.config
	b.write("access.log", request("a.example", 1, 1)+request("a.example", 22, 2))
	b.once()
	b.has(map[string]int64{"a.example 2026-11-01": 1, "a.example 2026-11-22": 2})
	b.now = b.now.AddDate(0, 0, 1)
	b.write("access.log", request("a.example", 1, 100)+request("a.example", 22, 200))
	status := b.once()
	b.has(map[string]int64{"a.example 2026-11-01": 1, "a.example 2026-11-22": 202})
	if len(status.Problems) != 1 || status.Problems[0].Example != "2026-11-01 a.example" {
		t.Errorf("the status has the problems %+v", status.Problems)
	}
}

func TestKeepingMoreDaysBringsNoneBack(t *testing.T) {
	b := newBench(t)
	config := b.config
	b.write("access.log", request("a.example", 1, 100))
	for _, keep := range []string{"keep_days = 10\n", "keep_days = 10\n", "keep_days = 60\n", "keep_days = 60\n"} {
		b.config = keep + config
		b.once()
		b.now = b.now.AddDate(0, 0, 1)
	}
	b.write("access.log", request("a.example", 1, 1))
	b.once()
	b.has(map[string]int64{"a.example 2026-11-01": 100})
}

func TestDaysAreForgottenAsAWhole(t *testing.T) {
	b := newBench(t)
	b.config = "keep_days = 10\n" + b.config
	b.now = b.now.AddDate(0, 0, -17)
	b.target.names["alias.example"] = 1
	b.write("access.log", request("a.example", 1, 100))
	b.once()
	b.target.away = errors.New("away")
	b.write("access.log", request("alias.example", 1, 7))
	b.once()
	b.now = now
	b.once()
	b.target.away = nil
	b.once()
	b.has(map[string]int64{"a.example 2026-11-01": 107})
}

func TestCollectorThatRestedForLong(t *testing.T) {
	b := newBench(t)
	b.write("access.log", request("a.example", 1, 1)+request("a.example", 22, 2))
	b.once()
	for range 3 {
		b.now = b.now.AddDate(0, 0, 40)
		b.write("access.log", request("b.example", 22, 1))
		b.once()
		if got := b.target.stored[siteDate{1, 20261122}].HTTPOut; got != 2 {
			t.Errorf("on %s the target has %d bytes instead of 2", b.now, got)
		}
	}
}

func TestStoppedAmidReading(t *testing.T) {
	b := newBench(t)
	b.write("access.log", request("a.example", 22, 1))
	ctx, stop := context.WithCancel(t.Context())
	b.read = func(int64, int64) { stop() }
	c := b.open()
	if _, err := c.Once(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("a run that was stopped ends with %v", err)
	}
	b.check(c.Close())
	b.once()
	b.has(map[string]int64{"a.example 2026-11-22": 1})
}

func TestSenderThatOneTargetKnows(t *testing.T) {
	// It answers, so that nobody waits for it to come back.
	away := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/xml")
		_, _ = io.WriteString(w, `<packet><system><status>error</status><errcode>1002</errcode><errtext>Away.</errtext></system></packet>`)
	}))
	defer away.Close()
	b := newBench(t)
	b.config = fmt.Sprintf(`
[[source]]
format = "postfix"
files = ["%s/mail.log"]
[[target]]
local = true
[[target]]
url = %q
key = "x"
`, b.dir, away.URL)
	b.write("mail.log", "Nov 20 10:00:00 mx postfix/qmgr[1]: 4F1: from=<x@sender.example>, size=1000, nrcpt=1 (queue active)\n"+
		"Nov 20 10:00:01 mx postfix/smtp[2]: 4F1: to=<y@elsewhere.example>, relay=mx.elsewhere.example[192.0.2.1]:25, delay=1, dsn=2.0.0, status=sent (250 ok)\n")
	b.once()
	b.now = b.now.AddDate(0, 0, 20)
	if b.once().Targets[1].Waiting == 0 {
		t.Error("nothing waits for a target that could not be asked")
	}
}

func TestNewTargetGetsEverything(t *testing.T) {
	b := newBench(t)
	b.config = fmt.Sprintf(`
[[source]]
format = "dovecot"
files = ["%s/mail.log"]
[[target]]
url = "http://127.0.0.1:1"
key = "x"
`, b.dir)
	for day := range 2 {
		b.write("mail.log", fmt.Sprintf("Nov %d 10:00:00 mx dovecot: imap(u@a.example)<1><x>: Disconnected: Logged out in=%d out=0\n", 20+day, 7+day))
	}
	c := b.open()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, _ = c.Once(ctx)
	b.check(c.Close())

	b.config = strings.Replace(b.config, "url = \"http://127.0.0.1:1\"\nkey = \"x\"", "local = true", 1)
	b.once()
	for day, want := range map[ledger.Date]int64{20261120: 7, 20261121: 8} {
		if got := b.target.stored[siteDate{1, day}].POP3IMAPIn; got != want {
			t.Errorf("the new target has %d bytes on %s, want %d", got, day, want)
		}
	}
}

// TestNewTargetThatTakesMailOnly adds a server to a collector that has counted
// web traffic only.
func TestNewTargetThatTakesMailOnly(t *testing.T) {
	s := hostledgertest.New(t, hostledgertest.WithFixture(`<packet><webspace><add><gen_setup><name>a.example</name></gen_setup></add></webspace></packet>`))
	b := newBench(t)
	b.write("access.log", request("a.example", 22, 1))
	b.once()
	b.config += fmt.Sprintf("[[target]]\nurl = %q\nlogin = %q\npassword = %q\n", s.URL, s.Login, s.Password)
	status := b.once()
	if b.problem != nil || status.Targets[1].Waiting != 0 || status.Refused() != 0 {
		t.Errorf("the error is %v, and the status %+v", b.problem, status.Targets[1])
	}
	for _, packet := range s.Received() {
		if strings.Contains(packet.Body, "set_traffic") {
			t.Errorf("the server was sent traffic without counters: %s", packet.Body)
		}
	}
}

func TestStateIsOfOneCollector(t *testing.T) {
	b := newBench(t)
	c := b.open()
	defer func() { b.check(c.Close()) }()
	config, err := collect.LoadConfig(filepath.Join(b.dir, "collect.toml"))
	b.check(err)
	if _, err := collect.Open(t.Context(), config, collect.Options{Local: b.target}); err == nil || !strings.Contains(err.Error(), "is in use") {
		t.Errorf("a second collector got the error %v", err)
	}
}

func TestFilesWithSeveralNames(t *testing.T) {
	for name, files := range map[string]string{
		"a pattern besides":       `"%[1]s/access.log", "%[1]s/*.log"`,
		"another way":             `"%[1]s/access.log", "%[1]s/./access.log"`,
		"a link":                  `"%[1]s/access.log", "%[1]s/link.log"`,
		"a rotated file by name":  `"%[1]s/access.log", "%[1]s/access.log.1"`,
		"patterns of the rotated": `"%[1]s/*.log", "%[1]s/access*"`,
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.config = strings.Replace(b.config, fmt.Sprintf(`"%s/access.log"`, b.dir), fmt.Sprintf(files, b.dir), 1)
			b.write("access.log.1", request("a.example", 21, 1))
			b.write("access-20261120.log", request("a.example", 20, 1))
			b.write("access.log", request("a.example", 22, 1))
			b.check(os.Symlink(filepath.Join(b.dir, "access.log"), filepath.Join(b.dir, "link.log")))
			b.once()
			b.write("access.log", request("a.example", 22, 10))
			b.once()
			b.has(map[string]int64{"a.example 2026-11-20": 1, "a.example 2026-11-21": 1, "a.example 2026-11-22": 11})
		})
	}
}

func TestFormatThatIsChanged(t *testing.T) {
	b := newBench(t)
	b.write("access.log", request("a.example", 22, 1))
	b.once()
	b.config = strings.Replace(b.config, `format = "apache"
log_format = "vhost_combined"`, `format = "nginx"
log_format = '$server_name:$server_port $remote_addr - $remote_user [$time_local] "$request" $status $bytes_sent "$http_referer" "$http_user_agent"'`, 1)
	b.write("access.log", request("a.example", 22, 10))
	b.once()
	b.has(map[string]int64{"a.example 2026-11-22": 11})
}

func TestFormatThatFitsNoLine(t *testing.T) {
	b := newBench(t)
	b.write("access.log", request("a.example", 22, 1)+request("b.example", 22, 2))
	right := b.config
	b.config = strings.Replace(b.config, "format = \"apache\"\nlog_format = \"vhost_combined\"", `format = "json"`, 1)
	b.once()
	if b.problem == nil || !strings.Contains(b.problem.Error(), "no line is of the format json") {
		t.Errorf("the run ended with %v", b.problem)
	}
	b.config = right
	b.once()
	b.has(map[string]int64{"a.example 2026-11-22": 1, "b.example 2026-11-22": 2})
}
