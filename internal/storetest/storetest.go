// Package storetest is the contract of [ledger.Store]: a suite of tests that
// every store passes.
package storetest

import (
	"context"
	"errors"
	"net/netip"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/hostledger/hostledger/ledger"
)

// Run checks a kind of store. Each test has a new and empty one from open,
// which also sees to it that the store is closed.
func Run(t *testing.T, open func(t *testing.T) ledger.Store) {
	for _, part := range []struct {
		name string
		test func(t *testing.T, w *world)
	}{
		{"accounts", testAccounts},
		{"providers", testProviders},
		{"webspaces", testWebspaces},
		{"use of webspaces", testWebspacesUsedSince},
		{"lists of webspaces", testListWebspaces},
		{"pages of webspaces", testPages},
		{"search of webspaces", testSearchWebspaces},
		{"lists of accounts", testListAccounts},
		{"plans", testPlans},
		{"update of plans", testUpdatePlan},
		{"removal of plans", testDeletePlan},
		{"plans of others", testPlansOfOthers},
		{"sites", testSites},
		{"main sites", testMainSites},
		{"aliases", testAliases},
		{"visibility", testVisibility},
		{"traffic", testTraffic},
		{"traffic of many", testManyRecords},
		{"traffic at once", testConcurrentRuns},
		{"traffic of web and mail", testWebAndMail},
		{"traffic of web and mail at once", testWebAndMailAtOnce},
		{"traffic model", testTrafficModel},
		{"traffic of months", testMonths},
		{"archive of traffic", testArchive},
		{"billing", testBilling},
		{"prices", testPrices},
		{"keys", testSecretKeys},
		{"sessions", testSessions},
		{"use of sessions", testUseOfSessions},
		{"many sessions", testManySessions},
		{"sessions end with their account", testSessionsEndWithTheirAccount},
		{"IP addresses", testIPAddresses},
		{"events", testEvents},
		{"installation", testInstallation},
	} {
		t.Run(part.name, func(t *testing.T) {
			t.Parallel()
			part.test(t, newWorld(t, open(t)))
		})
	}
}

// world is a store with one account of each kind, and a subscription of each.
type world struct {
	ledger.Store
	admin, reseller ledger.Account
	customer        ledger.Account // of the administrator
	client          ledger.Account // of the reseller

	adminSpace, resellerSpace, customerSpace, clientSpace ledger.Webspace
}

const today = ledger.Date(20260314)

func newWorld(t *testing.T, store ledger.Store) *world {
	w := &world{Store: store}
	w.admin = w.addAccount(t, "admin", ledger.RoleAdmin, nil)
	w.reseller = w.addAccount(t, "reseller", ledger.RoleReseller, &w.admin)
	w.customer = w.addAccount(t, "customer", ledger.RoleCustomer, &w.admin)
	w.client = w.addAccount(t, "client", ledger.RoleCustomer, &w.reseller)
	w.adminSpace = w.addWebspace(t, "admin.example", &w.admin)
	w.resellerSpace = w.addWebspace(t, "reseller.example", &w.reseller)
	w.customerSpace = w.addWebspace(t, "customer.example", &w.customer)
	w.clientSpace = w.addWebspace(t, "client.example", &w.client)
	return w
}

// addAccount adds an account and returns it as the store should read it back.
func (w *world) addAccount(t *testing.T, login string, role ledger.Role, owner *ledger.Account) ledger.Account {
	t.Helper()
	a := ledger.Account{
		GUID: "guid-of-" + login, Role: role, Login: login, PasswordHash: "hash of " + login, Created: today,
		ExternalID: "billing-" + login, Description: "about " + login,
		Contact: ledger.Contact{
			Company: "Company of " + login, Name: "Näme", Phone: "1", Fax: "2", Email: login + "@example.com", Address: "Street 3",
			City: "City", State: "State", PostalCode: "12345", Country: "DE", Locale: "de-DE",
		},
	}
	if role == ledger.RoleAdmin {
		a.ID = ledger.AdminID
	}
	if owner != nil {
		a.OwnerID, a.OwnerLogin, a.OwnerRole, a.OwnerGUID = owner.ID, owner.Login, owner.Role, owner.GUID
	}
	ok(t, w.AddAccount(t.Context(), &a, nil))
	return a
}

// addWebspace adds a subscription and returns it as the store should read it
// back.
func (w *world) addWebspace(t *testing.T, name string, owner *ledger.Account) ledger.Webspace {
	t.Helper()
	space := newWebspace(name, owner)
	ok(t, w.AddWebspace(t.Context(), &space, nil))
	return space
}

