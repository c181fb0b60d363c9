package hostledgertest_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/ledger"
)

const subscription = `<packet><webspace><add><gen_setup><name>example.com</name></gen_setup></add></webspace></packet>`

const yesterday = ledger.Date(20260514)

// send sends traffic of the first subscription and returns the code that each
// of so many nodes is answered with.
func send(t *testing.T, s *hostledgertest.Server, nodes int) (codes []int, err error) {
	t.Helper()
	days := make([]client.WebspaceSetTraffic, nodes)
	for i := range days {
		days[i] = client.WebspaceSetTraffic{DomID: 1, Date: yesterday.AddDays(-i), SMTPIn: 7}
	}
	results, err := s.Client().SetTraffic(t.Context(), days)
	for _, r := range results {
		codes = append(codes, int(r.Code))
	}
	return codes, err
}

// stored returns how many days have traffic.
func stored(t *testing.T, s *hostledgertest.Server) (days int) {
	t.Helper()
	since, to := yesterday.AddDays(-30), yesterday
	results, err := client.Do(t.Context(), s.Client(), client.WebspaceGetTraffic{
		Filter: client.WebspaceFilter{ID: []int64{1}}, SinceDate: &since, ToDate: &to,
	})
	if err != nil || len(results) != 1 {
		t.Fatalf("traffic: %+v, %v", results, err)
	}
	for _, day := range results[0].Days {
		if day.SMTPIn != 0 {
			days++
		}
	}
	return days
}

func TestWhichCallsFail(t *testing.T) {
	s := hostledgertest.New(t, hostledgertest.WithFixture(subscription))
	for name, c := range map[string]struct {
		fault hostledgertest.Fault
		want  []int // of ten nodes
	}{
		"all":           {hostledgertest.Fault{}, []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}},
		"one":           {hostledgertest.Fault{Call: 3}, []int{3}},
		"the first two": {hostledgertest.Fault{Times: 2}, []int{1, 2}},
		"from":          {hostledgertest.Fault{From: 8}, []int{8, 9, 10}},
		"every":         {hostledgertest.Fault{Every: 4}, []int{4, 8}},
		"every, from":   {hostledgertest.Fault{Every: 4, From: 2}, []int{2, 6, 10}},
		"all of it":     {hostledgertest.Fault{Every: 2, From: 3, Times: 2}, []int{3, 5}},
	} {
		t.Run(name, func(t *testing.T) {
			c.fault.Operation, c.fault.Error = "webspace.set_traffic", 1013
			fault := s.Inject(c.fault)
			defer fault.Remove()
			codes, err := send(t, s, 6)
			if err != nil {
				t.Fatal(err)
			}
			more, err := send(t, s, 4)
			if err != nil {
				t.Fatal(err)
			}
			var failed []int
			for i, code := range append(codes, more...) {
				if code == 1013 {
					failed = append(failed, i+1)
				}
			}
			if diff := cmp.Diff(c.want, failed); diff != "" {
				t.Errorf("calls that failed (-want +got):\n%s", diff)
			}
			if fault.Happened() != len(c.want) {
				t.Errorf("the fault says that it happened %d times", fault.Happened())
			}
		})
	}
}

func TestNodesThatFailAreNotExecuted(t *testing.T) {
	s := hostledgertest.New(t, hostledgertest.WithFixture(subscription))
	fault := s.Inject(hostledgertest.Fault{Operation: "webspace.set_traffic", Every: 2, Error: 1023, Text: "Busy <now>"})
	codes, err := send(t, s, 5)
	if diff := cmp.Diff([]int{0, 1023, 0, 1023, 0}, codes); diff != "" || err != nil {
		t.Fatalf("%v, codes (-want +got):\n%s", err, diff)
	}
	if got := stored(t, s); got != 3 {
		t.Errorf("%d days have traffic, want 3", got)
	}
	fault.Remove()
	if codes, err := send(t, s, 5); err != nil || !cmp.Equal(codes, make([]int, 5)) {
		t.Errorf("without the fault: codes %v, %v", codes, err)
	}
	if fault.Happened() != 2 {
		t.Errorf("the fault says that it happened %d times", fault.Happened())
	}
}

// A node that is answered by a fault is so whatever else is wrong with it.
func TestFaultsComeFirst(t *testing.T) {
	s := hostledgertest.New(t)
	s.Fail("webspace.set_traffic", 4711)
	results, err := s.Client().SetTraffic(t.Context(), []client.WebspaceSetTraffic{{DomID: 99, Date: yesterday, SMTPIn: -1}})
	if err != nil || results[0].Code != 4711 || results[0].Text != "Operation failed." || results[0].ID != 99 {
		t.Errorf("got %+v, %v", results, err)
	}
}

func TestTextsAreTheProtocols(t *testing.T) {
	s := hostledgertest.New(t, hostledgertest.WithFixture(subscription))
	c := s.Client()
	s.Inject(hostledgertest.Fault{Error: 1013})
	var refused *client.Error
	_, err := client.Do(t.Context(), c, client.WebspaceSetBillingInfo{Filter: client.WebspaceFilter{ID: []int64{1}}})
	if !errors.As(err, &refused) || refused.Text != "domain does not exist" {
		t.Errorf("webspace: %v", err)
	}
	_, err = client.Do(t.Context(), c, client.CustomerSetBillingInfo{Filter: client.CustomerFilter{ID: []int64{1}}})
	if !errors.As(err, &refused) || refused.Text != "Client does not exist" {
		t.Errorf("customer: %v", err)
	}
	s.Inject(hostledgertest.Fault{Refuse: 1006})
	_, err = send(t, s, 1)
	if !errors.As(err, &refused) || refused.Code != 1006 || refused.Text != "Permission denied." {
		t.Errorf("packet: %v", err)
	}
}

