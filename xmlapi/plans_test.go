package xmlapi_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
)

// question is what somebody asks of the operator webspace, and what the answer
// to it should be.
type question struct {
	who           ledger.Identity
	request, want string
}

var anyPlanGUID = regexp.MustCompile(`<plan-guid>[^<]*</plan-guid>`)

// ask checks the answers to questions, one after the other.
func ask(t *testing.T, api *xmlapi.API, questions []question) {
	t.Helper()
	var answers []document
	for _, q := range questions {
		got := answer(t, api, q.who, strings.NewReader(`<packet><webspace>`+q.request+`</webspace></packet>`))
		answers = append(answers, document{q.request, got})
		_, got, _ = strings.Cut(got, `<webspace>`)
		got, _, _ = strings.Cut(got, `</webspace>`)
		got = anyPlanGUID.ReplaceAllString(got, `<plan-guid>GUID</plan-guid>`)
		if diff := cmp.Diff(q.want, got); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", q.who.Login, q.request, diff)
		}
	}
	for request, complaint := range validate(t, responseSchema, answers) {
		t.Errorf("%s: the answer is not valid:\n%s", request, complaint)
	}
}

// addPlans adds to those of a provider the plans gold, which allows two sites,
// and tin, which allows one, and the add-on plan more, which adds one.
func addPlans(t *testing.T, api *xmlapi.API, provider ledger.Identity) {
	t.Helper()
	for _, plan := range []struct {
		kind  ledger.PlanKind
		name  string
		sites int64
	}{{ledger.ServicePlan, "gold", 2}, {ledger.ServicePlan, "tin", 1}, {ledger.ServicePlanAddon, "more", 1}} {
		name := plan.name + "-of-" + provider.Login
		limit := ledger.Properties[int64]{{Name: "max_site", Value: plan.sites}}
		_, err := api.Ledger.AddPlan(t.Context(), provider, ledger.NewPlan{Kind: plan.kind, Values: ledger.PlanUpdate{
			Name: &name, ExternalID: &name, Settings: ledger.SettingsUpdate{Limits: &ledger.LimitsUpdate{Values: limit}},
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// resubscription is a node of an operation on the plans of somebody's
// subscriptions.
func resubscription(operation, owner, plan string) string {
	return `<` + operation + `><filter><owner-login>` + owner + `</owner-login></filter>` + plan + `</` + operation + `>`
}

func externalID(plan string) string { return `<plan-external-id>` + plan + `</plan-external-id>` }

func result(operation, content string) string {
	return `<` + operation + `><result>` + content + `</result></` + operation + `>`
}

func failure(code, text string) string {
	return `<status>error</status><errcode>` + code + `</errcode><errtext>` + text + `</errtext>`
}

const (
	success  = `<status>ok</status>`
	waiting  = `<problems>The subscription is locked: its values change when it is synchronized.</problems>`
	tooSmall = `Unable to accept the template: the following limitations are exceeded. max_site.`
	noPlan   = `Service plan does not exist`
	noAddon  = `Service plan add-on does not exist`
	custom   = `The subscription is not associated with a service plan.`
)

func TestAddonsOfSubscriptions(t *testing.T) {
	t.Parallel()
	api, p := resell(t)
	addPlans(t, api, p.admin)
	const carl = `<filter-id>carl</filter-id><id>4</id>`
	add, remove := resubscription("add-subscription", "carl", externalID("more-of-admin")), resubscription("remove-subscription", "carl", externalID("more-of-admin"))
	get := `<get><filter><owner-login>carl</owner-login></filter><dataset><subscriptions/></dataset></get>`
	follows := func(locked, synchronized string) string {
		return result("get", success+carl+`<data><subscriptions><subscription>`+
			`<locked>`+locked+`</locked><synchronized>`+synchronized+`</synchronized>`+
			`<plan><plan-guid>GUID</plan-guid><plan-external-id>gold-of-admin</plan-external-id></plan>`+
			`<plan><plan-guid>GUID</plan-guid><plan-external-id>more-of-admin</plan-external-id></plan>`+
			`</subscription></subscriptions></data>`)
	}
	ask(t, api, []question{
		{p.admin, add, result("add-subscription", failure("1023", custom)+carl)},
		{p.admin, resubscription("switch-subscription", "carl", externalID("gold-of-admin")), result("switch-subscription", success+carl)},
		{p.admin, remove, result("remove-subscription", failure("1023", "The subscription does not have the add-on plan &quot;more-of-admin&quot;.")+carl)},
		{p.admin, add, result("add-subscription", success+carl)},
		{p.admin, add, result("add-subscription", failure("1007", "The subscription has the add-on plan &quot;more-of-admin&quot; already.")+carl)},
		{p.admin, get, follows("false", "true")},

		{p.admin, `<set><filter><id>4</id></filter><values><limits><limit><name>max_box</name><value>1</value></limit></limits></values></set>`,
			result("set", success+`<filter-id>4</filter-id><id>4</id>`)},
		{p.admin, remove, result("remove-subscription", success+carl+waiting)},
		{p.admin, add, result("add-subscription", success+carl+waiting)},
		{p.admin, get, follows("true", "false")},
		{p.admin, resubscription("sync-subscription", "carl", ""), result("sync-subscription", success+carl)},
		{p.admin, get, follows("false", "true")},
		{p.admin, remove, result("remove-subscription", success+carl)},
	})
}

// Problems are told of the subscription that has them only.
func TestProblemsOfOneAreNotThoseOfTheNext(t *testing.T) {
	t.Parallel()
	api, p := resell(t)
	addPlans(t, api, p.admin)
	ask(t, api, []question{
		{p.admin, `<switch-subscription><filter><id>1</id><id>4</id></filter>` + externalID("gold-of-admin") + `</switch-subscription>` +
			`<set><filter><id>1</id></filter><values><limits><overuse>block</overuse></limits></values></set><del><filter><id>2</id></filter></del>`,
			`<switch-subscription><result>` + success + `<filter-id>1</filter-id><id>1</id></result><result>` + success + `<filter-id>4</filter-id><id>4</id></result></switch-subscription>` +
				result("set", success+`<filter-id>1</filter-id><id>1</id>`) + result("del", success+`<filter-id>2</filter-id><id>2</id>`)},
		{p.admin, `<add-subscription><filter><owner-login>admin</owner-login><owner-login>rita</owner-login><owner-login>carl</owner-login></filter>` + externalID("more-of-admin") + `</add-subscription>`,
			`<add-subscription><result>` + success + `<filter-id>admin</filter-id><id>1</id>` + waiting + `</result>` +
				`<result>` + success + `<filter-id>rita</filter-id></result>` +
				`<result>` + success + `<filter-id>carl</filter-id><id>4</id></result></add-subscription>`},
	})
}

// A reseller has plans of his own, which his subscriptions and those of his
// customers follow, and no others.
func TestPlansOfAReseller(t *testing.T) {
	t.Parallel()
	api, p := resell(t)
	addPlans(t, api, p.admin)
	addPlans(t, api, p.reseller)
	const rick = `<filter-id>rick</filter-id><id>3</id>`
	add, remove := resubscription("add-subscription", "rick", externalID("more-of-rita")), resubscription("remove-subscription", "rick", externalID("more-of-rita"))
	ask(t, api, []question{
		{p.reseller, resubscription("switch-subscription", "rick", externalID("gold-of-admin")), result("switch-subscription", failure("1013", noPlan)+rick)},
		{p.admin, resubscription("switch-subscription", "rick", externalID("gold-of-admin")), result("switch-subscription", failure("1013", noPlan)+rick)},
		{p.reseller, resubscription("switch-subscription", "rick", externalID("more-of-rita")), result("switch-subscription", failure("1013", noPlan)+rick)},
		{p.reseller, resubscription("switch-subscription", "rick", externalID("gold-of-rita")), result("switch-subscription", success+rick)},
		{p.reseller, resubscription("add-subscription", "rick", externalID("more-of-admin")), result("add-subscription", failure("1013", noAddon)+rick)},
		{p.reseller, resubscription("add-subscription", "rick", externalID("gold-of-rita")), result("add-subscription", failure("1013", noAddon)+rick)},
		{p.reseller, add, result("add-subscription", success+rick)},
		{p.resellersCustomer, `<remove-subscription><filter/>` + externalID("more-of-rita") + `</remove-subscription>`, result("remove-subscription", failure("1006", "Permission denied."))},
	})
	for _, name := range []string{"one.rick.example", "two.rick.example"} {
		_, err := api.Ledger.AddSite(t.Context(), p.resellersCustomer, ledger.NewSite{Name: name, Webspace: &ledger.Selector{By: ledger.ByName, Value: "rick.example"}})
		if err != nil {
			t.Fatal(err)
		}
	}
	ask(t, api, []question{
		{p.reseller, remove, result("remove-subscription", failure("1023", tooSmall)+rick)},
		{p.admin, resubscription("switch-subscription", "rick", externalID("tin-of-rita")), result("switch-subscription", failure("1023", tooSmall)+rick)},
		{p.admin, `<set><filter><id>3</id></filter><values><gen_setup><owner-login>carl</owner-login></gen_setup></values></set>`,
			result("set", success+`<filter-id>3</filter-id><id>3</id>`)},
		{p.customer, `<get><filter><id>3</id></filter><dataset><subscriptions/></dataset></get>`,
			result("get", success+`<filter-id>3</filter-id><id>3</id><data><subscriptions/></data>`)},
		{p.admin, `<sync-subscription><filter><id>3</id></filter></sync-subscription>`,
			result("sync-subscription", failure("1023", custom)+`<filter-id>3</filter-id><id>3</id>`)},
	})
}
