package panel_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// The ids of people: rita is account 2, jane 3, joe 4 and carl 5.
const (
	ritasPage = "/resellers/2"
	janesPage = "/customers/3"
	joesPage  = "/customers/4"
	carlsPage = "/customers/5"
)

func TestCustomersOfTheAdministrator(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, s.Login)
	p := b.get("/customers")
	p.has(t, http.StatusOK, "Jane Doe", "Joe &lt;b&gt;Bold&lt;/b&gt;", "Carl", `<a href="/resellers/2">rita</a>`, "1–3 of 3", "<th scope=\"col\">Reseller</th>")
	p.lacks(t, "<b>Bold", "Rita Reseller")
	b.get("/customers?q=JANE").has(t, http.StatusOK, "Jane Doe", "1–1 of 1")
	b.get("/customers?q=<i>x").has(t, http.StatusOK, "No customer has “&lt;i&gt;x”")
	p = b.get("/customers?owner=2")
	p.has(t, http.StatusOK, "Customers of Rita Reseller", "Carl", `href="/customers/new?owner=rita"`, `<input type="hidden" name="owner" value="2">`, `hx-get="/customers"`)
	p.lacks(t, "Jane Doe")
	for _, none := range []string{"/customers?owner=3", "/customers?owner=x", "/customers/2", "/customers/99", "/customers/x"} {
		b.get(none).has(t, http.StatusNotFound)
	}
	b.get("/customers?sort=renewal").has(t, http.StatusUnprocessableEntity, "is none that the list can have")
}

func TestListOfCustomersIsSortedAndPaged(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, "rita")
	var packet strings.Builder
	for i := range 60 {
		fmt.Fprintf(&packet, `<add><gen_info><pname>Person %02d</pname><login>p%02d</login><passwd>%s</passwd><owner-login>rita</owner-login></gen_info></add>`, i, i, password)
	}
	ask(t, s, "<packet><customer>"+packet.String()+"</customer></packet>")
	p := b.get("/customers")
	p.has(t, http.StatusOK, "1–50 of 61", "Carl", "Person 48", `href="?page=2"`)
	p.lacks(t, "Person 49", "Previous")
	p = b.get("/customers?page=2")
	p.has(t, http.StatusOK, "51–61 of 61", "Person 49", "Person 59", "Previous")
	p.lacks(t, "Person 48")
	p = b.get("/customers?sort=name&desc=1")
	p.has(t, http.StatusOK, "Person 59", `aria-sort="descending"`, "desc=1&amp;page=2")
	p.lacks(t, "Person 09")
	b.get("/customers?sort=created&desc=1").has(t, http.StatusOK, "1–50 of 61")
	b.get("/customers?page=9").has(t, http.StatusOK, "The list ends before this page", `href="?page=2"`)
	b.get("/customers?q=Person+5").has(t, http.StatusOK, "1–10 of 10", `value="Person 5"`)
}

func TestResellersSeeOnlyTheirOwnCustomers(t *testing.T) {
	s := newPanel(t)
	rita := signedIn(t, s, "rita")
	p := rita.get("/customers")
	p.has(t, http.StatusOK, "Carl", "1–1 of 1")
	p.lacks(t, "Jane", "Joe", ">Reseller<")
	rita.get(carlsPage).has(t, http.StatusOK, "Carl", "carl.example", `href="/subscriptions/new?owner=carl"`)
	for _, path := range []string{janesPage, "/customers/2", "/customers?owner=1", "/resellers", ritasPage} {
		rita.get(path).has(t, http.StatusNotFound)
	}
	for _, form := range []string{"/edit", "/balances"} {
		rita.get(janesPage+form).has(t, http.StatusNotFound)
		rita.post(janesPage+form, "name", "Mine", "login", "jane", "credit-balance/currency", "EUR", "credit-balance/sum", "1").has(t, http.StatusNotFound)
	}
	rita.post(janesPage+"/status", "status", "suspended").has(t, http.StatusNotFound)
	signedIn(t, s, s.Login).get(janesPage).lacks(t, "Mine", "suspended by", "€1")
	for _, path := range []string{"/customers", janesPage, "/customers/new", janesPage + "/edit", "/resellers"} {
		signedIn(t, s, "jane").get(path).has(t, http.StatusNotFound)
	}
}

