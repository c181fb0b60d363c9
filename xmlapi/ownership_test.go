package xmlapi_test

import (
	"encoding/xml"
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/ledger"
)

// owned is a host of the model: which object belongs to whom.
type owned struct {
	server   *hostledgertest.Server
	accounts []*ownerAccount // the administrator first
	objects  []ownedObject
}

type ownedObject struct {
	kind  string
	id    int64
	name  string
	owner *ownerAccount
}

// listing is how the objects of a kind are listed: the operator, what follows
// its filter, and which callers are refused.
type listing struct {
	kind, operator, rest string
	refused              []ledger.Role
}

var listings = []listing{
	{"customer", "customer", "<dataset><gen_info/></dataset>", nil},
	{"reseller", "reseller", "<dataset><gen-info/></dataset>", []ledger.Role{ledger.RoleCustomer}},
	{"webspace", "webspace", "<dataset/>", nil},
	{"site", "site", "<dataset/>", nil},
	{"subdomain", "subdomain", "", nil},
	{"site-alias", "site-alias", "", nil},
	{"service-plan", "service-plan", "", []ledger.Role{ledger.RoleCustomer}},
	{"service-plan-addon", "service-plan-addon", "", []ledger.Role{ledger.RoleCustomer}},
}

// Everybody is shown exactly what belongs to him, by operators of every kind,
// and nothing is there of what does not: a plain model tells what is whose.
func TestEverybodySeesExactlyTheirs(t *testing.T) {
	t.Parallel()
	o := &owned{server: hostledgertest.New(t)}
	o.accounts = []*ownerAccount{{id: ledger.AdminID, login: o.server.Login, role: ledger.RoleAdmin}}
	for id := range int64(4) { // the standard plans
		o.objects = append(o.objects, ownedObject{"service-plan", id + 1, "", o.accounts[0]})
	}
	rapid.Check(t, func(rt *rapid.T) {
		o.grow(t, rt)
		caller := rapid.SampledFrom(o.accounts).Draw(rt, "caller")
		list := rapid.SampledFrom(listings).Draw(rt, "operator")
		want := o.expect(caller, list)
		if diff := gocmp.Diff(want, o.ask(t, caller, list, "")); diff != "" {
			rt.Fatalf("%s lists every %s (-model +server):\n%s", caller.login, list.kind, diff)
		}
		o.askForOthers(t, rt, caller, list)
	})
}

// askForOthers asks for one object by its id, which may not be the caller's.
func (o *owned) askForOthers(t *testing.T, rt *rapid.T, caller *ownerAccount, list listing) {
	ofKind := slices.DeleteFunc(slices.Clone(o.objects), func(object ownedObject) bool { return object.kind != list.kind })
	if len(ofKind) == 0 || slices.Contains(list.refused, caller.role) {
		return
	}
	object := rapid.SampledFrom(ofKind).Draw(rt, "object")
	want := []selected{{Code: 1013}}
	if o.shows(caller, object) {
		want = []selected{{ID: object.id}}
	}
	got := o.ask(t, caller, list, fmt.Sprintf("<id>%d</id>", object.id))
	if diff := gocmp.Diff(want, got); diff != "" {
		rt.Fatalf("%s asks for %s %d (-model +server):\n%s", caller.login, list.kind, object.id, diff)
	}
}

// shows tells whether a caller is shown an object. Plans are shown to their
// owner, everything else to those who see its owner.
func (o *owned) shows(caller *ownerAccount, object ownedObject) bool {
	switch object.kind {
	case "service-plan", "service-plan-addon":
		return caller == object.owner
	}
	return caller.sees(object.owner)
}

func (o *owned) expect(caller *ownerAccount, list listing) (results []selected) {
	if slices.Contains(list.refused, caller.role) {
		return []selected{{Code: 1006}}
	}
	for _, object := range o.objects {
		if object.kind == list.kind && o.shows(caller, object) {
			results = append(results, selected{ID: object.id})
		}
	}
	if results == nil {
		results = []selected{{}}
	}
	return results
}

// ask asks the server; filter ids, which not every operator gives, are left out.
func (o *owned) ask(t *testing.T, caller *ownerAccount, list listing, filter string) []selected {
	t.Helper()
	var answer answerOfAny
	packet := post(t, as(o.server, caller.login),
		fmt.Sprintf("<packet><%[1]s><get><filter>%[2]s</filter>%[3]s</get></%[1]s></packet>", list.operator, filter, list.rest))
	if err := xml.Unmarshal([]byte(packet), &answer); err != nil {
		t.Fatal(err)
	}
	results := answer.Operators[0].Operations[0].Results
	for i := range results {
		results[i].FilterID = ""
		if results[i].Code != 0 {
			results[i].ID = 0
		}
	}
	return results
}

