package xmlapi_test

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
)

// ownedWebspace is a subscription as the model knows it.
type ownedWebspace struct {
	id                     int64
	name, guid, externalID string
	owner                  *ownerAccount
}

// ownerAccount is an account that may own subscriptions.
type ownerAccount struct {
	id                      int64
	login, guid, externalID string
	role                    ledger.Role
	reseller                *ownerAccount // whose customer it is, nil for the administrator's
}

// sees tells whether an account sees another, and so its subscriptions.
func (a *ownerAccount) sees(other *ownerAccount) bool {
	return a.role == ledger.RoleAdmin || a == other || other.reseller == a
}

// world is a server with what the model knows of it.
type world struct {
	server    *hostledgertest.Server
	owners    []*ownerAccount // the administrator first
	webspaces []*ownedWebspace
	created   int // ever, so that names are new
}

// A caller gets, by every filter, exactly those of his subscriptions that the
// filter selects: a plain model of a few lines says which.
func TestVisibility(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rapid.Check(t, func(rt *rapid.T) {
		w.change(t, rt)
		caller := rapid.SampledFrom(w.owners).Draw(rt, "caller")
		by := rapid.SampledFrom([]string{
			"", "all", "id", "owner-id", "name", "owner-login", "guid", "owner-guid", "external-id", "owner-external-id",
		}).Draw(rt, "filter")
		values := w.values(rt, by)
		got := w.ask(t, caller, by, values)
		if diff := gocmp.Diff(w.expect(caller, by, values), got); diff != "" {
			rt.Fatalf("%s asks by %q for %q (-model +server):\n%s", caller.login, by, values, diff)
		}
		if diff := gocmp.Diff(w.expectDomains(caller), w.askDomains(t, caller)); diff != "" {
			rt.Fatalf("%s lists the domains of customers (-model +server):\n%s", caller.login, diff)
		}
	})
}

// newWorld has the administrator, a reseller and four customers, one of whom is
// the reseller's. Two and two of the administrator's have the same external id.
func newWorld(t *testing.T) *world {
	w := &world{server: hostledgertest.New(t)}
	admin, err := w.server.Ledger.Admin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w.owners = []*ownerAccount{{id: admin.ID, login: admin.Login, guid: admin.GUID, role: admin.Role}}
	person := func(i int, login string) ledger.NewAccount {
		return ledger.NewAccount{
			Login: login, Password: w.server.Password, Contact: ledger.Contact{Name: login}, ExternalID: fmt.Sprint("crm-", i%2),
		}
	}
	known := func(a *ledger.Account, reseller *ownerAccount) *ownerAccount {
		w.owners = append(w.owners, &ownerAccount{a.ID, a.Login, a.GUID, a.ExternalID, a.Role, reseller})
		return w.owners[len(w.owners)-1]
	}
	a, err := w.server.Ledger.AddReseller(t.Context(), server.Admin, ledger.NewReseller{NewAccount: person(2, "rita")})
	if err != nil {
		t.Fatal(err)
	}
	rita := known(a, nil)
	for i, login := range []string{"jane", "john", "jim", "rick"} {
		n := ledger.NewCustomer{NewAccount: person(i, login)}
		var reseller *ownerAccount
		if login == "rick" {
			reseller, n.Owner = rita, &ledger.Selector{By: ledger.ByLogin, Value: rita.login}
		}
		a, err := w.server.Ledger.AddCustomer(t.Context(), server.Admin, n)
		if err != nil {
			t.Fatal(err)
		}
		known(a, reseller)
	}
	return w
}

