package client_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
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

func byID(ids ...string) ledger.Filter { return ledger.Filter{By: ledger.ByID, Values: ids} }

var ctx = context.Background()

func TestTraffic(t *testing.T) {
	c := start(t)
	const date, next = ledger.Date(20260101), ledger.Date(20260102)
	results, err := c.SetTraffic(ctx, []client.MailTraffic{
		{ID: 1, Date: date, SMTPIn: 1, SMTPOut: 2, POP3IMAPIn: 3, POP3IMAPOut: 4},
		{ID: 77, Date: date},
		{ID: 1, Date: next, SMTPIn: -1},
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{0, 1013, 1019}, codes(results)); diff != "" {
		t.Errorf("codes of the results (-want +got):\n%s", diff)
	}

	got, err := c.Traffic(ctx, byID("1", "77"), date, next)
	want := []client.TrafficResult{
		{Result: client.Result{Status: "ok", FilterID: "1", ID: 1}, Days: []client.Day{
			{Date: date, SMTPIn: 1, SMTPOut: 2, POP3IMAPIn: 3, POP3IMAPOut: 4}, {Date: next},
		}},
		{Result: client.Result{Status: "error", Code: 1013, Text: "domain does not exist", FilterID: "77"}},
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("traffic, %v (-want +got):\n%s", err, diff)
	}
	if none, err := c.SetTraffic(ctx, nil); len(none) != 0 || err != nil {
		t.Errorf("setting nothing gave %v, %v", none, err)
	}
}

func TestTrafficFromTheBeginningToToday(t *testing.T) {
	c := start(t)
	got, err := c.Traffic(ctx, byID("2"), 0, 0)
	if err != nil || len(got) != 1 || len(got[0].Days) != 1 || got[0].Days[0].Date != 20260515 {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestBilling(t *testing.T) {
	c := start(t)
	url := "https://shop.example/?a=1&b=%3C2%3E"
	renewal, cycle, empty := "2010-12-22T14:33:12+0600", "P1M", ""
	// An external id that needs escaping.
	filter := ledger.Filter{By: ledger.ByExternalID, Values: []string{"A&B <1>"}}
	first := client.Billing{Price: &client.Price{Currency: "USD", Sum: "10.00"}, RenewalDate: &renewal, Cycle: &cycle, DomainStoreURL: &url}
	setBilling(t, c, filter, first)
	wantBilling(t, c, filter, first)
	setBilling(t, c, filter, client.Billing{Price: &client.Price{}, Cycle: &empty, CertStoreURL: &url})
	wantBilling(t, c, filter, client.Billing{RenewalDate: &renewal, DomainStoreURL: &url, CertStoreURL: &url})

	results, err := c.SetBilling(ctx, filter, client.Billing{Cycle: &url})
	if err != nil || len(results) != 1 || results[0].Code != 1019 {
		t.Errorf("a cycle that is none gave %+v, %v", results, err)
	}
}

func setBilling(t *testing.T, c *client.Client, f ledger.Filter, b client.Billing) {
	t.Helper()
	results, err := c.SetBilling(ctx, f, b)
	if err != nil || len(results) != 1 || results[0].Err() != nil {
		t.Fatalf("setting billing information gave %+v, %v", results, err)
	}
}

func wantBilling(t *testing.T, c *client.Client, f ledger.Filter, want client.Billing) {
	t.Helper()
	results, err := c.Billing(ctx, f)
	if err != nil || len(results) != 1 || results[0].Name != "one.example" {
		t.Fatalf("getting billing information gave %+v, %v", results, err)
	}
	if diff := cmp.Diff(want, results[0].Billing); diff != "" {
		t.Errorf("billing information (-want +got):\n%s", diff)
	}
}

func TestCustomerBilling(t *testing.T) {
	c := start(t)
	filter := ledger.Filter{By: ledger.ByLogin, Values: []string{"jdoe"}}
	for _, values := range []client.Balances{
		{Income: client.Amounts{{Currency: "USD", Sum: "10.00"}, {Currency: "EUR", Sum: "5"}}, OveruseDue: client.Amounts{{Currency: "JPY", Sum: "7"}}},
		{Income: client.Amounts{{}}},
	} {
		results, err := c.SetCustomerBilling(ctx, filter, values)
		if err != nil || len(results) != 1 || results[0].Err() != nil {
			t.Fatalf("setting balances gave %+v, %v", results, err)
		}
	}
	results, err := c.CustomerBilling(ctx, filter)
	if err != nil || len(results) != 1 {
		t.Fatalf("getting balances gave %+v, %v", results, err)
	}
	want := client.Balances{OveruseDue: client.Amounts{{Currency: "JPY", Sum: "7"}}}
	if diff := cmp.Diff(want, results[0].Balances); diff != "" || results[0].Login != "jdoe" {
		t.Errorf("balances of %s (-want +got):\n%s", results[0].Login, diff)
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
	_, err := c.Billing(ctx, byID("1"))
	var refused *client.Error
	if !errors.As(err, &refused) || refused.Code != 1001 {
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
			if results, err := c.SetTraffic(ctx, make([]client.MailTraffic, 2)); err == nil {
				t.Errorf("got %+v and no error", results)
			}
		})
	}
}

func TestNoXMLServer(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	c := &client.Client{URL: server.URL + "/"}
	if _, err := c.Traffic(ctx, byID("1"), 0, 0); err == nil || !strings.Contains(err.Error(), "is it an XML API server?") {
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
	if diff := cmp.Diff([]int{0, 0, 1013, 1019}, codes(results)); diff != "" {
		t.Errorf("codes of the results (-want +got):\n%s", diff)
	}
	got, err := c.Traffic(ctx, byID("1"), date, date)
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

func codes(results []client.Result) (codes []int) {
	for _, r := range results {
		codes = append(codes, r.Code)
	}
	return codes
}
