package hostledgertest_test

import (
	"strings"
	"testing"
	"time"

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

	results, err := client.Do(t.Context(), s.Client(), client.WebspaceGetTraffic{
		Filter: client.WebspaceFilter{Name: []string{"example.com"}}, SinceDate: new(ledger.Date(20260519)),
	})
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
