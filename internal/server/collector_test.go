package server_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hostledger/hostledger/internal/collect"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
)

// TestServerCollects lets a server follow a log, and looks for it in the ledger
// and in the panel.
func TestServerCollects(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	today := ledger.DateOf(time.Now())
	stamp := today.Time().Format("02/Jan/2006")
	log := fmt.Sprintf("example.com:443 203.0.113.9 - - [%s:10:11:12 +0000] \"GET / HTTP/1.1\" 200 4321 \"-\" \"-\"\n", stamp) +
		fmt.Sprintf("unknown.example:443 203.0.113.9 - - [%s:10:11:12 +0000] \"GET /<b> HTTP/1.1\" 200 77 \"-\" \"-\"\n", stamp) +
		"<script>alert(1)</script>\n"
	if err := os.WriteFile(filepath.Join(dir, "access.log"), []byte(log), 0o600); err != nil {
		t.Fatal(err)
	}
	config := &collect.Config{
		State: filepath.Join(dir, "state"), Interval: time.Second, Zone: time.UTC, Keep: 62,
		Sources: []collect.Source{{Format: "apache", LogFormat: "vhost_combined", Files: []string{filepath.Join(dir, "access.log")}}},
		Targets: []collect.TargetConfig{{Local: true}},
	}
	fixture := `<packet><webspace><add><gen_setup><name>example.com</name></gen_setup></add></webspace></packet>`
	s, err := server.Open(t.Context(), server.Options{
		AdminPassword: func() string { return "setup-Pa55word" }, WeakPasswords: true, Collect: config,
		Fill: func(run func(fixture io.Reader) error) error { return run(strings.NewReader(fixture)) },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	page := statisticsPage(t, s)
	for _, want := range []string{"access.log", "this server", "unknown.example", "&lt;script&gt;", "not of the log&#39;s format"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of statistics has no %q", want)
		}
	}
	for deadline := time.Now().Add(20 * time.Second); httpOut(t, s, today) != 4321; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the site has %d bytes of http_out, want 4321", httpOut(t, s, today))
		}
	}
}

// statisticsPage returns the panel's page once the collector has read its log.
func statisticsPage(t *testing.T, s *server.Server) string {
	t.Helper()
	listener := httptest.NewServer(s.Handler)
	defer listener.Close()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar}
	answer, err := browser.PostForm(listener.URL+"/login", url.Values{"login": {"admin"}, "password": {"setup-Pa55word"}})
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		answer, err := browser.Get(listener.URL + "/statistics")
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "Lines that could not be counted") && strings.Contains(string(text), "unknown.example") {
			return string(text)
		}
		if time.Now().After(deadline) {
			t.Fatalf("the page of statistics does not tell of the log:\n%s", text)
		}
	}
}

func httpOut(t *testing.T, s *server.Server, day ledger.Date) (bytes int64) {
	t.Helper()
	matches, err := s.Ledger.FindSites(t.Context(), server.Admin, ledger.Filter{By: ledger.ByName, Values: []string{"example.com"}})
	if err != nil {
		t.Fatal(err)
	}
	sites, err := s.Ledger.Sites(t.Context(), []int64{matches[0].ID})
	if err != nil {
		t.Fatal(err)
	}
	days, err := s.Ledger.SiteTraffic(t.Context(), &sites[0], ledger.Range{Since: day, To: day})
	if err != nil {
		t.Fatal(err)
	}
	for _, counters := range days.All() {
		bytes = counters.HTTPOut
	}
	return bytes
}