func TestAddingACustomer(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, s.Login)
	b.get("/customers/new?owner=rita").has(t, http.StatusOK, `autocomplete="new-password"`, `name="owner" value="rita"`, "German (Germany)")
	filled := []string{
		"name", " Åsa <i>Öst</i> ", "company", "Öst & Co", "email", "asa@example.com", "phone", "+46 8 1", "address", "Storgatan 1",
		"postal-code", "111 22", "city", "Stockholm", "country", "se", "locale", "sv-SE", "external-id", "ext-7", "description", "one\r\ntwo\x00",
	}
	p := b.post("/customers/new", append(filled, "login", "asa", "password", password, "owner", "rita")...)
	p.has(t, http.StatusOK, "The customer was saved", "Åsa &lt;i&gt;Öst&lt;/i&gt;", "Öst &amp; Co", "asa@example.com", "Storgatan 1", "111 22 Stockholm", "SE", "Swedish (Sweden)", "ext-7", "one\ntwo", "of the reseller", "rita")
	p.lacks(t, "<i>", "\x00")
	signedIn(t, s, "asa").get("/").has(t, http.StatusOK, "No subscription yet")
	ask(t, s, `<packet><customer><get><filter><login>asa</login></filter><dataset><gen_info/></dataset></get></customer></packet>`)

	p = b.post("/customers/new", append(filled, "login", "asa", "password", "not-to-be-shown")...)
	p.has(t, http.StatusUnprocessableEntity, "User account asa already exists", "Åsa &lt;i&gt;", `value="Storgatan 1"`, `<option value="sv-SE" selected>`, "one\r\ntwo</textarea>")
	p.lacks(t, "not-to-be-shown")
	for _, refused := range [][]string{
		{"login", "a b", "password", password, "Login: expected"},
		{"login", "new", "password", "1234", "Password: expected 5 to 255 characters"},
		{"login", "new", "password", password, "owner", "nobody", "There is no reseller with the login “nobody”"},
		{"login", "new", "password", password, "owner", "jane", "There is no reseller with the login “jane”"},
		{"login", "new", "password", password, "name", "", "Name: expected the name of a person"},
		{"login", "new", "password", password, "name", "New", "email", "nowhere", "E-mail: expected an address"},
		{"login", "new", "password", password, "name", "New", "country", "Sweden", "Country: expected two letters"},
		{"login", "new", "password", password, "name", "New", "locale", "xx-XX", "is not an enabled locale"},
	} {
		last := len(refused) - 1
		fields := refused[:last:last]
		if len(fields) == 4 || fields[4] == "owner" {
			fields = append(fields, "name", "New")
		}
		b.post("/customers/new", fields...).has(t, http.StatusUnprocessableEntity, refused[last])
	}
}

func TestResellersMayBeKeptFromAddingCustomers(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, "rita")
	b.get("/customers").has(t, http.StatusOK, "Add a customer")
	b.get("/customers/new").lacks(t, "Login of the reseller")
	p := b.post("/customers/new", "name", "Nils", "login", "nils", "password", password)
	p.has(t, http.StatusOK, "The customer was saved", "Nils")
	b.post("/customers/new", "name", "Nils", "login", "nils2", "password", password, "owner", s.Login).has(t, http.StatusUnprocessableEntity, "There is no reseller")
	ask(t, s, `<packet><reseller><set><filter><login>rita</login></filter><values><limits><limit><name>max_cl</name><value>2</value></limit></limits></values></set></reseller></packet>`)
	b.post("/customers/new", "name", "More", "login", "more", "password", password).has(t, http.StatusUnprocessableEntity, "no available resources", `value="More"`)
	ask(t, s, `<packet><reseller><set><filter><login>rita</login></filter><values><permissions><permission><name>create_clients</name><value>false</value></permission></permissions></values></set></reseller></packet>`)
	b.get("/customers").lacks(t, "Add a customer")
	b.get("/customers/new").has(t, http.StatusForbidden)
	b.post("/customers/new", "name", "More", "login", "more", "password", password).has(t, http.StatusForbidden)
}

func TestEditingACustomer(t *testing.T) {
	s := newPanel(t)
	ask(t, s, `<packet><customer><set><filter><login>joe</login></filter><values><gen_info><cname>Old &amp; Sons</cname><external-id>ext-1</external-id><description>"quoted"</description></gen_info></values></set></customer></packet>`)
	b := signedIn(t, s, s.Login)
	p := b.get(joesPage + "/edit")
	p.has(t, http.StatusOK, `value="Joe &lt;b&gt;Bold&lt;/b&gt;"`, `value="Old &amp; Sons"`, `value="ext-1"`, "&#34;quoted&#34;</textarea>")
	p.lacks(t, "Login of the reseller")
	p = b.post(joesPage+"/edit", "name", "Joe", "login", "joe", "email", "joe@example.com", "password", "",
		"company", "", "external-id", "", "description", "")
	p.has(t, http.StatusOK, "The customer was saved", "Joe", "joe@example.com")
	p.lacks(t, "Old", "ext-1", "quoted")
	signedIn(t, s, "joe") // with the password that he had
	p = b.post(joesPage+"/edit", "name", "Joe's", "login", "jane", "password", "another-Pa55")
	p.has(t, http.StatusUnprocessableEntity, "User account jane already exists", `value="Joe&#39;s"`)
	p.lacks(t, "another-Pa55")
	b.post(joesPage+"/edit", "name", "Joe", "login", "joseph", "password", "another-Pa55").has(t, http.StatusOK, "joseph")
	stranger := newBrowser(t, s)
	stranger.post("/login", "login", "joseph", "password", password).has(t, http.StatusUnauthorized)
	stranger.post("/login", "login", "joseph", "password", "another-Pa55").has(t, http.StatusOK, "joe.example")
}

