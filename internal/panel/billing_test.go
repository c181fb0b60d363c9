package panel_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/hostledgertest"
)

const readBilling = `<packet><webspace><get><filter><id>1</id></filter><dataset><billing-info/></dataset></get></webspace></packet>`

// bills fails the test unless the API answers with every text about the billing
// of subscription 1.
func bills(t *testing.T, s *hostledgertest.Server, texts ...string) {
	t.Helper()
	answer := ask(t, s, readBilling)
	for _, text := range texts {
		if !strings.Contains(answer, text) {
			t.Errorf("the API lacks %s:\n%s", text, answer)
		}
	}
}

// prices are the fields of the form for billing.
var prices = []string{"sum", "12.500", "currency", "CHF", "cycle", "P1Y", "other-cycle", "", "date", "2026-12-22", "time", "14:33:12+0600",
	"domain-store-url", "https://shop.example/d", "cert-store-url", ""}

func TestBilling(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, admin)
	b.get("/subscriptions/1/billing").has(t, http.StatusOK, "not set", "CHF Swiss Franc", "offers nothing")
	p := b.post("/subscriptions/1/billing", prices...)
	p.has(t, http.StatusOK, "The billing information was saved.", "CHF", "12.500", "every year", "December 22, 2026")
	bills(t, s, "<currency>CHF</currency><sum>12.500</sum>", "<renewal-date>2026-12-22T14:33:12+0600</renewal-date>", "<cycle>P1Y</cycle>",
		"<domain-store-url>https://shop.example/d</domain-store-url>")
	b.get("/subscriptions/1/billing").has(t, http.StatusOK, `value="12.500"`, `<option value="CHF" selected>`, `<option value="P1Y" selected>`,
		`value="2026-12-22"`, `value="14:33:12&#43;0600"`, "in 7 months")
	b.post("/subscriptions/1/billing", "sum", "", "currency", "CHF", "cycle", "", "date", "", "time", "", "domain-store-url", "", "cert-store-url", "").
		has(t, http.StatusOK, "The billing information was saved.")
	answer := ask(t, s, readBilling)
	for _, cleared := range []string{"CHF", "2026-12", "P1Y", "shop.example"} {
		if strings.Contains(answer, cleared) {
			t.Errorf("%s is not cleared:\n%s", cleared, answer)
		}
	}
	signedIn(t, s, "rita").post("/subscriptions/3/billing", prices...).has(t, http.StatusOK, "The billing information was saved.")
}

func TestBillingThatIsLeftAloneKeepsItsText(t *testing.T) {
	s := newPanel(t)
	ask(t, s, billed)
	b := signedIn(t, s, admin)
	b.post("/subscriptions/1/billing", "sum", "11", "currency", "EUR", "cycle", "P1M", "other-cycle", "", "date", "2026-05-27", "time", "14:33:12+0600",
		"domain-store-url", "https://shop.example/domains?ref=1", "cert-store-url", "https://shop.example/certs").has(t, http.StatusOK)
	bills(t, s, "<sum>11</sum>", "<cycle>P1M</cycle>", "<renewal-date>2026-05-27T14:33:12+0600</renewal-date>")

	b.post("/subscriptions/1/billing", with(prices, [2]string{"cycle", "other"})...).has(t, http.StatusUnprocessableEntity, "Billing cycle: ")
	other := with(with(prices, [2]string{"cycle", "other"}), [2]string{"other-cycle", "P2W"})
	b.post("/subscriptions/1/billing", other...).has(t, http.StatusOK, "every 2 weeks")
	b.get("/subscriptions/1/billing").has(t, http.StatusOK, `<option value="other" selected>`, `value="P2W"`)
}

