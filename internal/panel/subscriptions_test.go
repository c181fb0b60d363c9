package panel_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// admin is the login of the administrator, whose password is that of everybody.
const admin = "admin"

func TestSubscriptions(t *testing.T) {
	s := newPanel(t)
	ask(t, s, oneDay)
	ask(t, s, billed)
	b := signedIn(t, s, admin)
	p := b.get("/subscriptions")
	p.has(t, http.StatusOK, "jane.example", "joe.example", "carl.example", "1.50 MB of 1.00 MB", "€10.00 every month", "May 27, 2026", "1–3 of 3",
		`href="/customers/`, "<caption", `aria-sort="ascending"`)
	reseller := signedIn(t, s, "rita").get("/subscriptions")
	reseller.has(t, http.StatusOK, "carl.example")
	reseller.lacks(t, "jane.example", "joe.example")

	found := b.get("/subscriptions?q=JO&sort=owner")
	found.has(t, http.StatusOK, "joe.example", `<input type="hidden" name="sort" value="owner">`)
	found.lacks(t, "jane.example")
	b.get("/subscriptions?q=%3Cb%3Enothing").has(t, http.StatusOK, "None found", `value="&lt;b&gt;nothing"`)
	b.get("/subscriptions?sort=colour").has(t, http.StatusOK, "jane.example")
}

func TestSubscriptionsInOrder(t *testing.T) {
	s := newPanel(t)
	ask(t, s, billed)
	b := signedIn(t, s, admin)
	for query, want := range map[string][]string{
		"":                    {"carl.example", "jane.example", "joe.example"},
		"?desc=1":             {"joe.example", "jane.example", "carl.example"},
		"?sort=owner":         {"carl.example", "jane.example", "joe.example"},
		"?sort=created":       {"jane.example", "joe.example", "carl.example"},
		"?sort=renewal":       {"jane.example", "joe.example", "carl.example"},
		"?sort=owner&desc=1":  {"joe.example", "jane.example", "carl.example"},
		"?sort=name&page=bad": {"carl.example", "jane.example", "joe.example"},
	} {
		text, at := b.get("/subscriptions"+query).text, -1
		for _, name := range want {
			next := strings.Index(text, ">"+name+"<")
			if next < at || next < 0 {
				t.Errorf("%q: %s is not where it should be", query, name)
			}
			at = next
		}
	}
}

func TestPagesOfSubscriptions(t *testing.T) {
	s := newPanel(t)
	var packet strings.Builder
	for i := range 60 {
		fmt.Fprintf(&packet, `<add><gen_setup><name>n%02d.example</name><owner-login>joe</owner-login></gen_setup></add>`, i)
	}
	ask(t, s, `<packet><webspace>`+packet.String()+`</webspace></packet>`)
	b := signedIn(t, s, admin)
	first := b.get("/subscriptions?q=n")
	first.has(t, http.StatusOK, "1–50 of 61", "page=2&amp;q=n", `rel="next"`, // with jane.example
		`id="found" role="status">1–50 of 61</p>`, `hx-select-oob="#found:innerHTML"`)
	b.get("/subscriptions?q=nothing").has(t, http.StatusOK, `role="status">None found</p>`)
	b.get("/subscriptions?q=n&page=3").has(t, http.StatusOK, "0 of 61", `rel="prev"`)
	first.lacks(t, `rel="prev"`)
	second := b.get("/subscriptions?page=2&q=n")
	second.has(t, http.StatusOK, "51–61 of 61", "n59.example", `rel="prev"`)
	second.lacks(t, `rel="next"`, "n00.example")
}

func TestFiltersOfSubscriptions(t *testing.T) {
	s := newPanel(t)
	ask(t, s, oneDay)
	ask(t, s, billed)
	if err := s.Ledger.CheckTraffic(t.Context()); err != nil {
		t.Fatal(err)
	}
	ask(t, s, `<packet><service-plan><add><name>Gold &lt;b&gt;</name></add></service-plan>
		<webspace><switch-subscription><filter><id>2</id></filter><no-plan/></switch-subscription></webspace></packet>`)
	b := signedIn(t, s, admin)
	for query, chip := range map[string]string{
		"?over=1":                  "Passed their limit this month",
		"?due=30":                  "Renewal in the next 30 days",
		"?over=1&due=30&sort=name": `href="?over=1&amp;sort=name"`,
	} {
		p := b.get("/subscriptions" + query)
		p.has(t, http.StatusOK, chip, "jane.example", "1–1 of 1")
		p.lacks(t, "joe.example")
	}
	b.get("/subscriptions?due=3").has(t, http.StatusOK, "None found", "Renewal in the next 3 days")
	b.get("/subscriptions?over=0&due=x").has(t, http.StatusOK, "1–3 of 3")
	joe := b.get("/subscriptions?owner=4")
	joe.has(t, http.StatusOK, "Of joe", "joe.example", `href="?"`)
	joe.lacks(t, "jane.example")
	reseller := signedIn(t, s, "rita")
	reseller.get("/subscriptions?owner=4").has(t, http.StatusOK, "Of account 4", "None found")
	reseller.get("/subscriptions?plan=1").has(t, http.StatusOK, "Plan 1", "None found")
}