// change adds, hands over or deletes a subscription, or changes what an account
// is and whose.
func (w *world) change(t *testing.T, rt *rapid.T) {
	owner := rapid.SampledFrom(w.owners).Draw(rt, "owner")
	kind := rapid.IntRange(0, 7).Draw(rt, "change")
	switch {
	case kind > 5:
		w.changeAccount(t, rt, owner)
	case kind < 3 && len(w.webspaces) < 12 || len(w.webspaces) == 0:
		w.add(t, owner, fmt.Sprint("pool-", rapid.IntRange(0, 3).Draw(rt, "external id")))
	case kind == 3:
		space := rapid.SampledFrom(w.webspaces).Draw(rt, "handed over")
		space.owner = owner
		err := w.server.Ledger.UpdateWebspace(t.Context(), server.Admin, space.id,
			ledger.WebspaceUpdate{Owner: &ledger.Selector{By: ledger.ByLogin, Value: owner.login}})
		if err != nil {
			t.Fatal(err)
		}
	case kind == 4:
		i := rapid.IntRange(0, len(w.webspaces)-1).Draw(rt, "deleted")
		if err := w.server.Ledger.DeleteWebspace(t.Context(), server.Admin, w.webspaces[i].id); err != nil {
			t.Fatal(err)
		}
		w.webspaces = slices.Delete(w.webspaces, i, i+1)
	}
}

// changeAccount gives a customer to another owner or makes him a reseller, and
// a reseller a customer, unless he has customers.
func (w *world) changeAccount(t *testing.T, rt *rapid.T, a *ownerAccount) {
	var err error
	var wanted ledger.Kind
	l := w.server.Ledger
	switch a.role {
	case ledger.RoleAdmin:
		return
	case ledger.RoleReseller:
		if slices.ContainsFunc(w.owners, func(other *ownerAccount) bool { return other.reseller == a }) {
			wanted = ledger.ErrFailed
		} else {
			a.role = ledger.RoleCustomer
		}
		err = l.ConvertToCustomer(t.Context(), server.Admin, a.id, nil)
	case ledger.RoleCustomer:
		to := rapid.SampledFrom(w.owners).Draw(rt, "new owner")
		switch {
		case to == a:
			a.role, a.reseller = ledger.RoleReseller, nil
			err = l.ConvertToReseller(t.Context(), server.Admin, a.id, nil)
		case to.role == ledger.RoleCustomer:
			wanted = ledger.ErrOwnerNotFound
			err = l.ChangeOwner(t.Context(), server.Admin, a.id, ledger.NewOwner{Login: to.login})
		default:
			if a.reseller = to; to.role == ledger.RoleAdmin {
				a.reseller = nil
			}
			err = l.ChangeOwner(t.Context(), server.Admin, a.id, ledger.NewOwner{Login: to.login})
		}
	}
	if wanted == "" && err != nil || wanted != "" && !errors.Is(err, wanted) {
		rt.Fatalf("%s: error %v, want %q", a.login, err, wanted)
	}
}

func (w *world) add(t *testing.T, owner *ownerAccount, externalID string) {
	w.created++
	added, err := w.server.Ledger.AddWebspace(t.Context(), server.Admin, ledger.NewWebspace{
		Name:  fmt.Sprintf("w%d.example", w.created),
		Owner: &ledger.Selector{By: ledger.ByLogin, Value: owner.login}, ExternalID: externalID,
	})
	if err != nil {
		t.Fatal(err)
	}
	w.webspaces = append(w.webspaces, &ownedWebspace{added.ID, added.Name.Unicode, added.GUID, externalID, owner})
}

// values draws values of a filter, of things that exist and of some that do not.
func (w *world) values(rt *rapid.T, by string) []string {
	if by == "" || by == "all" {
		return nil
	}
	known := []string{"99", "nobody.example", "pool-9"}
	if by == "id" {
		known = []string{"99"}
	}
	if by == "owner-id" {
		known = []string{"99", "0"}
	}
	for _, space := range w.webspaces {
		known = append(known, space.field(by))
	}
	for _, owner := range w.owners {
		known = append(known, (&ownedWebspace{owner: owner}).field(by))
	}
	known = slices.DeleteFunc(known, func(value string) bool { return value == "" || value == "0" && by == "id" })
	return rapid.SliceOfN(rapid.SampledFrom(known), 1, 4).Draw(rt, "values")
}

