package panel_test

import (
	"net/http"
	"strings"
	"testing"
)

// oneDay is a day of jane's mail: 1.5 MB, above her limit of 1 MB.
const oneDay = `<packet><webspace><set_traffic><dom_id>1</dom_id><date>2026-05-14</date><smtp_in>1000000</smtp_in>` +
	`<smtp_out>300000</smtp_out><pop3_imap_in>150000</pop3_imap_in><pop3_imap_out>50000</pop3_imap_out></set_traffic></webspace></packet>`

const billed = `<packet><webspace><set-billing-info><filter><id>1</id></filter><values><price><currency>EUR</currency><sum>10.00</sum></price>` +
	`<renewal-date>2026-05-27T14:33:12+0600</renewal-date><cycle>P1MT</cycle><domain-store-url>https://shop.example/domains?ref=1</domain-store-url>` +
	`<cert-store-url>https://shop.example/certs</cert-store-url></values></set-billing-info></webspace></packet>`

func TestCustomerSeesHisOwn(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, "jane")
	b.get("/").has(t, http.StatusOK, "jane.example")
	b.get("/").lacks(t, "joe.example", "carl.example")
	for _, notHers := range []string{"/subscriptions/2", "/subscriptions/2/traffic.csv?since=2026-05-01", "/subscriptions/2/domains/new", "/subscriptions/99",
		"/subscriptions/x", "/subscriptions", "/subscriptions/1/billing", "/subscriptions/1/edit", "/customers", "/keys", "/journal", "/nowhere"} {
		b.get(notHers).has(t, http.StatusNotFound, "not yours to see")
	}
	reseller := signedIn(t, s, "rita")
	reseller.get("/subscriptions/3").has(t, http.StatusOK, "carl.example")
	reseller.get("/subscriptions/1").has(t, http.StatusNotFound)
	reseller.get("/journal").has(t, http.StatusNotFound)
}

func TestSubscription(t *testing.T) {
	s := newPanel(t)
	ask(t, s, oneDay)
	ask(t, s, billed)
	b := signedIn(t, s, "jane")
	p := b.get("/subscriptions/1")
	p.has(t, http.StatusOK, "1.50 MB of 1.00 MB", "over the limit", "€10.00", "every month", "May 27, 2026", "in 12 days",
		"https://shop.example/certs?domain=jane.example", "1.30 MB", "200 kB")
	b.get("/subscriptions/1?range=12m").has(t, http.StatusOK, "May 2026", "June 2025")
	b.get("/subscriptions/1?range=custom&since=2026-05-14&to=2026-05-13").has(t, http.StatusOK, "May 13, 2026", "May 14, 2026")
	b.get("/subscriptions/1?range=custom&since=2020-01-01&to=2020-01-31").has(t, http.StatusOK, "No traffic was recorded from")
	b.get("/subscriptions/1?range=custom&since=yesterday").has(t, http.StatusOK, "not a date such as 2026-01-31")
	b.get("/subscriptions/1?range=custom&since=0001-01-01&to=9999-12-31").has(t, http.StatusOK, "at most ten years")
}

func TestTrafficAsCSV(t *testing.T) {
	s := newPanel(t)
	ask(t, s, oneDay)
	b := signedIn(t, s, "jane")
	p := b.get("/subscriptions/1/traffic.csv?since=2026-05-13&to=2026-05-14")
	const want = "date,http_in,http_out,ftp_in,ftp_out,smtp_in,smtp_out,pop3_imap_in,pop3_imap_out\n" +
		"2026-05-13,0,0,0,0,0,0,0,0\n2026-05-14,0,0,0,0,1000000,300000,150000,50000\n"
	if p.text != want || p.header.Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Errorf("%s:\n%s", p.header.Get("Content-Type"), p.text)
	}
	b.get("/subscriptions/1/traffic.csv?since=x").has(t, http.StatusUnprocessableEntity, "not a date")
}

