package client_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/ledger"
)

const fixture = `
<packet><customer><add><gen_info>
	<pname>Jane Doe</pname><login>jdoe</login><passwd>secret-1</passwd>
</gen_info></add></customer></packet>
<packet><webspace>
	<add><gen_setup><name>one.example</name><external-id>A&amp;B &lt;1&gt;</external-id></gen_setup></add>
	<add><gen_setup><name>two.example</name><owner-login>jdoe</owner-login></gen_setup></add>
</webspace></packet>`

func start(t *testing.T) *client.Client {
	t.Helper()
	server := hostledgertest.New(t)
	server.Fixture(t, fixture)
	return server.Client()
}

var ctx = context.Background()

func TestTraffic(t *testing.T) {
	c := start(t)
	const date, next = ledger.Date(20260101), ledger.Date(20260102)
	results, err := c.SetTraffic(ctx, []client.WebspaceSetTraffic{
		{DomID: 1, Date: date, SMTPIn: 1, SMTPOut: 2, POP3IMAPIn: 3, POP3IMAPOut: 4},
		{DomID: 77, Date: date},
		{DomID: 1, Date: next, SMTPIn: -1},
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]client.Code{0, client.ErrNotFound, client.ErrInvalidValue}, codes(results)); diff != "" {
		t.Errorf("codes of the results (-want +got):\n%s", diff)
	}

	got, err := client.Do(ctx, c, client.WebspaceGetTraffic{
		Filter: client.WebspaceFilter{ID: []int64{1, 77}}, SinceDate: new(date), ToDate: new(next),
	})
	want := []client.TrafficResult{
		{Result: client.Result{Status: "ok", FilterID: "1", ID: 1}, Days: []client.Day{
			{Date: date, SMTPIn: 1, SMTPOut: 2, POP3IMAPIn: 3, POP3IMAPOut: 4}, {Date: next},
		}},
		{Result: client.Result{Status: "error", Code: 1013, Text: "domain does not exist", FilterID: "77"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("traffic (-want +got):\n%s", diff)
	}
	var refused *client.Error
	wantRefused := client.Error{Code: 1013, Text: "domain does not exist", FilterID: "77", Operator: "webspace", Operation: "get_traffic"}
	if !errors.As(err, &refused) || *refused != wantRefused {
		t.Errorf("error %#v, want %#v", err, wantRefused)
	}
	if none, err := c.SetTraffic(ctx, nil); len(none) != 0 || err != nil {
		t.Errorf("setting nothing gave %v, %v", none, err)
	}
}

func TestBilling(t *testing.T) {
	c := start(t)
	url := "https://shop.example/?a=1&b=%3C2%3E"
	renewal, cycle := "2010-12-22T14:33:12+0600", "P1M"
	first := client.WebspaceBilling{Price: &client.Price{Currency: "USD", Sum: "10.00"}, RenewalDate: &renewal, Cycle: &cycle, DomainStoreURL: &url}
	// An external id that needs escaping.
	filter := client.WebspaceFilter{ExternalID: []string{"A&B <1>"}}
	for _, step := range []struct{ set, want client.WebspaceBilling }{
		{first, first},
		{
			client.WebspaceBilling{Price: &client.Price{}, Cycle: new(""), CertStoreURL: &url},
			client.WebspaceBilling{RenewalDate: &renewal, DomainStoreURL: &url, CertStoreURL: &url},
		},
	} {
		if _, err := client.Do(ctx, c, client.WebspaceSetBillingInfo{Filter: filter, Values: step.set}); err != nil {
			t.Fatal(err)
		}
		results, err := client.Do(ctx, c, client.WebspaceGet{Filter: filter, Dataset: client.WebspaceDataset{GenInfo: true, BillingInfo: true}})
		if err != nil || len(results) != 1 || results[0].Data.GenInfo.Name != "one.example" {
			t.Fatalf("getting billing information gave %+v, %v", results, err)
		}
		if diff := cmp.Diff(&step.want, results[0].Data.BillingInfo); diff != "" {
			t.Errorf("billing information (-want +got):\n%s", diff)
		}
	}
	_, err := client.Do(ctx, c, client.WebspaceSetBillingInfo{Filter: filter, Values: client.WebspaceBilling{Cycle: &url}})
	if !errors.Is(err, client.ErrInvalidValue) {
		t.Errorf("a cycle that is none gave %v", err)
	}
}

func TestSiteIDs(t *testing.T) {
	c := start(t)
	results, err := c.SiteIDs(ctx, []string{"two.example", "none.example", "one.example"})
	if err != nil || len(results) != 3 {
		t.Fatalf("got %+v, %v", results, err)
	}
	if results[0].ID != 2 || results[1].Err() == nil || results[2].ID != 1 {
		t.Errorf("got %+v", results)
	}
}

func TestSecretKey(t *testing.T) {
	c := start(t)
	var answer struct {
		Key string `xml:"secret_key>create>result>key"`
	}
	packet := `<packet><secret_key><create><ip_address>127.0.0.1</ip_address></create></secret_key></packet>`
	if err := c.Call(ctx, []byte(packet), &answer); err != nil || answer.Key == "" {
		t.Fatalf("creating a key gave %+v, %v", answer, err)
	}
	c = &client.Client{URL: c.URL, Key: answer.Key}
	if results, err := c.SiteIDs(ctx, []string{"one.example"}); err != nil || results[0].ID != 1 {
		t.Errorf("with a key: %+v, %v", results, err)
	}
}

func TestPacketRefused(t *testing.T) {
	c := start(t)
	c.Password = "wrong"
	_, err := client.Do(ctx, c, client.ServerGetProtos{})
	if !errors.Is(err, client.ErrWrongPassword) {
		t.Errorf("a wrong password gave %v", err)
	}
}

// TestOddAnswers keeps a server that answers less than it was asked from
// passing for one that did what it was asked.
func TestOddAnswers(t *testing.T) {
	for name, answer := range map[string]string{
		"fewer nodes": `<packet><webspace><set_traffic><result><status>ok</status></result></set_traffic></webspace></packet>`,
		"cut short":   `<packet><webspace><set_traffic><result><status>ok</sta`,
		"no packet":   `Bad gateway`,
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/xml")
				_, _ = w.Write([]byte(answer))
			}))
			defer server.Close()
			c := &client.Client{URL: server.URL}
			if results, err := c.SetTraffic(ctx, make([]client.WebspaceSetTraffic, 2)); err == nil {
				t.Errorf("got %+v and no error", results)
			}
		})
	}
}

