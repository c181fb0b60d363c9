package hostledgertest_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/ledger"
)

// A program's own test, as an integrator would write it.
func TestReportTraffic(t *testing.T) {
	s := hostledgertest.New(t)
	s.Fixture(t, `<packet><webspace><add><gen_setup><name>example.com</name></gen_setup></add></webspace></packet>`)
	s.SetTime(time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC))

	packet := `<packet><webspace><set_traffic><dom_id>1</dom_id><date>2026-05-19</date>` +
		`<smtp_in>100</smtp_in><smtp_out>200</smtp_out><pop3_imap_in/><pop3_imap_out/></set_traffic></webspace></packet>`
	answer, err := s.Client().Post(t.Context(), strings.NewReader(packet), false)
	if err != nil {
		t.Fatal(err)
	}
	if err := client.Check(answer); err != nil {
		t.Fatal(err)
	}

	byName := ledger.Filter{By: ledger.ByName, Values: []string{"example.com"}}
	since, _ := ledger.ParseDate("2026-05-19")
	results, err := s.Client().Traffic(t.Context(), byName, since, 0)
	if err != nil || len(results) != 1 || len(results[0].Days) != 2 {
		t.Fatalf("traffic since the 19th, on the 20th: %+v, %v", results, err)
	}
	if day := results[0].Days[0]; day.SMTPIn != 100 || day.SMTPOut != 200 {
		t.Errorf("the 19th came back as %+v", day)
	}
}

func TestEveryServerIsTheSame(t *testing.T) {
	var guids [2]string
	for i := range guids {
		guid, err := hostledgertest.New(t).Ledger.ServerGUID(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		guids[i] = guid
	}
	if guids[0] == "" || guids[0] != guids[1] {
		t.Errorf("two servers have the guids %q", guids)
	}
}

func TestClock(t *testing.T) {
	s := hostledgertest.New(t)
	noon := time.Date(2026, 5, 15, 12, 0, 0, 0, time.UTC)
	if today := s.Ledger.Today(); today.String() != "2026-05-15" {
		t.Errorf("the clock begins on %s, want that of %s", today, noon)
	}
	s.Advance(13 * time.Hour)
	if today := s.Ledger.Today(); today.String() != "2026-05-16" {
		t.Errorf("13 hours later it is %s", today)
	}
}

func TestTLS(t *testing.T) {
	s := hostledgertest.New(t, hostledgertest.WithTLS(), hostledgertest.WithFixture(subscription))
	if !strings.HasPrefix(s.URL, "https://") {
		t.Errorf("the URL is %s", s.URL)
	}
	if results, err := s.Client().SiteIDs(t.Context(), []string{"example.com"}); err != nil || results[0].ID != 1 {
		t.Errorf("got %+v, %v", results, err)
	}
	stranger := &client.Client{URL: s.URL, Login: s.Login, Password: s.Password}
	if _, err := stranger.SiteIDs(t.Context(), []string{"example.com"}); err == nil {
		t.Error("a client that does not know the certificate is content")
	}
	if err := s.Certificate().VerifyHostname("127.0.0.1"); err != nil {
		t.Error(err)
	}
}

func TestFixtureFile(t *testing.T) {
	s := hostledgertest.New(t)
	s.FixtureFile(t, "testdata/customers.xml")
	byLogin := ledger.Filter{By: ledger.ByLogin, Values: []string{"jdoe"}}
	if results, err := s.Client().CustomerBilling(t.Context(), byLogin); err != nil || results[0].Login != "jdoe" {
		t.Errorf("got %+v, %v", results, err)
	}
}

func TestBadFixture(t *testing.T) {
	_, err := hostledgertest.Start(hostledgertest.WithFixture(`<packet><webspace/></packet>`))
	if err == nil || !strings.Contains(err.Error(), "packet 1 of the fixture") {
		t.Errorf("got %v", err)
	}
}

func TestReceived(t *testing.T) {
	s := hostledgertest.New(t)
	s.Inject(hostledgertest.Fault{Operation: "webspace.set_traffic", Cut: "before"})
	if _, err := send(t, s, 2); err == nil {
		t.Error("the connection was not cut")
	}
	if _, err := s.Client().SiteIDs(t.Context(), []string{strings.Repeat("x", 100_000)}); err == nil {
		t.Error("a packet that is not valid was answered")
	}
	received := s.Received()
	if len(received) != 2 {
		t.Fatalf("received %d packets", len(received))
	}
	first, second := received[0], received[1]
	if diff := cmp.Diff([]string{"webspace.set_traffic"}, first.Operations()); diff != "" {
		t.Errorf("operations (-want +got):\n%s", diff)
	}
	if !strings.Contains(first.Body, "<date>2026-05-13</date>") || first.Header.Get("HTTP_AUTH_LOGIN") != "admin" {
		t.Errorf("the first packet: %+v", first)
	}
	if len(second.Body) != 64<<10 || second.Operations() != nil {
		t.Errorf("the second packet has %d bytes and %v", len(second.Body), second.Operations())
	}
}

func TestReceivedIsBounded(t *testing.T) {
	s := hostledgertest.New(t)
	for i := range 1001 {
		request := httptest.NewRequest(http.MethodPost, "/enterprise/control/agent.php", strings.NewReader(strconv.Itoa(i)))
		s.Handler.ServeHTTP(httptest.NewRecorder(), request)
	}
	received := s.Received()
	if len(received) != 1000 || received[0].Body != "1" || received[999].Body != "1000" {
		t.Errorf("%d packets are kept, from %q to %q", len(received), received[0].Body, received[len(received)-1].Body)
	}
}