func TestSuspendingACustomer(t *testing.T) {
	s := newPanel(t)
	admin, rita, carl := signedIn(t, s, s.Login), signedIn(t, s, "rita"), signedIn(t, s, "carl")
	p := rita.post(carlsPage+"/status", "status", "suspended")
	p.has(t, http.StatusOK, "It was suspended.", "suspended by the provider", "Resume")
	p.lacks(t, ">Suspend<")
	carl.get("/").has(t, http.StatusOK, "Sign in")
	rita.post(carlsPage+"/status", "status", "active").has(t, http.StatusOK, "in service again", ">Suspend<")
	signedIn(t, s, "carl")

	admin.post(carlsPage+"/status", "status", "suspended").has(t, http.StatusOK, "It was suspended.", "Resume")
	p = rita.get(carlsPage)
	p.has(t, http.StatusOK, "suspended by the provider")
	p.lacks(t, "Resume", ">Suspend<") // what the administrator did is not the reseller's to undo
	admin.post(carlsPage+"/status", "status", "active").has(t, http.StatusOK, "in service again")

	ask(t, s, `<packet><reseller><set><filter><login>rita</login></filter><values><gen-info><status>16</status></gen-info></values></set></reseller></packet>`)
	admin.get(carlsPage).has(t, http.StatusOK, "suspended with the reseller", ">Suspend<")
	admin.get("/customers").has(t, http.StatusOK, "suspended with the reseller")
}

func TestPageOfACustomer(t *testing.T) {
	s := newPanel(t)
	ask(t, s, oneDay)
	ask(t, s, billed)
	b := signedIn(t, s, s.Login)
	b.get(janesPage).has(t, http.StatusOK, "1.50 MB of 1.00 MB", "€10.00", "every month", "in 12 days", "None is kept yet", `href="/subscriptions/new?owner=jane"`)
	ask(t, s, `<packet><webspace><del><filter><name>jane.example</name></filter></del></webspace></packet>`)
	b.get(janesPage).has(t, http.StatusOK, "There is none yet")
}

func TestBalances(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, s.Login)
	p := b.post(janesPage+"/balances",
		"credit-balance/currency", " eur", "credit-balance/sum", "0012.50 ", "credit-balance/currency", "JPY", "credit-balance/sum", "100",
		"income/currency", "EUR", "income/sum", "123456789012345678.000000000000000001", "overuse-due/currency", "", "overuse-due/sum", "")
	p.has(t, http.StatusOK, "The balances were saved", "€12.50", "¥100", "€123,456,789,012,345,678.000000000000000001")
	p = b.get(janesPage + "/balances")
	p.has(t, http.StatusOK, `value="12.50"`, `value="JPY"`, `id="credit-balance-sum-2"`, `value="123456789012345678.000000000000000001"`)
	p.lacks(t, `id="credit-balance-sum-3"`)
	jane := signedIn(t, s, "jane").get("/")
	jane.has(t, http.StatusOK, "€12.50", "¥100")
	jane.lacks(t, "123,456") // what she brought in is the host's to know

	for _, refused := range []struct{ currency, sum, problem string }{
		{"EUR", "-1", "Credit amount: &#34;-1&#34; is negative"},
		{"EUR", "1,50", "Credit amount: &#34;1,50&#34; is not a decimal number"},
		{"XYZ", "1", "Credit currency: &#34;XYZ&#34; is not an ISO 4217 currency code"},
		{"", "1", "Credit currency"},
		{"JPY", "1", "Credit currency: expected each currency once, but JPY comes twice"},
	} {
		p = b.post(janesPage+"/balances", "income/currency", "USD", "income/sum", "1.00",
			"credit-balance/currency", "JPY", "credit-balance/sum", "7", "credit-balance/currency", refused.currency, "credit-balance/sum", refused.sum)
		p.has(t, http.StatusUnprocessableEntity, refused.problem, `value="7"`, fmt.Sprintf(`value="%s"`, refused.sum), `id="credit-balance-sum-2"`)
	}
	b.get(janesPage).has(t, http.StatusOK, "¥100", "€123,456,789,012,345,678") // nothing was changed
	p = b.post(janesPage+"/balances", "income/currency", "EUR", "income/sum", "", "credit-balance/currency", "EUR", "credit-balance/sum", "", "credit-balance/currency", "JPY", "credit-balance/sum", "100")
	p.has(t, http.StatusOK, "¥100")
	p.lacks(t, "€")
	b.get("/customers/2/balances").has(t, http.StatusNotFound)
}