// What a month came to is there when its days are not any more.
func TestMonthsWithoutTheirDays(t *testing.T) {
	s := newPanel(t)
	ask(t, s, oneDay)
	for _, date := range []string{"2026-01-10", "2026-01-20", "2026-02-10"} {
		ask(t, s, strings.ReplaceAll(oneDay, "2026-05-14", date))
	}
	b := signedIn(t, s, "jane")
	const zeros, none = ",0,0,0,0,0,0,0,0\n", ",0,0,0,0,"
	days := none + "1000000,300000,150000,50000\n"
	check := func(january string) {
		t.Helper()
		want := "month,http_in,http_out,ftp_in,ftp_out,smtp_in,smtp_out,pop3_imap_in,pop3_imap_out\n" +
			january + "2026-02-01" + days + "2026-03-01" + zeros + "2026-04-01" + zeros + "2026-05-01" + days
		since := "2026-01-11"
		if strings.Contains(january, "2000000") {
			since = "2026-01-01"
		}
		p := b.get("/subscriptions/1/traffic.csv?since=" + since + "&to=2026-05-14&by=month")
		if p.text != want {
			t.Errorf("months since %s:\n%s, want\n%s", since, p.text, want)
		}
	}
	whole := "2026-01-01" + none + "2000000,600000,300000,100000\n"
	check(whole)
	check("2026-01-01" + days)
	ask(t, s, `<packet><server><set><prefs><stat_ttl>1</stat_ttl></prefs></set></server></packet>`)
	if err := s.Ledger.ForgetTraffic(t.Context()); err != nil {
		t.Fatal(err)
	}
	check(whole)
	check("2026-01-01" + zeros)
	p := b.get("/subscriptions/1?range=custom&since=2026-01-01&to=2026-05-14")
	p.has(t, http.StatusOK, "January 2026", "3.00 MB", "6.00 MB", "since=2026-01-01&amp;to=2026-05-14&amp;by=month", `<time datetime="2026-01-01" lang="en-US">`)
	b.get("/subscriptions/1?range=12m").has(t, http.StatusOK, "6.00 MB", "since=2025-06-01&amp;to=2026-05-15&amp;by=month")
	b.get("/subscriptions/1").lacks(t, "by=month")
}

func TestNothingIsOfferedWithoutAShop(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, "jane")
	b.get("/subscriptions/1").lacks(t, "certificate")
	p := b.post("/subscriptions/1/domains/new", "name", "more.example")
	p.has(t, http.StatusOK, "more.example")
	p.lacks(t, "Register", "certificate")
}

func TestAddingADomain(t *testing.T) {
	s := newPanel(t)
	ask(t, s, billed)
	b := signedIn(t, s, "jane")
	p := b.post("/subscriptions/1/domains/new", "name", " Müller.Example ")
	p.has(t, http.StatusOK, "müller.example", "xn--mller-kva.example", `href="https://shop.example/domains?domain=xn--mller-kva.example&amp;ref=1"`)
	b.get("/subscriptions/1").has(t, http.StatusOK, "müller.example")
	for name, problem := range map[string]string{
		"":                         "is not a domain name",
		"localhost":                "is not a domain name",
		"a b.example":              "is not a domain name",
		"<script>":                 "&lt;script&gt;",
		"co.uk":                    "is an ending that many domains share",
		"joe.example":              "already exists",
		"xn--mller-kva.example":    "already exists",
		"https://example.com/path": "is not a domain name",
	} {
		b.post("/subscriptions/1/domains/new", "name", name).has(t, http.StatusUnprocessableEntity, problem)
	}
	joe := signedIn(t, s, "joe")
	joe.get("/subscriptions/2").lacks(t, "Add a domain")
	joe.post("/subscriptions/2/domains/new", "name", "other.example").has(t, http.StatusForbidden, "may not do this")
}

func TestNamesAreEscaped(t *testing.T) {
	s := newPanel(t)
	p := signedIn(t, s, "joe").get("/")
	p.has(t, http.StatusOK, "Joe &lt;b&gt;Bold&lt;/b&gt;")
	p.lacks(t, "<b>Bold")
}