// answerOfAny is the answer of any operations of any operators.
type answerOfAny struct {
	Operators []struct {
		Operations []struct {
			Results []selected `xml:"result"`
		} `xml:",any"`
	} `xml:",any"`
}

// grow adds an account or an object.
func (o *owned) grow(t *testing.T, rt *rapid.T) {
	n := len(o.accounts) + len(o.objects)
	owner := rapid.SampledFrom(o.accounts).Draw(rt, "owner")
	kind := rapid.SampledFrom(listings).Draw(rt, "kind").kind
	domain := fmt.Sprintf("d%d.example", n)
	switch kind {
	case "reseller":
		o.addAccount(t, ledger.RoleReseller, o.accounts[0], n)
	case "customer":
		o.addAccount(t, ledger.RoleCustomer, owner, n)
	case "webspace":
		o.add(t, kind, owner, domain, "<webspace><add><gen_setup><name>%s</name><owner-id>%d</owner-id></gen_setup></add></webspace>", domain, owner.id)
	case "service-plan", "service-plan-addon":
		if owner.role != ledger.RoleCustomer {
			o.add(t, kind, owner, "", "<%[1]s><add><name>%[2]s</name><owner-id>%[3]d</owner-id></add></%[1]s>", kind, domain, owner.id)
		}
	default:
		o.addToWebspace(t, rt, kind, domain)
	}
}

// addToWebspace adds what belongs to a subscription. A subdomain is among the
// sites too.
func (o *owned) addToWebspace(t *testing.T, rt *rapid.T, kind, domain string) {
	webspaces := slices.DeleteFunc(slices.Clone(o.objects), func(object ownedObject) bool { return object.kind != "webspace" })
	if len(webspaces) == 0 {
		return
	}
	in := rapid.SampledFrom(webspaces).Draw(rt, "subscription")
	switch kind {
	case "site":
		o.add(t, kind, in.owner, domain, "<site><add><gen_setup><name>%s</name><webspace-id>%d</webspace-id></gen_setup></add></site>", domain, in.id)
	case "site-alias":
		o.add(t, kind, in.owner, domain, "<site-alias><create><site-id>%d</site-id><name>%s</name></create></site-alias>", in.id, domain)
	case "subdomain":
		label := fmt.Sprintf("s%d", len(o.objects))
		o.add(t, kind, in.owner, label+"."+in.name, "<subdomain><add><parent>%s</parent><name>%s</name></add></subdomain>", in.name, label)
		site := o.objects[len(o.objects)-1]
		site.kind = "site"
		o.objects = append(o.objects, site)
	}
}

func (o *owned) addAccount(t *testing.T, role ledger.Role, owner *ownerAccount, n int) {
	account := &ownerAccount{login: fmt.Sprintf("user%d", n), role: role}
	packet := fmt.Sprintf("<reseller><add><gen-info><pname>R</pname><login>%s</login><passwd>%s</passwd></gen-info></add></reseller>",
		account.login, o.server.Password)
	if role == ledger.RoleCustomer {
		if owner.role == ledger.RoleCustomer {
			return
		}
		if owner.role == ledger.RoleReseller {
			account.reseller = owner
		}
		packet = fmt.Sprintf("<customer><add><gen_info><pname>C</pname><login>%s</login><passwd>%s</passwd><owner-id>%d</owner-id></gen_info></add></customer>",
			account.login, o.server.Password, owner.id)
	}
	o.add(t, role.String(), account, account.login, "%s", packet)
	account.id = o.objects[len(o.objects)-1].id
	o.accounts = append(o.accounts, account)
}

// add adds an object as the administrator.
func (o *owned) add(t *testing.T, kind string, owner *ownerAccount, name, format string, args ...any) {
	t.Helper()
	answer := post(t, o.server.Client(), "<packet>"+fmt.Sprintf(format, args...)+"</packet>")
	var added answerOfAny
	if err := xml.Unmarshal([]byte(answer), &added); err != nil {
		t.Fatal(err)
	}
	result := added.Operators[0].Operations[0].Results[0]
	if result.ID == 0 {
		t.Fatalf("adding a %s: %s", kind, answer)
	}
	o.objects = append(o.objects, ownedObject{kind, result.ID, name, owner})
}
