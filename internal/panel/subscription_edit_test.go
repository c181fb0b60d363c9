package panel_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestEditingASubscription(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, admin)
	p := b.get("/subscriptions/1/edit")
	p.has(t, http.StatusOK, `value="jane.example"`, `value="jane"`, `name="max_traffic" value="1"`, "<option selected>MB</option>", "Allow and notify", "Web users")
	p = b.post("/subscriptions/1/edit", "do", "save", "name", " jane2.example ", "owner", "joe", "external-id", "x-9", "description", "a\r\nb",
		"admin-description", "for me", "reseller-description", "", "overuse", "notify", "max_traffic", "2.5", "max_traffic-unit", "GB",
		"max_box", "7", "disk_space", "10", "disk_space-unit", "GiB", "expiration", "2027-01-31")
	p.has(t, http.StatusOK, "The subscription was saved.", "jane2.example", "joe", "x-9", "2.50 GB")
	answer := ask(t, s, `<packet><webspace><get><filter><id>1</id></filter><dataset><gen_info/><limits/></dataset></get></webspace></packet>`)
	for _, want := range []string{"<overuse>notify</overuse>", "<name>max_traffic</name><value>2500000000</value>", "<name>max_box</name><value>7</value>",
		"<name>disk_space</name><value>10737418240</value>", "<name>expiration</name><value>1801353600</value>", "<description>a\nb</description>",
		"<admin-description>for me</admin-description>"} {
		if !strings.Contains(answer, want) {
			t.Errorf("the API lacks %s:\n%s", want, answer)
		}
	}
	b.post("/subscriptions/1/edit", "do", "save", "max_box", "", "max_traffic", "").has(t, http.StatusOK, "The subscription was saved.")
	p = b.get("/subscriptions/1/edit")
	p.has(t, http.StatusOK, `name="max_traffic" value=""`, `name="max_box" value=""`, `value="2027-01-31"`, "<option selected>GiB</option>")
}

func TestSubscriptionsAreEditedByTwo(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, admin)
	carried := carriedBy(t, b.get("/subscriptions/1/edit"))
	ask(t, s, `<packet><webspace><set><filter><id>1</id></filter><values><gen_setup><external-id>x-1</external-id></gen_setup>`+
		`<limits><limit><name>max_traffic</name><value>9000000</value></limit></limits></values></set></webspace></packet>`)
	p := b.post("/subscriptions/1/edit", "do", "save", "shown", carried, "name", "jane.example", "owner", "jane", "external-id", "",
		"description", "new", "max_traffic", "1", "max_traffic-unit", "MB", "max_box", "7")
	p.has(t, http.StatusOK, "x-1", "of 9.00 MB")
	b.get("/subscriptions/1/edit").has(t, http.StatusOK, ">\nnew</textarea>", `name="max_box" value="7"`)
}

func TestASubscriptionHasAnAddress(t *testing.T) {
	s := newPanel(t)
	ask(t, s, `<packet><ip><add><ip_address>2001:db8::1</ip_address><netmask>64</netmask><type>shared</type><interface>eth0</interface></add></ip></packet>`)
	b := signedIn(t, s, admin)
	b.post("/subscriptions/1/edit", "do", "save", "ipv4", "", "ipv6", "").has(t, http.StatusUnprocessableEntity, "IP addresses: a subscription has at least one.")
	b.post("/subscriptions/1/edit", "do", "save", "ipv4", "", "ipv6", "2001:db8::1").has(t, http.StatusOK, "The subscription was saved.")
	b.get("/subscriptions/1/edit").has(t, http.StatusOK, "<option selected>2001:db8::1</option>")
	b.post("/subscriptions/new", "name", "none.example", "owner", "jane", "hosting", "vrt_hst", "ipv4", "", "ipv6", "").
		has(t, http.StatusUnprocessableEntity, "IP addresses: a subscription has at least one.")
}

