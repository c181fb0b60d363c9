package xmlapi_test

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostledger/hostledger/internal/machine"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
)

// people are callers of every role, each of whom has a subscription: numbers
// 1 to 4 in the order of the fields.
type people struct {
	admin, reseller, resellersCustomer, customer ledger.Identity
}

// resell returns an API over a ledger with these people. All sign in to it with
// the password of its administrator.
func resell(t *testing.T) (*xmlapi.API, people) {
	t.Helper()
	const password = "setup-Pa55word"
	s, err := server.Open(t.Context(), server.Options{
		AdminPassword: func() string { return password },
		Log:           slog.New(slog.DiscardHandler),
		IPs:           []ledger.IPAddress{machine.Loopback},
		WeakPasswords: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	signIn := func(login string) ledger.Identity {
		who, err := s.Ledger.Login(t.Context(), login, password, machine.Loopback.Address)
		if err != nil {
			t.Fatal(err)
		}
		return who
	}
	const person = `<pname>A Person</pname><login>%s</login><passwd>` + password + `</passwd>`
	const subscription = `<add><gen_setup><name>%[1]s.example</name><owner-login>%[1]s</owner-login></gen_setup></add>`
	err = s.RunFixture(t.Context(), strings.NewReader(`<packet><reseller>`+
		`<add><gen-info>`+fmt.Sprintf(person, "rita")+`</gen-info></add></reseller><customer>`+
		`<add><gen_info>`+fmt.Sprintf(person, "rick")+`<owner-login>rita</owner-login></gen_info></add>`+
		`<add><gen_info>`+fmt.Sprintf(person, "carl")+`</gen_info></add></customer><webspace>`+
		fmt.Sprintf(subscription, "admin")+fmt.Sprintf(subscription, "rita")+
		fmt.Sprintf(subscription, "rick")+fmt.Sprintf(subscription, "carl")+`</webspace></packet>`))
	if err != nil {
		t.Fatal(err)
	}
	return s.API, people{signIn("admin"), signIn("rita"), signIn("rick"), signIn("carl")}
}

// Who may call each operation at all.
func TestRolesOfOperations(t *testing.T) {
	t.Parallel()
	const filter = `<filter><id>99</id></filter>` // nothing, so that nothing changes
	const traffic = `<dom_id>99</dom_id><date>2026-05-15</date><smtp_in/><smtp_out/><pop3_imap_in/><pop3_imap_out/>`
	const application = `<package><name/><value/></package>`
	const service = `<plan-item><name/></plan-item>`
	const ip = `<filter><ip_address>192.0.2.99</ip_address></filter>`
	type test struct{ operation, content, callers string }
	tests := []test{
		{"server/get_protos", ``, "administrator reseller customer"},
		{"server/get", ``, "administrator"},
		{"server/set", ``, "administrator"},
		{"server/srv_man", `<id>x</id><operation>start</operation>`, "administrator"},
		{"server/create_session", `<login>nobody</login>`, "administrator reseller customer"},
		{"customer/add", `<gen_info><pname/><login/><passwd/></gen_info>`, "administrator reseller"},
		{"customer/get", filter + `<dataset/>`, "administrator reseller customer"},
		{"customer/del", filter, "administrator reseller"},
		{"customer/set", filter + `<values/>`, "administrator reseller customer"},
		{"customer/set-billing-info", filter + `<values/>`, "administrator reseller"},
		{"customer/convert-to-reseller", filter, "administrator"},
		{"customer/change-owner", filter + `<new-owner-login/>`, "administrator"},
		{"customer/get-domain-list", filter, "administrator reseller customer"},
		{"webspace/add", `<gen_setup><name>-</name></gen_setup>`, "administrator reseller"},
		{"webspace/get", filter + `<dataset/>`, "administrator reseller customer"},
		{"webspace/set", filter + `<values/>`, "administrator reseller customer"},
		{"webspace/del", filter, "administrator reseller"},
		{"webspace/cform_buttons_list", filter, "administrator reseller customer"},
		{"webspace/get_traffic", filter, "administrator reseller customer"},
		{"webspace/set_traffic", traffic, "administrator reseller"},
		{"webspace/get-limit-descriptor", filter, "administrator reseller customer"},
		{"webspace/get-permission-descriptor", filter, "administrator reseller customer"},
		{"webspace/get-physical-hosting-descriptor", filter, "administrator reseller customer"},
		{"webspace/switch-subscription", filter + `<no-plan/>`, "administrator reseller"},
		{"webspace/sync-subscription", filter, "administrator reseller"},
		{"webspace/add-subscription", filter + `<plan-guid/>`, "administrator reseller"},
		{"webspace/remove-subscription", filter + `<plan-guid/>`, "administrator reseller"},
		{"webspace/set-billing-info", filter + `<values/>`, "administrator reseller"},
		{"webspace/add-package", filter + application, "administrator reseller"},
		{"webspace/remove-package", filter + application, "administrator reseller"},
		{"webspace/add-plan-item", filter + service, "administrator reseller"},
		{"webspace/remove-plan-item", filter + service, "administrator reseller"},
		{"webspace/enable-aps-filter", filter, "administrator reseller"},
		{"webspace/disable-aps-filter", filter, "administrator reseller"},
		{"webspace/get-changed", `<resource-usage><from>2026-05-15T00:00:00Z</from></resource-usage>`, "administrator reseller customer"},
		{"webspace/db-servers", `<list>` + filter + `</list>`, "administrator reseller"},
		{"subdomain/add", `<parent/><name/>`, "administrator reseller customer"},
		{"subdomain/get", filter, "administrator reseller customer"},
		{"subdomain/del", filter, "administrator reseller customer"},
		{"subdomain/set", filter + `<property><name/><value/></property>`, "administrator reseller customer"},
		{"subdomain/rename", `<id>99</id><name/>`, "administrator reseller customer"},
		{"site-alias/create", `<site-id>99</site-id><name>-</name>`, "administrator reseller customer"},
		{"site-alias/get", filter, "administrator reseller customer"},
		{"site-alias/set", filter + `<settings/>`, "administrator reseller customer"},
		{"site-alias/delete", filter, "administrator reseller customer"},
		{"site-alias/rename", `<id>99</id><new_name/>`, "administrator reseller customer"},
		{"site-alias/get-supported-services", ``, "administrator reseller customer"},
		{"ip/add", `<ip_address/><netmask/><type>shared</type><interface>x</interface>`, "administrator"},
		{"ip/get", ``, "administrator reseller"},
		{"ip/set", ip, "administrator"},
		{"ip/del", ip, "administrator"},
		{"event_log/get", ``, "administrator"},
		{"event_log/get_events", ``, "administrator"},
		{"event_log/get-last-id", ``, "administrator"},
		{"secret_key/create", `<ip_address>x</ip_address>`, "administrator"},
		{"secret_key/get_info", `<filter/>`, "administrator"},
		{"secret_key/delete", `<filter/>`, "administrator"},
		{"service-plan/add", `<name/>`, "administrator reseller"},
		{"service-plan/get", filter, "administrator reseller"},
		{"service-plan/del", filter, "administrator reseller"},
		{"service-plan/set", filter, "administrator reseller"},
		{"service-plan/add-package", filter + `<package><name>name</name><value>x</value></package>`, "administrator reseller"},
		{"service-plan/remove-package", filter + `<package><name>name</name><value>x</value></package>`, "administrator reseller"},
		{"service-plan/enable-aps-filter", filter, "administrator reseller"},
		{"service-plan/disable-aps-filter", filter, "administrator reseller"},
		{"service-plan/add-plan-item", filter + `<plan-item><name>x</name></plan-item>`, "administrator reseller"},
		{"service-plan/remove-plan-item", filter + `<plan-item><name>x</name></plan-item>`, "administrator reseller"},
		{"service-plan/get-limit-descriptor", filter, "administrator reseller"},
		{"service-plan/get-permission-descriptor", filter, "administrator reseller"},
		{"service-plan/get-physical-hosting-descriptor", filter, "administrator reseller"},
		{"service-plan/db-servers", `<list>` + filter + `</list>`, "administrator reseller"},
		{"service-plan/duplicate", filter + `<duplicate-name>x</duplicate-name>`, "administrator reseller"},
		{"session/get", ``, "administrator"},
		{"session/terminate", `<session-id>x</session-id>`, "administrator"},
		{"locale/get", `<filter/>`, "administrator reseller customer"},
		{"locale/get-message", `<filter><key>x</key></filter><id>en-US</id>`, "administrator reseller customer"},
		{"locale/enable", filter, "administrator"},
		{"locale/disable", filter, "administrator"},
		{"reseller/add", `<gen-info><pname/><login/><passwd/></gen-info>`, "administrator"},
		{"reseller/set", filter + `<values/>`, "administrator reseller"},
		{"reseller/get", filter + `<dataset/>`, "administrator reseller"},
		{"reseller/del", filter, "administrator"},
		{"reseller/ippool-add-ip", `<reseller-id>99</reseller-id><ip><ip-address/></ip>`, "administrator"},
		{"reseller/ippool-del-ip", `<reseller-id>99</reseller-id><ip-address/>`, "administrator"},
		{"reseller/ippool-set-ip", `<reseller-id>99</reseller-id><filter><ip-address/></filter><values><ip-type>shared</ip-type></values>`, "administrator"},
		{"reseller/cform-buttons-list", filter, "administrator reseller"},
		{"reseller/get-limit-descriptor", filter, "administrator reseller"},
		{"reseller/get-permission-descriptor", filter, "administrator reseller"},
		{"reseller/convert-to-customer", filter, "administrator"},
		{"reseller/switch-subscription", filter + `<no-plan/>`, "administrator"},
		{"reseller/sync-subscription", filter, "administrator"},
		{"reseller/get-domain-list", filter, "administrator reseller"},
		{"reseller-plan/add", `<name/>`, "administrator"},
		{"reseller-plan/get", filter, "administrator"},
		{"reseller-plan/del", filter, "administrator"},
		{"reseller-plan/set", filter, "administrator"},
		{"reseller-plan/add-package", filter + `<package><name>name</name><value>x</value></package>`, "administrator"},
		{"reseller-plan/remove-package", filter + `<package><name>name</name><value>x</value></package>`, "administrator"},
		{"reseller-plan/get-limit-descriptor", ``, "administrator"},
		{"reseller-plan/get-permission-descriptor", ``, "administrator"},
		{"reseller-plan/enable-aps-filter", filter, "administrator"},
		{"reseller-plan/disable-aps-filter", filter, "administrator"},
		{"reseller-plan/duplicate", `<name>x</name><duplicate-name>y</duplicate-name>`, "administrator"},
		{"service-plan-addon/add", `<name/>`, "administrator reseller"},
		{"service-plan-addon/get", filter, "administrator reseller"},
		{"service-plan-addon/del", filter, "administrator reseller"},
		{"service-plan-addon/set", filter, "administrator reseller"},
		{"service-plan-addon/add-package", filter + `<package><name>name</name><value>x</value></package>`, "administrator reseller"},
		{"service-plan-addon/remove-package", filter + `<package><name>name</name><value>x</value></package>`, "administrator reseller"},
		{"service-plan-addon/get-limit-descriptor", filter, "administrator reseller"},
		{"service-plan-addon/get-permission-descriptor", filter, "administrator reseller"},
		{"service-plan-addon/get-physical-hosting-descriptor", filter, "administrator reseller"},
		{"service-plan-addon/duplicate", filter + `<duplicate-name>x</duplicate-name>`, "administrator reseller"},
		{"site/add", `<gen_setup><name>-</name></gen_setup>`, "administrator reseller customer"},
		{"site/get", filter + `<dataset/>`, "administrator reseller customer"},
		{"site/set", filter + `<values/>`, "administrator reseller customer"},
		{"site/del", filter, "administrator reseller customer"},
		{"site/cform_buttons_list", filter, "administrator reseller customer"},
		{"site/get_traffic", filter, "administrator reseller customer"},
		{"site/set_traffic", traffic, "administrator reseller"},
		{"site/get-physical-hosting-descriptor", filter, "administrator reseller customer"},
		{"php-handler/get", `<filter/>`, "administrator reseller customer"},
		{"php-handler/enable", filter, "administrator"},
		{"php-handler/disable", filter, "administrator"},
		{"php-handler/get-usage", `<filter/>`, "administrator reseller customer"},
	}
	api, p := resell(t)
	for i, operation := range xmlapi.Operations() {
		name := operation.Operator + "/" + operation.Name
		if i >= len(tests) || tests[i].operation != name {
			t.Fatalf("the table lacks %s", name)
		}
		var may []string
		for _, who := range []ledger.Identity{p.admin, p.reseller, p.customer} {
			packet := "<packet><" + operation.Operator + "><" + operation.Name + ">" + tests[i].content + "</" + operation.Name + "></" + operation.Operator + "></packet>"
			got := answer(t, api, who, strings.NewReader(packet))
			if isRefused(got) {
				t.Fatalf("%s: %s", name, got)
			}
			if !strings.Contains(got, "<errcode>1006</errcode>") {
				may = append(may, who.Role.String())
			}
		}
		if got := strings.Join(may, " "); got != tests[i].callers {
			t.Errorf("%s is for %s, want %s", name, got, tests[i].callers)
		}
	}
}

// A reseller has his own subscriptions and those of his customers, and does
// not learn of others.
func TestReseller(t *testing.T) {
	t.Parallel()
	const get = `<get><filter/><dataset/></get>`
	const twoAndThree = `<result><status>ok</status><filter-id>2</filter-id><id>2</id><data/></result>` +
		`<result><status>ok</status><filter-id>3</filter-id><id>3</id><data/></result>`
	missing := func(filterID string) string {
		return `<result><status>error</status><errcode>1013</errcode><errtext>domain does not exist</errtext><filter-id>` + filterID + `</filter-id></result>`
	}
	ownerMissing := `<status>error</status><errcode>1015</errcode><errtext>Owner does not exist</errtext>`
	api, p := resell(t)
	for _, test := range []struct {
		who      ledger.Identity
		operator string
		request  string
		want     string
	}{
		{p.reseller, "webspace", get, `<get>` + twoAndThree + `</get>`},
		{p.reseller, "customer", get, `<get><result><status>ok</status><filter-id>3</filter-id><id>3</id><data/></result></get>`},
		{p.reseller, "webspace", `<get><filter><owner-login>rick</owner-login><owner-login>carl</owner-login></filter><dataset/></get>`,
			`<get><result><status>ok</status><filter-id>rick</filter-id><id>3</id><data/></result><result>` + ownerMissing + `<filter-id>carl</filter-id></result></get>`},
		{p.reseller, "webspace", `<get><filter><id>4</id><id>1</id></filter><dataset/></get>`, `<get>` + missing("4") + missing("1") + `</get>`},
		{p.reseller, "webspace", `<del><filter><name>carl.example</name></filter></del>`, `<del>` + missing("carl.example") + `</del>`},
		{p.reseller, "webspace", `<set-billing-info><filter><id>4</id></filter><values><cycle>P1M</cycle></values></set-billing-info>`,
			`<set-billing-info>` + missing("4") + `</set-billing-info>`},
		{p.reseller, "webspace", traffic("3") + traffic("4"),
			`<set_traffic><result><status>ok</status><id>3</id></result></set_traffic>` +
				`<set_traffic><result><status>error</status><errcode>1013</errcode><errtext>domain does not exist</errtext><id>4</id></result></set_traffic>`},
		{p.reseller, "webspace", `<add><gen_setup><name>new.example</name><owner-login>carl</owner-login></gen_setup></add>`,
			`<add><result>` + ownerMissing + `</result></add>`},
		{p.reseller, "webspace", `<set><filter><id>3</id></filter><values><gen_setup><owner-login>admin</owner-login></gen_setup></values></set>`,
			`<set><result>` + ownerMissing + `<filter-id>3</filter-id><id>3</id></result></set>`},
		{p.reseller, "webspace", `<set><filter><id>3</id></filter><values><gen_setup><admin-description>mine</admin-description></gen_setup></values></set>`,
			`<set><result><status>error</status><errcode>1006</errcode><errtext>Permission denied.</errtext><filter-id>3</filter-id><id>3</id></result></set>`},
		{p.reseller, "webspace", `<add><gen_setup><name>noted.example</name><admin-description>mine</admin-description></gen_setup></add>`,
			`<add><result><status>error</status><errcode>1006</errcode><errtext>Permission denied.</errtext></result></add>`},
		{p.reseller, "webspace", `<set><filter><id>3</id></filter><values><gen_setup><status>32</status></gen_setup></values></set>`,
			`<set><result><status>ok</status><filter-id>3</filter-id><id>3</id></result></set>`},
		{p.reseller, "webspace", `<set><filter><id>3</id></filter><values><gen_setup><status>16</status></gen_setup></values></set>`,
			`<set><result><status>error</status><errcode>1025</errcode><errtext>Wrong status value.</errtext><filter-id>3</filter-id><id>3</id></result></set>`},
		{p.reseller, "reseller", get, `<get><result><status>ok</status><filter-id>2</filter-id><id>2</id><data/></result></get>`},
		{p.reseller, "site", `<add><gen_setup><name>addon.rick.example</name><webspace-id>3</webspace-id></gen_setup></add>` +
			`<del><filter><name>addon.rick.example</name></filter></del>` +
			`<add><gen_setup><name>addon.carl.example</name><webspace-id>4</webspace-id></gen_setup></add>`,
			`<add><result><status>ok</status><id>5</id><guid>GUID</guid></result></add>` +
				`<del><result><status>ok</status><filter-id>addon.rick.example</filter-id><id>5</id></result></del>` +
				`<add><result><status>error</status><errcode>1015</errcode><errtext>Domain does not exist.</errtext></result></add>`},
		{p.reseller, "subdomain", `<add><parent>rick.example</parent><name>sub</name></add>` +
			`<rename><id>6</id><name>shop</name></rename>` +
			`<set><filter><parent-name>rick.example</parent-name></filter><property><name>php</name><value>true</value></property></set>` +
			`<del><filter><name>shop.rick.example</name></filter></del>` +
			`<add><parent>carl.example</parent><name>sub</name></add>`,
			`<add><result><status>ok</status><id>6</id></result></add>` +
				`<rename><result><status>ok</status></result></rename>` +
				`<set><result><status>ok</status><filter-id>rick.example</filter-id><id>6</id></result></set>` +
				`<del><result><status>ok</status><filter-id>shop.rick.example</filter-id><id>6</id></result></del>` +
				`<add><result><status>error</status><errcode>1015</errcode><errtext>Domain does not exist.</errtext></result></add>`},
		{p.admin, "site-alias", `<create><site-id>4</site-id><name>carl.dom</name></create>`, `<create><result><status>ok</status><id>1</id></result></create>`},
		{p.reseller, "site-alias", `<create><site-id>3</site-id><name>rick.dom</name></create>` +
			`<rename><name>rick.dom</name><new_name>shop.dom</new_name></rename>` +
			`<set><filter/><settings><status>1</status></settings></set>` +
			`<delete><filter/></delete>` +
			`<create><site-id>4</site-id><name>other.dom</name></create>` +
			`<rename><name>carl.dom</name><new_name>other.dom</new_name></rename>`,
			`<create><result><status>ok</status><id>2</id></result></create>` +
				`<rename><result><status>ok</status></result></rename>` +
				`<set><result><status>ok</status><filter-id>2</filter-id><id>2</id></result></set>` +
				`<delete><result><status>ok</status><filter-id>2</filter-id><id>2</id></result></delete>` +
				`<create><result><status>error</status><errcode>1015</errcode><errtext>Domain does not exist.</errtext></result></create>` +
				`<rename><result><status>error</status><errcode>1013</errcode><errtext>Site alias does not exist</errtext></result></rename>`},
		{p.resellersCustomer, "webspace", get, `<get><result><status>ok</status><filter-id>3</filter-id><id>3</id><data/></result></get>`},
		{p.resellersCustomer, "webspace", `<set><filter/><values><gen_setup><status>0</status></gen_setup></values></set>`,
			`<set><result><status>ok</status><filter-id>3</filter-id><id>3</id></result></set>`},
		{p.customer, "webspace", get, `<get><result><status>ok</status><filter-id>4</filter-id><id>4</id><data/></result></get>`},
	} {
		got := answer(t, api, test.who, strings.NewReader("<packet><"+test.operator+">"+test.request+"</"+test.operator+"></packet>"))
		got = anyGUID.ReplaceAllString(got, "<guid>GUID</guid>")
		want := `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<packet version="1.6.9.1"><` + test.operator + `>` + test.want + `</` + test.operator + `></packet>` + "\n"
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", test.who.Login, test.request, diff)
		}
	}
	status, err := api.Ledger.Webspaces(context.Background(), []int64{3})
	if err != nil || len(status) != 1 || status[0].Status != ledger.StatusDownByReseller {
		t.Errorf("the customer lifted the reseller's suspension: %+v (%v)", status, err)
	}
}

var anyGUID = regexp.MustCompile(`<guid>[^<]*</guid>`)

func traffic(id string) string {
	return `<set_traffic><dom_id>` + id + `</dom_id><date>2026-05-15</date><smtp_in>1</smtp_in><smtp_out>1</smtp_out>` +
		`<pop3_imap_in>1</pop3_imap_in><pop3_imap_out>1</pop3_imap_out></set_traffic>`
}