func newWebspace(name string, owner *ledger.Account) ledger.Webspace {
	yes := true
	space := ledger.Webspace{
		GUID: "guid-of-" + name, Name: ledger.DomainName{ASCII: name, Unicode: "ü" + name}, Created: today,
		ExternalID: "billing-" + name, Description: "about " + name,
		Overused: 20260401, AdminDescription: "for the administrator", ResellerDescription: "for the reseller",
		OwnerID: owner.ID, OwnerLogin: owner.Login, OwnerRole: owner.Role, OwnerStatus: owner.Status, VendorGUID: owner.GUID,
		Own: ledger.Settings{
			Hosting: ledger.Hosting{
				Type: ledger.HostingVirtual, IPs: []string{"192.0.2.1"},
				Properties: ledger.Properties[string]{{Name: "ftp_login", Value: "ftp"}},
			},
			Limits: ledger.Limits{Overuse: "block", Values: ledger.Properties[int64]{{Name: "max_traffic", Value: 1 << 40}}},
			Prefs:  ledger.Prefs{WWW: &yes},
		},
	}
	if owner.Role == ledger.RoleCustomer {
		space.VendorGUID = owner.OwnerGUID
	}
	return space
}

// scope returns what an account may see.
func scope(a ledger.Account) ledger.Scope { return ledger.Scope{Role: a.Role, AccountID: a.ID} }

func id(n int64) string { return strconv.FormatInt(n, 10) }

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
}

// fails checks that an error is of a kind.
func fails(t *testing.T, err error, kind ledger.Kind) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("got the error %v, want one of the kind %q", err, kind)
	}
}

// must returns a value that came without an error.
func must[T any](value T, err error) func(t *testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		ok(t, err)
		return value
	}
}

func equal[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(),
		cmpopts.EquateComparable(netip.Addr{}, ledger.RenewalDate{}, ledger.Cycle{})); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// selection is a selector and the ids that it should select.
type selection struct {
	by    ledger.By
	value string
	want  []int64
}

// selects checks what a method of the store selects in a scope.
func selects(t *testing.T, in ledger.Scope, ids func(context.Context, ledger.Scope, ledger.Selector) ([]int64, error), cases []selection) {
	t.Helper()
	for _, c := range cases {
		got, err := ids(t.Context(), in, ledger.Selector{By: c.by, Value: c.value})
		if err != nil {
			t.Errorf("%q = %q: %v", c.by, c.value, err)
			continue
		}
		equal(t, string(c.by)+" = "+strconv.Quote(c.value), got, c.want)
	}
}

// unusable are values by which nothing is ever found.
var unusable = []struct {
	by    ledger.By
	value string
}{
	{ledger.ByID, "x"}, {ledger.ByID, "1x"}, {ledger.ByID, "99999999999999999999"},
	{ledger.ByID, "0"}, {ledger.ByID, "987654321"}, {ledger.ByID, ""},
	{ledger.ByGUID, ""}, {ledger.ByGUID, "guid"},
}

func testInstallation(t *testing.T, w *world) {
	ctx := t.Context()
	equal(t, "value never set", must(w.Meta(ctx, "server_guid"))(t), "")
	ok(t, w.SetMeta(ctx, "server_guid", "one"))
	ok(t, w.SetMeta(ctx, "other", "else"))
	ok(t, w.SetMeta(ctx, "server_guid", "two"))
	equal(t, "value", must(w.Meta(ctx, "server_guid"))(t), "two")
	testUpdateMeta(t, w)

	count := func() ledger.ServerStatistics { return must(w.ServerStatistics(ctx))(t) }
	equal(t, "statistics", count(), ledger.ServerStatistics{Customers: 2, Sites: 4, ActiveSites: 4})
	subdomain := w.addSite(t, "sub.admin.example", &w.adminSpace, &ledger.Site{ID: w.adminSpace.ID})
	equal(t, "statistics with a subdomain", count(), ledger.ServerStatistics{Customers: 2, Sites: 4, ActiveSites: 4})
	ok(t, w.DeleteSite(ctx, subdomain.ID))
	ok(t, w.UpdateWebspace(ctx, w.customerSpace.ID, nil, func(space *ledger.Webspace) error {
		space.Status = ledger.StatusDownByAdmin
		return nil
	}))
	equal(t, "statistics with a suspended subscription", count(), ledger.ServerStatistics{Customers: 2, Sites: 4, ActiveSites: 3})
	suspend(t, w, w.reseller.ID)
	equal(t, "statistics with a suspended reseller", count(),
		ledger.ServerStatistics{Customers: 2, ProblemCustomers: 1, Sites: 4, ActiveSites: 1})
	suspend(t, w, w.customer.ID)
	equal(t, "statistics with a suspended customer", count(),
		ledger.ServerStatistics{Customers: 2, ProblemCustomers: 2, Sites: 4, ActiveSites: 1})
}

func testUpdateMeta(t *testing.T, w *world) {
	ctx := t.Context()
	appended := func(more string, err error) func(string) (string, error) {
		return func(value string) (string, error) { return value + more, err }
	}
	ok(t, w.UpdateMeta(ctx, "list", appended("a", nil)))
	ok(t, w.UpdateMeta(ctx, "list", appended("b", nil)))
	refused := errors.New("refused")
	if err := w.UpdateMeta(ctx, "list", appended("c", refused)); !errors.Is(err, refused) {
		t.Errorf("got the error %v, want that of change", err)
	}
	equal(t, "updated value", must(w.Meta(ctx, "list"))(t), "ab")
}

func suspend(t *testing.T, w *world, account int64) {
	t.Helper()
	ok(t, w.UpdateAccount(t.Context(), account, func(a *ledger.Account) error {
		a.Status = ledger.StatusDownByAdmin
		return nil
	}))
}