// Who passed a limit stays listed when it is raised, and who has more than a new
// limit is found by the next check.
func TestLimitsThatChange(t *testing.T) {
	s := newPanel(t)
	ask(t, s, oneDay)
	check := func(id int, limit string) {
		t.Helper()
		ask(t, s, fmt.Sprintf(`<packet><webspace><set><filter><id>%d</id></filter><values><limits><limit><name>max_traffic</name><value>%s</value></limit></limits></values></set></webspace></packet>`, id, limit))
		if err := s.Ledger.CheckTraffic(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	b := signedIn(t, s, admin)
	passed := func(texts ...string) {
		t.Helper()
		for _, page := range []string{"/", "/subscriptions?over=1"} {
			p := b.get(page)
			p.has(t, http.StatusOK, append(texts, "Passed their limit this month")...)
			p.lacks(t, "over the limit")
		}
	}
	check(1, "5000000")
	b.get("/subscriptions?over=1").has(t, http.StatusOK, "None found")
	check(1, "1000000")
	b.get("/subscriptions?over=1").has(t, http.StatusOK, "jane.example", "over the limit")
	check(1, "5000000")
	passed("jane.example", "1.50 MB of 5.00 MB", "within its limit again")
	check(1, "-1")
	passed("jane.example", "unlimited now")
	check(2, "0")
	b.get("/subscriptions").has(t, http.StatusOK, `aria-label="0 B of 0 B"`)
}

func TestNoSubscriptionYet(t *testing.T) {
	s := newPanel(t)
	ask(t, s, `<packet><webspace><del><filter/></del></webspace></packet>`)
	b := signedIn(t, s, admin)
	b.get("/subscriptions").has(t, http.StatusOK, "No subscription yet", "/subscriptions/new")
	b.get("/subscriptions").lacks(t, `role="search"`)
}

func TestAddingASubscription(t *testing.T) {
	s := newPanel(t)
	ask(t, s, `<packet><service-plan><add><name>Gold</name><limits><limit><name>max_traffic</name><value>5000000000</value></limit></limits></add>
		<add><name>Rita's</name><owner-login>rita</owner-login></add></service-plan></packet>`)
	b := signedIn(t, s, admin)
	form := b.get("/subscriptions/new?owner=jane")
	form.has(t, http.StatusOK, `value="jane"`, ">Gold</option>", ">127.0.0.1</option>", "Web space on the server")
	form.lacks(t, "Rita&#39;s")
	b.get("/subscriptions/new?owner=carl").has(t, http.StatusOK, "Rita&#39;s")
	b.get("/subscriptions/new?owner=nobody").lacks(t, "Gold", "Rita&#39;s")

	plan := optionOf(t, form, "Gold")
	p := b.post("/subscriptions/new", "name", " Neu.Example", "owner", "jane", "plan", plan, "hosting", "vrt_hst", "ipv4", "127.0.0.1",
		"external-id", "ext-1", "description", "first", "max_traffic", "", "max_traffic-unit", "GB")
	p.has(t, http.StatusOK, "The subscription was added.", "neu.example", "jane", "Gold", "5.00 GB", "ext-1")
	p = b.post("/subscriptions/new", "name", "own.example", "owner", "", "plan", "", "hosting", "none", "max_traffic", "1.5", "max_traffic-unit", "GiB")
	p.has(t, http.StatusOK, "own.example", "1.61 GB", "no plan")
	answer := ask(t, s, `<packet><webspace><get><filter><name>own.example</name></filter><dataset><gen_info/><limits/></dataset></get></webspace></packet>`)
	for _, want := range []string{"<htype>none</htype>", "<owner-login>admin</owner-login>", "<name>max_traffic</name><value>1610612736</value>"} {
		if !strings.Contains(answer, want) {
			t.Errorf("the API lacks %s:\n%s", want, answer)
		}
	}
}

func TestAddingASubscriptionIsRefused(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, admin)
	form := []string{"name", "new.example", "owner", "jane", "plan", "", "hosting", "vrt_hst", "ipv4", "127.0.0.1", "description", `"><script>`,
		"max_traffic", "3", "max_traffic-unit", "TB"}
	for change, problem := range map[[2]string]string{
		{"name", "joe.example"}:         "already exists",
		{"name", "a b"}:                 "Domain name: ",
		{"owner", "nobody"}:             "Owner does not exist",
		{"plan", "987654"}:              "Service plan does not exist",
		{"ipv4", "192.0.2.77"}:          "IP address 192.0.2.77 does not exist.",
		{"max_traffic", "1,5"}:          "Traffic per month: “1,5” is not a number",
		{"max_traffic", "-1"}:           "Traffic per month: “-1” is not a number",
		{"max_traffic", "999999999999"}: "more than the ledger can hold",
	} {
		p := b.post("/subscriptions/new", with(form, change)...)
		p.has(t, http.StatusUnprocessableEntity, problem, "&#34;&gt;&lt;script&gt;", `<option selected>TB</option>`)
		p.lacks(t, `"><script>`)
	}
	b.get("/subscriptions").has(t, http.StatusOK, "1–3 of 3")
	reseller := signedIn(t, s, "rita")
	reseller.post("/subscriptions/new", form...).has(t, http.StatusUnprocessableEntity, "Owner does not exist")
	signedIn(t, s, "jane").post("/subscriptions/new", form...).has(t, http.StatusNotFound)
}

// with returns the fields of a form with one changed.
func with(fields []string, change [2]string) []string {
	changed := append([]string{}, fields...)
	for i := 0; i < len(fields); i += 2 {
		if fields[i] == change[0] {
			changed[i+1] = change[1]
		}
	}
	return changed
}

// optionOf returns the value of the option of a select that has a name.
func optionOf(t *testing.T, p shown, name string) string {
	t.Helper()
	before, _, ok := strings.Cut(p.text, ">"+name+"</option>")
	i := strings.LastIndex(before, `<option value="`)
	if !ok || i < 0 {
		t.Fatalf("%s has no option %q:\n%s", p.path, name, p.text)
	}
	value, _, _ := strings.Cut(before[i+len(`<option value="`):], `"`)
	return value
}
