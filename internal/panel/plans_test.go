package panel_test

import (
	"net/http"
	"regexp"
	"testing"
)

const plans = `<packet>
<service-plan><add><name>Gold &lt;i&gt;</name><limits><overuse>notify</overuse><limit><name>max_traffic</name><value>5000000000</value></limit><limit><name>max_box</name><value>1234</value></limit></limits>
	<permissions><permission><name>manage_dns</name><value>true</value></permission></permissions></add>
	<add><name>Rita's</name><owner-login>rita</owner-login></add></service-plan>
<service-plan-addon><add><name>More boxes</name><limits><limit><name>max_box</name><value>10</value></limit></limits></add></service-plan-addon>
<reseller-plan><add><name>Resale</name><limits><limit><name>max_cl</name><value>7</value></limit></limits></add></reseller-plan></packet>`

// linkTo returns the address of the link that has a text.
func linkTo(t *testing.T, p shown, text string) string {
	t.Helper()
	found := regexp.MustCompile(`href="([^"]+)">` + regexp.QuoteMeta(text) + `</a>`).FindStringSubmatch(p.text)
	if found == nil {
		t.Fatalf("%s has no link %q:\n%s", p.path, text, main(p.text))
	}
	return found[1]
}

func TestPlans(t *testing.T) {
	s := newPanel(t)
	ask(t, s, plans)
	b := signedIn(t, s, admin)
	list := b.get("/plans")
	list.has(t, http.StatusOK, "Gold &lt;i&gt;", "Rita&#39;s", "Unlimited", "Add-ons", "Reseller plans")
	list.lacks(t, "<i>", "More boxes")
	gold := linkTo(t, list, "Gold &lt;i&gt;")
	b.post("/subscriptions/1/edit", "do", "plan", "plan", gold[len("/plans/"):]).has(t, http.StatusOK)
	p := b.get(gold)
	p.has(t, http.StatusOK, "5.00 GB", "1,234", "Allow and notify", "unlimited", "Manage the DNS zone", "FTP", "Subscriptions with it: 1.", "/subscriptions?plan=")
	p.lacks(t, "max_traffic", "manage_dns")
	b.get("/plans").has(t, http.StatusOK, `/subscriptions?plan=`+gold[len("/plans/"):])
	found := b.get("/subscriptions?plan=" + gold[len("/plans/"):])
	found.has(t, http.StatusOK, "Plan Gold &lt;i&gt;", "1–1 of 1", "jane.example")

	b.get(linkTo(t, b.get("/plans?kind=addon"), "More boxes")).has(t, http.StatusOK, "Added to limits", "Mailboxes", "Nothing is changed of how sites are served.")
	resale := linkTo(t, b.get("/plans?kind=reseller"), "Resale")
	b.get(resale).has(t, http.StatusOK, "Customers", "Use the API", "Resellers with it: 0.")

	reseller := signedIn(t, s, "rita")
	own := reseller.get("/plans?kind=reseller")
	own.has(t, http.StatusOK, "Rita&#39;s")
	own.lacks(t, "Gold", "Resale")
	reseller.get(linkTo(t, own, "Rita&#39;s")).has(t, http.StatusOK, "Service plan of rita")
	for _, foreign := range []string{gold, resale, "/plans/999", "/plans/x"} {
		reseller.get(foreign).has(t, http.StatusNotFound)
	}
	reseller.get("/plans?kind=addon").has(t, http.StatusOK, "None yet", "service-plan-addon")
	signedIn(t, s, "jane").get("/plans").has(t, http.StatusNotFound)
}

func TestPlansAreSearchedAndSorted(t *testing.T) {
	s := newPanel(t)
	ask(t, s, plans)
	b := signedIn(t, s, admin)
	found := b.get("/plans?q=RIT&kind=service")
	found.has(t, http.StatusOK, "Rita&#39;s", "1–1 of 1", `name="kind" value="service"`)
	found.lacks(t, "Gold")
	b.get("/plans?q=zzz").has(t, http.StatusOK, "No plan is like this.")
	for query, last := range map[string]string{"": "Unlimited", "?desc=1": "Admin Simple", "?sort=owner": "Rita&#39;s"} {
		links := regexp.MustCompile(`<th scope="row"><a href="/plans/\d+">([^<]+)`).FindAllStringSubmatch(b.get("/plans"+query).text, -1)
		if len(links) == 0 || links[len(links)-1][1] != last {
			t.Errorf("%q: %v", query, links)
		}
	}
}
