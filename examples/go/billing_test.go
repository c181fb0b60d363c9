package billing

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/ledger"
)

const fixture = `<packet><webspace>
	<add><gen_setup><name>example.com</name></gen_setup></add>
	<add><gen_setup><name>example.net</name></gen_setup></add>
</webspace></packet>`

var (
	price = client.Price{Currency: "USD", Sum: "10.00"}
	day   = client.WebspaceSetTraffic{DomID: 1, Date: ledger.Date(20260514), SMTPIn: 100, SMTPOut: 200}
)

// start starts a server and returns it with a client that is in a hurry.
func start(t *testing.T) (*hostledgertest.Server, *Billing) {
	t.Helper()
	srv := hostledgertest.New(t, hostledgertest.WithFixture(fixture))
	return srv, &Billing{Client: srv.Client(), Attempts: 3}
}

// wantDay checks that the server has the day, and has it once.
func wantDay(t *testing.T, srv *hostledgertest.Server) {
	t.Helper()
	results, err := client.Do(t.Context(), srv.Client(), client.WebspaceGetTraffic{
		Filter: client.WebspaceFilter{Name: []string{"example.com"}}, SinceDate: &day.Date, ToDate: &day.Date,
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := results[0].Days[0]; got.SMTPIn != day.SMTPIn || got.SMTPOut != day.SMTPOut {
		t.Errorf("the server has %+v, want %+v", got, day)
	}
}

func TestPricesAndTrafficAreStored(t *testing.T) {
	srv, billing := start(t)
	if err := billing.SetPrice(t.Context(), 1, price, "2026-06-01"); err != nil {
		t.Error(err)
	}
	if err := billing.SetTraffic(t.Context(), day); err != nil {
		t.Error(err)
	}
	wantDay(t, srv)
}

func TestAnErrorIsToldAndNothingIsSentAgain(t *testing.T) {
	srv, billing := start(t)
	srv.Inject(hostledgertest.Fault{Operation: "webspace.set_traffic", Call: 2, Error: 1013})
	other := day
	other.DomID = 2
	var refused *client.Error
	if err := billing.SetTraffic(t.Context(), day, other); !errors.As(err, &refused) || refused.Code != 1013 {
		t.Errorf("got %v", err)
	}
	if received := srv.Received(); len(received) != 1 {
		t.Errorf("the server received %d packets", len(received))
	}
	wantDay(t, srv) // the other one's error does not touch it
}

func TestAPacketThatIsRefusedIsTold(t *testing.T) {
	srv, billing := start(t)
	fault := srv.Inject(hostledgertest.Fault{Refuse: 1006})
	var refused *client.Error
	if err := billing.SetPrice(t.Context(), 1, price, "2026-06-01"); !errors.As(err, &refused) || refused.Code != 1006 {
		t.Errorf("got %v", err)
	}
	if fault.Happened() != 1 {
		t.Errorf("the packet was sent %d times", fault.Happened())
	}
}

func TestItSendsAgainAfter(t *testing.T) {
	for name, fault := range map[string]hostledgertest.Fault{
		"a proxy's answer for a busy server": {Status: http.StatusBadGateway, Times: 2},
		"a cut before the execution":         {Cut: "before", Call: 1},
		"a lost answer":                      {Cut: "after", Call: 1},
		"half an answer":                     {Cut: "middle", Call: 1},
	} {
		t.Run(name, func(t *testing.T) {
			srv, billing := start(t)
			happening := srv.Inject(fault)
			if err := billing.SetTraffic(t.Context(), day); err != nil {
				t.Error(err)
			}
			if happening.Happened() == 0 {
				t.Error("the fault did not happen")
			}
			wantDay(t, srv)
		})
	}
}

func TestItGivesUpInTheEnd(t *testing.T) {
	srv, billing := start(t)
	fault := srv.Inject(hostledgertest.Fault{Cut: "before"})
	if err := billing.SetTraffic(t.Context(), day); err == nil {
		t.Error("it does not tell that there was no answer")
	}
	if fault.Happened() != 3 {
		t.Errorf("the packet was sent %d times", fault.Happened())
	}
}

func TestALateAnswerIsNotWaitedFor(t *testing.T) {
	srv, billing := start(t)
	srv.Inject(hostledgertest.Fault{Delay: time.Minute, Call: 1})
	billing.Client.HTTP.Timeout = time.Second
	if err := billing.SetTraffic(t.Context(), day); err != nil {
		t.Errorf("the second attempt: %v", err)
	}
	wantDay(t, srv)
}