// field returns what a filter of a kind looks at.
func (s *ownedWebspace) field(by string) string {
	switch by {
	case "id":
		return strconv.FormatInt(s.id, 10)
	case "name":
		return s.name
	case "guid":
		return s.guid
	case "external-id":
		return s.externalID
	case "owner-id":
		return strconv.FormatInt(s.owner.id, 10)
	case "owner-login":
		return s.owner.login
	case "owner-guid":
		return s.owner.guid
	case "owner-external-id":
		return s.owner.externalID
	}
	return ""
}

// selected is a result of get: which value selected which subscription, or the
// code of the error.
type selected struct {
	FilterID string `xml:"filter-id"`
	ID       int64  `xml:"id"`
	Code     int    `xml:"errcode"`
}

// expect is the model.
func (w *world) expect(caller *ownerAccount, by string, values []string) (results []selected) {
	visible := slices.DeleteFunc(slices.Clone(w.webspaces), func(s *ownedWebspace) bool { return !caller.sees(s.owner) })
	slices.SortFunc(visible, func(a, b *ownedWebspace) int { return cmp.Compare(a.id, b.id) })
	if values == nil {
		for _, s := range visible {
			results = append(results, selected{FilterID: s.field("id"), ID: s.id})
		}
		if results == nil {
			results = []selected{{}}
		}
		return results
	}
	byOwner := strings.HasPrefix(by, "owner-")
	for _, value := range values {
		if byOwner && caller.role == ledger.RoleCustomer {
			results = append(results, selected{FilterID: value, Code: 1006})
			continue
		}
		found := false
		for _, s := range visible {
			if s.field(by) == value {
				results = append(results, selected{FilterID: value, ID: s.id})
				found = true
			}
		}
		if !found {
			results = append(results, selected{FilterID: value, Code: w.whyNone(caller, byOwner, by, value)})
		}
	}
	return results
}

// whyNone is the code for a value that selects nothing: none when it names an
// owner whom the caller sees and who has nothing.
func (w *world) whyNone(caller *ownerAccount, byOwner bool, by, value string) int {
	if !byOwner {
		return 1013
	}
	for _, owner := range w.owners {
		if caller.sees(owner) && (&ownedWebspace{owner: owner}).field(by) == value {
			return 0
		}
	}
	return 1015
}

// ask asks the server.
func (w *world) ask(t *testing.T, caller *ownerAccount, by string, values []string) []selected {
	t.Helper()
	filter := ""
	if by == "all" {
		filter = "<all/>"
	}
	for _, value := range values {
		filter += "<" + by + ">" + value + "</" + by + ">"
	}
	var answer struct {
		Results []selected `xml:"webspace>get>result"`
	}
	packet := post(t, as(w.server, caller.login), `<packet><webspace><get><filter>`+filter+`</filter><dataset/></get></webspace></packet>`)
	if err := xml.Unmarshal([]byte(packet), &answer); err != nil {
		t.Fatal(err)
	}
	return answer.Results
}

// domainList is a result of get-domain-list.
type domainList struct {
	ID      int64   `xml:"id"`
	Domains []int64 `xml:"domains>domain>id"`
}

func (w *world) expectDomains(caller *ownerAccount) (lists []domainList) {
	for _, owner := range w.owners {
		if owner.role != ledger.RoleCustomer || !caller.sees(owner) {
			continue
		}
		list := domainList{ID: owner.id}
		for _, space := range w.webspaces {
			if space.owner == owner {
				list.Domains = append(list.Domains, space.id)
			}
		}
		lists = append(lists, list)
	}
	if lists == nil {
		return []domainList{{}}
	}
	return lists
}

func (w *world) askDomains(t *testing.T, caller *ownerAccount) []domainList {
	t.Helper()
	var answer struct {
		Results []domainList `xml:"customer>get-domain-list>result"`
	}
	packet := post(t, as(w.server, caller.login), `<packet><customer><get-domain-list><filter/></get-domain-list></customer></packet>`)
	if err := xml.Unmarshal([]byte(packet), &answer); err != nil {
		t.Fatal(err)
	}
	return answer.Results
}
