package panel_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hostledger/hostledger/hostledgertest"
)

// renew sets when a subscription renews.
func renew(t *testing.T, s *hostledgertest.Server, id int, date string) {
	t.Helper()
	ask(t, s, fmt.Sprintf(`<packet><webspace><set-billing-info><filter><id>%d</id></filter><values><renewal-date>%s</renewal-date></values>`+
		`</set-billing-info></webspace></packet>`, id, date))
}

// in puts a time zone into the browser's cookie, as panel.js does.
func (b *browser) in(zone string) *browser {
	b.t.Helper()
	base, err := url.Parse(b.base)
	if err != nil {
		b.t.Fatal(err)
	}
	b.client.Jar.SetCookies(base, []*http.Cookie{{Name: "tz", Value: zone}})
	return b
}

// Lists of renewals count days as their readers do: dates are the same
// everywhere, times are not.
func TestRenewalsByTheReadersDays(t *testing.T) {
	s := newPanel(t)
	renew(t, s, 1, "2026-05-14")
	renew(t, s, 2, "2026-05-15")
	renew(t, s, 3, "2026-05-15T02:00:00Z")
	for zone, c := range map[string]struct{ late, now []string }{
		"UTC":                {[]string{"jane"}, []string{"joe", "carl"}},
		"America/New_York":   {[]string{"jane", "carl"}, []string{"joe"}},
		"Pacific/Kiritimati": {[]string{"jane", "joe", "carl"}, nil}, // it is the 16th there
	} {
		b := signedIn(t, s, admin).in(zone)
		for query, want := range map[string][]string{"overdue=1": c.late, "due=1": c.now} {
			p := b.get("/subscriptions?" + query)
			for _, name := range []string{"jane", "joe", "carl"} {
				if got := strings.Contains(p.text, ">"+name+".example<"); got != slices.Contains(want, name) {
					t.Errorf("%s in %s has %s: %t", query, zone, name, got)
				}
			}
		}
	}
	b := signedIn(t, s, admin)
	b.get("/subscriptions?overdue=1").has(t, http.StatusOK, "Renewal is overdue", "yesterday")
	b.get("/").has(t, http.StatusOK, `<a href="/subscriptions?overdue=1">1</a>`, "today")
	s.SetTime(time.Date(2026, 4, 15, 12, 0, 0, 0, time.UTC))
	b = signedIn(t, s, admin)
	b.get("/").lacks(t, "overdue=1")
	b.get("/subscriptions?due=30").has(t, http.StatusOK, "joe.example", "May 15, 2026")
	b.get("/subscriptions?due=28").has(t, http.StatusOK, "None found")
}