func TestBalancesThatAreLeftAlone(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, s.Login)
	setBalances := func(income, credit string) {
		ask(t, s, `<packet><customer><set-billing-info><filter><login>jane</login></filter><values>`+
			`<income><value><currency>EUR</currency><sum>`+income+`</sum></value></income>`+
			`<credit-balance><value><currency>EUR</currency><sum>`+credit+`</sum></value></credit-balance></values></set-billing-info></customer></packet>`)
	}
	setBalances("10", "1")
	carried := carriedBy(t, b.get(janesPage+"/balances"))
	setBalances("20", "2") // while the form is open
	p := b.post(janesPage+"/balances", "shown", carried, "income/currency", "EUR", "income/sum", "10",
		"credit-balance/currency", "EUR", "credit-balance/sum", "7")
	p.has(t, http.StatusOK, "€20", "€7")
	b.post(janesPage+"/balances", "credit-balance/currency", "EUR", "credit-balance/sum", "8").has(t, http.StatusOK, "€20", "€8")
	b.post(janesPage+"/balances", "x", "1").has(t, http.StatusOK, "€20", "€8")
	p = b.post(janesPage+"/balances", "credit-balance/currency", "EUR", "credit-balance/sum", "8", "credit-balance/currency", "USD", "credit-balance/sum", "")
	p.has(t, http.StatusUnprocessableEntity, "Credit amount: type one for USD", `value="USD"`)
}

func TestCustomersAreEditedByTwo(t *testing.T) {
	s := newPanel(t)
	one, other := signedIn(t, s, s.Login), signedIn(t, s, s.Login)
	one.post(janesPage+"/edit", "description", "\r\n two  \r\n").has(t, http.StatusOK)
	page := one.get(janesPage + "/edit")
	page.has(t, http.StatusOK, ">\n\n two  \n</textarea>")
	form := []string{"shown", carriedBy(t, page), "name", "Jane Doe", "company", "", "login", "jane", "password", "", "description", "\r\n two  \r\n"}
	other.post(janesPage+"/edit", append(form, "email", "jane@example.com", "phone", "1")...).has(t, http.StatusOK, "jane@example.com")
	one.post(janesPage+"/edit", append(with(form, [2]string{"company", "Doe & Co"}), "email", "", "phone", "x\x00")...).has(t, http.StatusOK, "Doe &amp; Co", "jane@example.com")
	answer := ask(t, s, `<packet><customer><get><filter><login>jane</login></filter><dataset><gen_info/></dataset></get></customer></packet>`)
	for _, kept := range []string{"<description>\n two  \n</description>", "<phone>x</phone>", "<pname>Jane Doe</pname>"} {
		if !strings.Contains(answer, kept) {
			t.Errorf("the API lacks %q:\n%s", kept, answer)
		}
	}
}

func TestResellers(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, s.Login)
	p := b.get("/resellers")
	p.has(t, http.StatusOK, "Rita Reseller", "rita", `<a href="/customers?owner=2">1</a>`, "1–1 of 1")
	p.lacks(t, "Jane")
	b.get("/resellers?q=nobody").has(t, http.StatusOK, "No reseller has “nobody”")
	ask(t, s, `<packet><reseller><set><filter><login>rita</login></filter><values><limits><limit><name>max_cl</name><value>7</value></limit>`+
		`<limit><name>disk_space</name><value>5000000000</value></limit></limits>`+
		`<permissions><permission><name>manage_dns</name><value>true</value></permission></permissions></values></set></reseller></packet>`)
	b.get(ritasPage).has(t, http.StatusOK, "Rita Reseller", "no plan", "Disk space", "5.00 GB", "Everything else is unlimited", "Manage the DNS zone", "Not allowed",
		`href="/customers?owner=2"`, `href="/customers/new?owner=rita"`)
	for _, none := range []string{"/resellers/3", "/resellers/1", "/resellers/99", "/resellers/x"} {
		b.get(none).has(t, http.StatusNotFound)
	}
}
