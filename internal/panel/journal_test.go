package panel_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestJournal(t *testing.T) {
	s := newPanel(t)
	s.SetTime(time.Date(2026, 5, 15, 22, 30, 0, 0, time.UTC))
	b := signedIn(t, s, admin)
	b.post("/subscriptions/2/edit", "do", "suspend").has(t, http.StatusOK)
	b.post("/subscriptions/1/edit", "do", "save", "max_box", "3").has(t, http.StatusOK)
	b.post("/subscriptions/3/edit", "do", "delete", "sure", "yes").has(t, http.StatusOK)
	ask(t, s, `<packet><site-alias><create><site-id>1</site-id><name>also.example</name></create></site-alias>
		<ip><add><ip_address>192.0.2.9</ip_address><netmask>255.255.255.0</netmask><type>shared</type><interface>eth0</interface></add></ip></packet>`)
	p := b.get("/journal")
	p.has(t, http.StatusOK, "Subscription added", "Subscription suspended or resumed", "Limits of a subscription changed", "Subscription deleted", "3, gone",
		`<a href="/subscriptions/2">joe.example</a>`, `<a href="/subscriptions/1">also.example</a>`, "192.0.2.9", "IP address added",
		`>jane</a>`, "Reseller added", ">admin<", ">127.0.0.1<", "May 15, 2026, 22:30 UTC")
	if strings.Index(p.text, "Subscription deleted") > strings.Index(p.text, "Reseller added") {
		t.Error("the journal begins with the oldest")
	}
	plans := b.get("/journal?about=plans")
	plans.has(t, http.StatusOK, "Plan", `about=plans" aria-current="true"`)
	plans.lacks(t, "Subscription added", "Customer added")
	b.get("/journal?about=nothing&before=x").has(t, http.StatusOK, "Subscription added")
	b.get("/journal?before=1").has(t, http.StatusOK, "Nothing older")
	signedIn(t, s, "rita").get("/journal").has(t, http.StatusNotFound)

	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	b.client.Jar.SetCookies(u, []*http.Cookie{{Name: "tz", Value: "Europe/Berlin"}})
	b.get("/journal").has(t, http.StatusOK, "May 16, 2026, 00:30 CEST")
}

func TestPagesOfTheJournal(t *testing.T) {
	s := newPanel(t)
	var packet strings.Builder
	for range 60 {
		packet.WriteString(`<set><filter><id>1</id></filter><values><gen_setup><status>16</status></gen_setup></values></set>` +
			`<set><filter><id>1</id></filter><values><gen_setup><status>0</status></gen_setup></values></set>`)
	}
	ask(t, s, `<packet><webspace>`+packet.String()+`</webspace></packet>`)
	b := signedIn(t, s, admin)
	p, seen := b.get("/journal?about=subscriptions"), 0
	for {
		seen += strings.Count(p.text, "Subscription suspended or resumed")
		if !strings.Contains(p.text, ">Older</a>") {
			break
		}
		p = b.get("/journal" + strings.ReplaceAll(linkOlder(t, p), "&amp;", "&"))
		p.has(t, http.StatusOK, ">Newest</a>", `about=subscriptions" aria-current="true"`)
	}
	if seen != 120 {
		t.Errorf("%d of 120 events are on the pages", seen)
	}
}

func linkOlder(t *testing.T, p shown) string {
	t.Helper()
	before, _, _ := strings.Cut(p.text, `" rel="next"`)
	return before[strings.LastIndex(before, `"`)+1:]
}