func TestBillingKeepsWhatTheBillingSystemSetMeanwhile(t *testing.T) {
	s := newPanel(t)
	ask(t, s, billed)
	b := signedIn(t, s, admin)
	carried := carriedBy(t, b.get("/subscriptions/1/billing"))
	ask(t, s, `<packet><webspace><set-billing-info><filter><id>1</id></filter><values><price><currency>USD</currency><sum>11</sum></price>`+
		`<renewal-date>2026-06-27</renewal-date><cycle>P1Y</cycle></values></set-billing-info></webspace></packet>`)
	form := []string{"shown", carried, "sum", "10.00", "currency", "EUR", "cycle", "P1M", "other-cycle", "", "date", "2026-05-27", "time", "14:33:12+0600",
		"domain-store-url", "https://shop.example/domains?ref=1", "cert-store-url", "ftp://nowhere"}
	refused := b.post("/subscriptions/1/billing", form...)
	refused.has(t, http.StatusUnprocessableEntity, "Certificate shop: ")
	b.post("/subscriptions/1/billing", with(form, [2]string{"cert-store-url", "https://new.example/"})...).has(t, http.StatusOK)
	const now = "<currency>USD</currency><sum>11</sum>"
	bills(t, s, now, "<renewal-date>2026-06-27</renewal-date>", "<cycle>P1Y</cycle>", "<cert-store-url>https://new.example/</cert-store-url>")
	if again := carriedBy(t, refused); again != carried {
		t.Errorf("after a refusal the form carries %q, not %q", again, carried)
	}
	b.post("/subscriptions/1/billing", "x", "1").has(t, http.StatusOK)
	bills(t, s, now, "<renewal-date>2026-06-27</renewal-date>", "<cycle>P1Y</cycle>", "https://shop.example/domains?ref=1")
}

func TestNothingTypedOfBillingIsLost(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, admin)
	none := []string{"sum", "", "currency", "", "cycle", "", "other-cycle", "", "date", "", "time", ""}
	for typed, problem := range map[[2]string]string{
		{"other-cycle", "P2W"}: "Billing cycle: “P2W” was typed, but the list says something else.",
		{"currency", "CHF"}:    "Price: type a sum in CHF",
		{"cycle", "other"}:     "Billing cycle: type the other cycle",
		{"time", "14:33"}:      "Next renewal: ",
	} {
		b.post("/subscriptions/1/billing", with(none, typed)...).has(t, http.StatusUnprocessableEntity, `role="alert">`+problem)
	}
	b.get("/subscriptions/1/billing?sum=&cycle=P1M&other-cycle=P2W").has(t, http.StatusOK, `<p class="problem">Billing cycle: “P2W” was typed`)

	ask(t, s, `<packet><webspace><set-billing-info><filter><id>1</id></filter><values><cycle>P2W</cycle></values></set-billing-info></webspace></packet>`)
	b.post("/subscriptions/1/billing", with(with(none, [2]string{"cycle", "P1M"}), [2]string{"other-cycle", "P2W"})...).
		has(t, http.StatusOK) // the list was changed, and the field shows the cycle that was
	bills(t, s, "<cycle>P1M</cycle>")
}

func TestBillingIsRefused(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, admin)
	for change, problem := range map[[2]string]string{
		{"sum", "12,50"}:       "Price: &#34;12,50&#34; is not a decimal number",
		{"sum", "-1"}:          "Price: &#34;-1&#34; is negative",
		{"currency", ""}:       "Currency: ",
		{"currency", "<b>"}:    "Currency: &#34;&lt;b&gt;&#34;",
		{"date", "2026-02-30"}: "Next renewal: ",
		{"time", "25:00"}:      "Next renewal: ",
		{"cycle", "P0D"}:       "Billing cycle: ",
		{"domain-store-url", "javascript:alert(1)"}: "Domain shop: ",
		{"cert-store-url", "ftp://shop.example"}:    "Certificate shop: ",
	} {
		p := b.post("/subscriptions/1/billing", with(prices, change)...)
		p.has(t, http.StatusUnprocessableEntity, `role="alert">`+problem)
		p.lacks(t, "<b>&#34;", `href="javascript:`)
		if change[0] != "sum" {
			p.has(t, http.StatusUnprocessableEntity, `value="12.500"`)
		}
	}
	if answer := ask(t, s, readBilling); strings.Contains(answer, "CHF") {
		t.Errorf("what was refused is stored:\n%s", answer)
	}
	signedIn(t, s, "rita").post("/subscriptions/1/billing", prices...).has(t, http.StatusNotFound)
	signedIn(t, s, "jane").post("/subscriptions/1/billing", prices...).has(t, http.StatusNotFound)
}

func TestPreviewOfBilling(t *testing.T) {
	s := newPanel(t)
	ask(t, s, billed)
	b := signedIn(t, s, admin)
	b.get("/subscriptions/1/billing").has(t, http.StatusOK, "€10.00 every month", "May 27, 2026", "in 12 days")
	p := b.get("/subscriptions/1/billing?sum=99&currency=USD&cycle=other&other-cycle=P2W&date=2026-06-01&domain-store-url=nowhere&cert-store-url=")
	p.has(t, http.StatusOK, "$99.00 every 2 weeks", "June 1, 2026", "Domain shop: ", "are not offered")
	bills(t, s, "<sum>10.00</sum>")
}
