package panel_test

import (
	"net/http"
	"strings"
	"testing"
)

// Figures are kept for a minute, but not what passed to another host meanwhile.
func TestOverviewOfWhatIsGone(t *testing.T) {
	s := newPanel(t)
	ask(t, s, strings.ReplaceAll(oneDay, "<dom_id>1<", "<dom_id>3<"))
	b := signedIn(t, s, "rita")
	b.get("/").has(t, http.StatusOK, "carl.example", "1.50 MB")
	ask(t, s, `<packet><webspace><set><filter><id>3</id></filter><values><gen_setup><owner-login>jane</owner-login></gen_setup></values></set></webspace></packet>`)
	p := b.get("/")
	p.has(t, http.StatusOK, "No subscription yet")
	p.lacks(t, "carl.example")
}

func TestRevenueByCurrency(t *testing.T) {
	s := newPanel(t)
	for id, price := range map[string]string{"1": "EUR</currency><sum>10", "2": "USD</currency><sum>7", "3": "USD</currency><sum>5"} {
		ask(t, s, `<packet><webspace><set-billing-info><filter><id>`+id+`</id></filter><values><price><currency>`+price+
			`</sum></price><cycle>P1M</cycle></values></set-billing-info></webspace></packet>`)
	}
	p := signedIn(t, s, admin).get("/")
	p.has(t, http.StatusOK, `<th scope="rowgroup" colspan="3">EUR</th>`, `<th scope="rowgroup" colspan="3">USD</th>`, ">€10<", ">$12<")
	if n := strings.Count(p.text, `scope="rowgroup"`); n != 2 {
		t.Errorf("%d currencies, want 2", n)
	}
}