func TestPacketsThatFail(t *testing.T) {
	for name, c := range map[string]struct {
		fault    hostledgertest.Fault
		error    string
		executed bool
	}{
		"refused": {hostledgertest.Fault{Refuse: 1012, Text: "Later"}, "Later (error 1012)", false},
		"status":  {hostledgertest.Fault{Status: 502}, `answered 502 Bad Gateway with content type "text/html"`, false},
		"before":  {hostledgertest.Fault{Cut: "before"}, "EOF", false},
		"after":   {hostledgertest.Fault{Cut: "after"}, "EOF", true},
		"middle":  {hostledgertest.Fault{Cut: "middle"}, "unexpected EOF", true},
	} {
		t.Run(name, func(t *testing.T) {
			s := hostledgertest.New(t, hostledgertest.WithFixture(subscription))
			c.fault.Operation, c.fault.Call = "webspace.set_traffic", 2
			fault := s.Inject(c.fault)
			if _, err := send(t, s, 3); err != nil { // one packet is one call
				t.Fatal(err)
			}
			if _, err := send(t, s, 8); err == nil || !strings.Contains(err.Error(), c.error) {
				t.Errorf("the second packet: %v, want %s", err, c.error)
			}
			want := 3
			if c.executed {
				want = 8
			}
			if got := stored(t, s); got != want {
				t.Errorf("%d days have traffic, want %d", got, want)
			}
			if codes, err := send(t, s, 8); err != nil || !cmp.Equal(codes, make([]int, 8)) {
				t.Errorf("again: codes %v, %v", codes, err)
			}
			if got := stored(t, s); got != 8 || fault.Happened() != 1 {
				t.Errorf("%d days have traffic after sending again, and the fault happened %d times", got, fault.Happened())
			}
		})
	}
}

func TestDelay(t *testing.T) {
	s := hostledgertest.New(t, hostledgertest.WithFixture(subscription))
	delay := s.Inject(hostledgertest.Fault{Operation: "webspace.set_traffic", Delay: time.Hour})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := s.Client().SetTraffic(ctx, []client.WebspaceSetTraffic{{DomID: 1, Date: yesterday, SMTPIn: 7}})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if got := stored(t, s); got != 1 {
		t.Errorf("%d days have traffic: the packet is executed, only its answer is late", got)
	}
	delay.Remove()

	s.Inject(hostledgertest.Fault{Delay: time.Millisecond})
	refusal := s.Inject(hostledgertest.Fault{Refuse: 1003})
	late := s.Inject(hostledgertest.Fault{Delay: time.Millisecond})
	if _, err := send(t, s, 1); err == nil || refusal.Happened() != 1 || late.Happened() != 1 {
		t.Errorf("delays and a refusal: %v, refused %d times, late %d times", err, refusal.Happened(), late.Happened())
	}
}

// The first fault that is due happens.
func TestFaultsInOrder(t *testing.T) {
	s := hostledgertest.New(t, hostledgertest.WithFixture(subscription))
	first, second := s.Inject(hostledgertest.Fault{Call: 2, Error: 1001}), s.Inject(hostledgertest.Fault{Error: 1002})
	codes, err := send(t, s, 3)
	if diff := cmp.Diff([]int{1002, 1001, 1002}, codes); diff != "" || err != nil {
		t.Errorf("%v, codes (-want +got):\n%s", err, diff)
	}
	if first.Happened() != 1 || second.Happened() != 2 {
		t.Errorf("the first happened %d times, the second %d", first.Happened(), second.Happened())
	}
}

// Any packet is one that is not valid too, and no other request than a packet.
func TestAnyPacket(t *testing.T) {
	s := hostledgertest.New(t)
	s.Inject(hostledgertest.Fault{Status: http.StatusServiceUnavailable})
	other := s.Inject(hostledgertest.Fault{Operation: "server.get", Refuse: 1003})
	response, err := s.HTTP.Post(s.URL+"/enterprise/control/agent.php/", "text/xml", strings.NewReader("<packet><nonsense/></packet>"))
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusServiceUnavailable || !strings.Contains(string(page), "<h1>503 Service Unavailable</h1>") {
		t.Errorf("got %s, %s, %v", response.Status, page, err)
	}
	response, err = s.HTTP.Get(s.URL + "/schemas/packet_request.xsd")
	if err != nil || response.StatusCode != http.StatusOK {
		t.Errorf("a schema: %v, %v", response.Status, err)
	}
	if other.Happened() != 0 {
		t.Error("the fault of another operation happened")
	}
}

func TestFixturesDoNotFail(t *testing.T) {
	s := hostledgertest.New(t)
	fault := s.Inject(hostledgertest.Fault{Error: 1023})
	s.Fixture(t, subscription)
	if fault.Happened() != 0 {
		t.Error("a fault happened to a fixture")
	}
}

func TestFaultsThatMakeNoSense(t *testing.T) {
	s := hostledgertest.New(t)
	for _, f := range []hostledgertest.Fault{
		{},
		{Error: 1013, Refuse: 1013},
		{Operation: "webspace.settraffic", Error: 1013},
		{Operation: "webspace", Error: 1013},
		{Call: 1, Times: 1, Error: 1013},
		{Call: -1, Error: 1013},
		{Error: -1},
		{Status: 200},
		{Cut: "sometimes"},
		{Delay: -time.Second},
		{Cut: "after", Text: "Sorry"},
	} {
		if !panics(func() { s.Inject(f) }) {
			t.Errorf("%+v is injected", f)
		}
	}
}

func panics(f func()) (did bool) {
	defer func() { did = recover() != nil }()
	f()
	return false
}
