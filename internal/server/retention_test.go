package server_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/ledger"
)

// retained is a host whose subscriptions 1 to 3 keep statistics for two months,
// for ever, and as the server says; site 4 belongs to the first and keeps them
// for one month.
const retained = `<packet>
	<webspace>
		<add><gen_setup><name>two.example</name></gen_setup><prefs><stat_ttl>2</stat_ttl></prefs></add>
		<add><gen_setup><name>ever.example</name></gen_setup><prefs><stat_ttl>999999</stat_ttl></prefs></add>
		<add><gen_setup><name>server.example</name></gen_setup></add>
	</webspace>
	<site><add><gen_setup><name>one.example</name><webspace-id>1</webspace-id></gen_setup><prefs><stat_ttl>1</stat_ttl></prefs></add></site>
</packet>`

func TestOldTrafficIsForgotten(t *testing.T) {
	s := hostledgertest.New(t) // in May 2026
	s.Fixture(t, retained)
	dates := []string{"2025-12-31", "2026-01-01", "2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01", "2026-05-14"}
	for site := range 4 {
		for _, date := range dates {
			setTraffic(t, s, site+1, date, 100)
		}
	}
	check := func(when string, want ...int) {
		t.Helper()
		if err := s.Ledger.ForgetTraffic(t.Context()); err != nil {
			t.Fatal(err)
		}
		got := make([]int, 4)
		for i := range got {
			site := ledger.Site{ID: int64(i + 1)}
			days, err := s.Ledger.SiteTraffic(t.Context(), &site, ledger.Range{Since: 20251201})
			if err != nil {
				t.Fatal(err)
			}
			for _, day := range days {
				if day.SMTPIn > 0 {
					got[i]++
				}
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s, days of the sites (-want +got):\n%s", when, diff)
		}
	}
	all := len(dates)
	check("at first", 4, all, all, 2)
	if err := s.Ledger.ArchiveTraffic(t.Context()); err != nil {
		t.Fatal(err)
	}
	check("archived", 4, all, all, 2)
	post(t, s, `<packet><server><set><prefs><stat_ttl>3</stat_ttl></prefs></set></server></packet>`)
	check("with a preference of the server", 4, all, 5, 2)
	post(t, s, `<packet><webspace><set><filter><id>2</id></filter><values><prefs><stat_ttl>4</stat_ttl></prefs></values></set></webspace></packet>`)
	check("with another preference", 4, 6, 5, 2)
}
