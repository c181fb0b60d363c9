package xmlapi_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
)

// A new server has a journal already, which getting it leaves as it is.
func TestJournalOfANewServer(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	for range 2 {
		got := askJournal(t, s, `<get/><get_events/><get-last-id/>`)
		if len(got.Get) == 0 || got.Get[0].Time == 0 || len(got.GetEvents) == 0 || got.GetEvents[0].User != "admin" || got.LastID <= 0 {
			t.Errorf("the journal of a new server: %+v", got)
		}
	}
}

// journalAnswer is what is looked at of an answer.
type journalAnswer struct {
	Get []struct {
		Time int64 `xml:"time"`
	} `xml:"event_log>get>result>event"`
	GetEvents []struct {
		ID   int64  `xml:"id"`
		User string `xml:"user"`
	} `xml:"event_log>get_events>result>event"`
	LastID int64 `xml:"event_log>get-last-id>result>id"`
}

func askJournal(t *testing.T, s *hostledgertest.Server, request string) (answer journalAnswer) {
	t.Helper()
	if err := xml.Unmarshal([]byte(post(t, s.Client(), `<packet><event_log>`+request+`</event_log></packet>`)), &answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

// A journal of several pages is read whole, and emptied whole.
func TestLongJournal(t *testing.T) {
	t.Parallel()
	const changes = 2500
	s := hostledgertest.New(t)
	customer, err := s.Ledger.AddCustomer(t.Context(), server.Admin, ledger.NewCustomer{NewAccount: ledger.NewAccount{
		Login: "jane", Password: s.Password, Contact: ledger.Contact{Name: "Jane"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	first := lastEvent(t, s)
	for i := range changes {
		description := fmt.Sprint(i)
		err := s.Ledger.UpdateCustomer(t.Context(), server.Admin, customer.ID, ledger.AccountUpdate{Description: &description})
		if err != nil {
			t.Fatal(err)
		}
	}
	last := first + changes
	for _, request := range []string{
		`<get_events><lastId>` + fmt.Sprint(first) + `</lastId></get_events>`,
		`<get_events><events><event><type>updated</type><class>client</class></event></events></get_events>`,
	} {
		got := askJournal(t, s, request).GetEvents
		if len(got) != changes || got[0].ID != first+1 || got[changes-1].ID != last {
			t.Fatalf("%s: got %d events, want those from %d to %d", request, len(got), first+1, last)
		}
	}
	got := askJournal(t, s, `<get><options><flush_selected_range>true</flush_selected_range></options></get><get_events/><get-last-id/>`)
	if len(got.Get) != int(last) || len(got.GetEvents) != 0 || got.LastID != last {
		t.Errorf("got %d events, %d when they were flushed, and the last id %d; want %d, none and %d",
			len(got.Get), len(got.GetEvents), got.LastID, last, last)
	}
}

// What is on stays on, and what is off stays off, without an event.
func TestSettingsThatStayHaveNoEvents(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	handler := func(operation, id string) string {
		return `<php-handler><` + operation + `><filter><id>` + id + `</id></filter></` + operation + `></php-handler>`
	}
	const first, second = "plesk-php80-fpm", "plesk-php81-fpm"
	for _, test := range []struct {
		request string
		want    []string
	}{
		{handler("enable", first), nil},
		{handler("disable", first) + handler("disable", second),
			[]string{"plesk_component/updated disabled_php_handlers", "plesk_component/updated disabled_php_handlers"}},
		{handler("disable", first), nil},
		{handler("enable", first), []string{"plesk_component/updated disabled_php_handlers"}},
		{handler("enable", first), nil},
		{`<locale><enable><filter><id>de-DE</id></filter></enable></locale>`, nil},
		{`<server><set><admin><admin_pname>Ann</admin_pname><admin_email>ann@b.example</admin_email></admin></set></server>`, []string{"admin_info/updated 1"}},
		{`<server><set><session_setup><login_timeout>10</login_timeout></session_setup></set></server>`,
			[]string{"plesk_component/updated server_settings"}},
		{`<server><set><session_setup><login_timeout>10</login_timeout></session_setup></set></server>`, nil},
	} {
		before := lastEvent(t, s)
		answer := post(t, s.Client(), "<packet>"+test.request+"</packet>")
		if strings.Contains(answer, "errcode") {
			t.Errorf("%s: got the answer %s", test.request, answer)
		}
		events, err := s.Ledger.Events(t.Context(), server.Admin, before, nil)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range events {
			got = append(got, e.String()+" "+e.ObjectID)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got the events %q, want %q", test.request, got, test.want)
		}
	}
}

// brokenJournal is a store that fails to give the second page of its journal.
type brokenJournal struct{ ledger.Store }

func (brokenJournal) Events(_ context.Context, after int64, _ []ledger.EventKind, _ int) ([]ledger.Event, error) {
	if after > 0 {
		return nil, errors.New("the disk is gone")
	}
	return []ledger.Event{{ID: 1}}, nil
}

// An answer that cannot be completed is broken off, so that nobody takes it for
// the whole journal, and nothing is flushed.
func TestJournalThatCannotBeRead(t *testing.T) {
	t.Parallel()
	var log, out bytes.Buffer
	api := &xmlapi.API{
		Ledger: ledger.New(brokenJournal{}, ledger.Options{Now: time.Now, Random: strings.NewReader(strings.Repeat("x", 64))}),
		Limits: xmlapi.DefaultLimits, Log: slog.New(slog.NewTextHandler(&log, nil)),
	}
	err := api.Answer(t.Context(), xmlapi.Request{
		Body: strings.NewReader(`<packet><event_log><get><options>` +
			`<flush_selected_range>true</flush_selected_range></options></get></event_log></packet>`),
		Authenticate: func(context.Context) (ledger.Identity, error) { return server.Admin, nil },
	}, &out)
	if err == nil || strings.Contains(out.String(), "</packet>") {
		t.Errorf("got the error %v and the answer %q, want one that is broken off", err, out.String())
	}
	if !strings.Contains(log.String(), "the disk is gone") {
		t.Errorf("the log does not say why: %q", log.String())
	}
}