func TestNoXMLServer(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	c := &client.Client{URL: server.URL + "/"}
	if _, err := client.Do(ctx, c, client.ServerGetProtos{}); err == nil || !strings.Contains(err.Error(), "is it an XML API server?") {
		t.Errorf("got error %v", err)
	}
}

func TestResolveSites(t *testing.T) {
	server := hostledgertest.New(t)
	server.Fixture(t, fixture+`
<packet>
	<site-alias><create><site-id>2</site-id><name>other.example</name></create></site-alias>
	<subdomain><add><parent>one.example</parent><name>shop</name></add></subdomain>
</packet>`)
	names := []string{"other.example", "none.example", "two.example", "shop.one.example", "", "no name", "one.example", "one.example"}
	got, err := server.Client().ResolveSites(ctx, names)
	if diff := cmp.Diff([]int64{2, 0, 2, 3, 0, 0, 1, 1}, got); diff != "" || err != nil {
		t.Errorf("ids of %q, %v (-want +got):\n%s", names, err, diff)
	}
}

func TestSiteTrafficOfSomeCounters(t *testing.T) {
	c := start(t)
	const date = ledger.Date(20260101)
	one, two, negative := int64(1), int64(2), int64(-1)
	results, err := c.SetSiteTraffic(ctx, []client.SiteSetTraffic{
		{DomID: 1, Date: date, SMTPIn: &one, POP3IMAPOut: &one},
		{DomID: 1, Date: date, SMTPOut: &two, POP3IMAPOut: &two},
		{DomID: 77, Date: date, SMTPIn: &one},
		{DomID: 1, Date: date, SMTPIn: &negative},
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]client.Code{0, 0, 1013, 1019}, codes(results)); diff != "" {
		t.Errorf("codes of the results (-want +got):\n%s", diff)
	}
	got, err := client.Do(ctx, c, client.WebspaceGetTraffic{
		Filter: client.WebspaceFilter{ID: []int64{1}}, SinceDate: new(date), ToDate: new(date),
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []client.Day{{Date: date, SMTPIn: 1, SMTPOut: 2, POP3IMAPOut: 2}}
	if diff := cmp.Diff(want, got[0].Days); diff != "" {
		t.Errorf("traffic (-want +got):\n%s", diff)
	}
}

// TestManyDays sends more than a packet takes.
func TestManyDays(t *testing.T) {
	c := start(t)
	days := make([]client.SiteSetTraffic, 4500)
	bytes := int64(1)
	for i := range days {
		days[i] = client.SiteSetTraffic{DomID: 1, Date: ledger.Date(20100101).AddDays(i), SMTPIn: &bytes}
	}
	days[3000].DomID = 77
	results, err := c.SetSiteTraffic(ctx, days)
	if err != nil || len(results) != len(days) {
		t.Fatalf("%d results, %v", len(results), err)
	}
	for i := range results {
		if refused := results[i].Err() != nil; refused != (i == 3000) {
			t.Errorf("day %d: %v", i, results[i].Err())
		}
	}
}

// Days of packets that got through are told apart from those of others.
func TestServerGoneBetweenPackets(t *testing.T) {
	ledger := hostledgertest.New(t)
	ledger.Fixture(t, fixture)
	var packets atomic.Int64
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if packets.Add(1) > 1 {
			panic(http.ErrAbortHandler)
		}
		ledger.Handler.ServeHTTP(w, r)
	}))
	defer front.Close()
	c := ledger.Client()
	c.URL = front.URL
	days := make([]client.SiteSetTraffic, 2500)
	for i := range days {
		days[i] = client.SiteSetTraffic{DomID: 1, Date: 20260101, SMTPIn: new(int64(1))}
	}
	if results, err := c.SetSiteTraffic(ctx, days); err == nil || len(results) != 2000 || results[1999].Err() != nil {
		t.Errorf("%d results, %v", len(results), err)
	}
}

func codes(results []client.Result) (codes []client.Code) {
	for _, r := range results {
		codes = append(codes, r.Code)
	}
	return codes
}