func TestEditingIsRefused(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, admin)
	form := []string{"do", "save", "name", "jane.example", "owner", "jane", "description", "</textarea><script>", "max_box", "", "max_traffic", "4", "max_traffic-unit", "kB", "expiration", ""}
	for change, problem := range map[[2]string]string{
		{"name", "joe.example"}:                    "already exists",
		{"name", ""}:                               "Domain name: ",
		{"owner", "nobody"}:                        "Owner does not exist",
		{"max_box", "many"}:                        "Mailboxes: “many” is not a whole number.",
		{"max_box", "-2"}:                          "Mailboxes: “-2” is not a whole number.",
		{"max_traffic", "a"}:                       "Traffic per month: “a” is not a number",
		{"expiration", "2026-02-30"}:               "Expiration date: “2026-02-30” is not a date",
		{"description", strings.Repeat("<", 1025)}: "not be longer than 1024 characters",
	} {
		p := b.post("/subscriptions/1/edit", with(form, change)...)
		p.has(t, http.StatusUnprocessableEntity, problem, "<option selected>kB</option>")
		p.lacks(t, "</textarea><script>")
	}
	b.get("/subscriptions/1/edit").lacks(t, "&lt;script")
	b.post("/subscriptions/1/edit", "do", "something").has(t, http.StatusNotFound)
	b.get("/subscriptions/99/edit").has(t, http.StatusNotFound)
	reseller := signedIn(t, s, "rita")
	reseller.get("/subscriptions/1/edit").has(t, http.StatusNotFound)
	reseller.post("/subscriptions/1/edit", "do", "delete", "sure", "yes").has(t, http.StatusNotFound)
	reseller.get("/subscriptions/3/edit").lacks(t, "admin-description")
	reseller.post("/subscriptions/3/edit", "do", "save", "admin-description", "x").has(t, http.StatusForbidden)
	signedIn(t, s, "jane").post("/subscriptions/1/edit", "do", "suspend").has(t, http.StatusNotFound)
}

func TestSuspendingASubscription(t *testing.T) {
	s := newPanel(t)
	b, reseller := signedIn(t, s, admin), signedIn(t, s, "rita")
	reseller.post("/subscriptions/3/edit", "do", "suspend").has(t, http.StatusOK, "It was suspended.", "suspended by the provider", `value="resume">Resume</button>`)
	reseller.post("/subscriptions/3/edit", "do", "resume").has(t, http.StatusOK, "It is in service again.")
	reseller.get("/subscriptions/3").lacks(t, "suspended by")
	b.post("/subscriptions/3/edit", "do", "suspend").has(t, http.StatusOK, "suspended by the provider", `value="resume">Resume</button>`)
	for _, login := range []string{"rita", "carl"} {
		signedIn(t, s, login).get("/subscriptions/3").lacks(t, ">Resume<")
	}
	reseller.get("/subscriptions/3/edit").has(t, http.StatusOK, "Only the administrator can resume it.")
	b.get("/subscriptions/3/edit").has(t, http.StatusOK, ">Resume</button>")
}

func TestSwitchingThePlan(t *testing.T) {
	s := newPanel(t)
	ask(t, s, `<packet><service-plan>
		<add><name>Gold</name><limits><limit><name>max_traffic</name><value>5000000000</value></limit></limits></add>
		<add><name>Tiny</name><limits><limit><name>max_site</name><value>0</value></limit></limits></add></service-plan>
		<site><add><gen_setup><name>more.example</name><webspace-id>1</webspace-id></gen_setup></add></site></packet>`)
	b := signedIn(t, s, admin)
	edit := b.get("/subscriptions/1/edit")
	gold, tiny := optionOf(t, edit, "Gold"), optionOf(t, edit, "Tiny")
	b.post("/subscriptions/1/edit", "do", "plan", "plan", gold).has(t, http.StatusOK, "Gold", "of 5.00 GB")
	b.post("/subscriptions/1/edit", "do", "plan", "plan", tiny).has(t, http.StatusUnprocessableEntity, "limitations are exceeded. domains.", `<option value="`+tiny+`" selected>Tiny`)
	b.post("/subscriptions/1/edit", "do", "plan", "plan", "99").has(t, http.StatusUnprocessableEntity, "Service plan does not exist")

	b.post("/subscriptions/1/edit", "do", "save", "description", "left alone").has(t, http.StatusOK)
	b.get("/subscriptions/1/edit").has(t, http.StatusOK, "They come from the plan Gold.")
	b.post("/subscriptions/1/edit", "do", "save", "max_traffic", "6", "max_traffic-unit", "GB").has(t, http.StatusOK, "of 6.00 GB")
	b.get("/subscriptions/1/edit").has(t, http.StatusOK, "limits of its own", "Follow Gold again")
	b.post("/subscriptions/1/edit", "do", "sync").has(t, http.StatusOK, "follows its plan again", "of 5.00 GB")
	b.post("/subscriptions/1/edit", "do", "plan", "plan", "").has(t, http.StatusOK, "no plan", "of 5.00 GB")
	b.post("/subscriptions/1/edit", "do", "sync").has(t, http.StatusUnprocessableEntity, "not associated with a service plan")
}

func TestDeletingASubscription(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, admin)
	b.get("/subscriptions/1/edit").has(t, http.StatusOK, "I know that its traffic and billing information go too")
	b.post("/subscriptions/1/edit", "do", "delete").has(t, http.StatusUnprocessableEntity, "tick the box")
	p := b.post("/subscriptions/1/edit", "do", "delete", "sure", "yes")
	p.has(t, http.StatusOK, "It was removed.", "1–2 of 2")
	p.lacks(t, "jane.example")
	b.get("/subscriptions/1").has(t, http.StatusNotFound)
}
