package panel

import (
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// routes are the pages for those who are signed in, and who may see them.
var routes = []struct {
	pattern string
	access  access
	page    page
}{
	{"GET /{$}", anyone, homePage},

	{"GET /subscriptions", providers, webspacesPage},
	{"GET /subscriptions/new", providers, newWebspacePage},
	{"POST /subscriptions/new", providers, newWebspacePage},
	{"GET /subscriptions/{id}", anyone, webspacePage},
	{"GET /subscriptions/{id}/traffic.csv", anyone, trafficCSV},
	{"GET /subscriptions/{id}/billing", providers, billingPage},
	{"POST /subscriptions/{id}/billing", providers, billingPage},
	{"GET /subscriptions/{id}/edit", providers, editWebspacePage},
	{"POST /subscriptions/{id}/edit", providers, editWebspacePage},
	{"GET /subscriptions/{id}/domains/new", anyone, newDomainPage},
	{"POST /subscriptions/{id}/domains/new", anyone, newDomainPage},
	{"GET /subscriptions/{id}/domains/{site}", anyone, addedDomainPage},

	{"GET /customers", providers, customersPage},
	{"GET /customers/new", providers, newCustomerPage},
	{"POST /customers/new", providers, newCustomerPage},
	{"GET /customers/{id}", providers, customerPage},
	{"GET /customers/{id}/edit", providers, editCustomerPage},
	{"POST /customers/{id}/edit", providers, editCustomerPage},
	{"POST /customers/{id}/status", providers, customerStatus},
	{"GET /customers/{id}/balances", providers, balancesPage},
	{"POST /customers/{id}/balances", providers, balancesPage},
	{"GET /resellers", adminOnly, resellersPage},
	{"GET /resellers/{id}", adminOnly, resellerPage},
	{"GET /plans", providers, plansPage},
	{"GET /plans/{id}", providers, planPage},

	{"GET /statistics", providers, statisticsPage},
	{"GET /journal", adminOnly, journalPage},
	{"GET /keys", adminOnly, keysPage},
	{"POST /keys", adminOnly, keysPage},
	{"POST /keys/{id}/delete", adminOnly, deleteKey},
	{"GET /sessions", anyone, sessionsPage},
	{"POST /sessions/end", anyone, endSession},
	{"GET /account", anyone, accountPage},
	{"POST /account", anyone, accountPage},
	{"GET /console", anyone, consolePage},
	{"POST /console", anyone, consolePage},
}

// menuItem is a link of the menu.
type menuItem struct {
	Path, Name string
	Current    bool
}

// menu is the menu of hosts and, where access says so, of everybody.
var menu = []struct {
	path, name string
	access     access
}{
	{"/", "Overview", providers},
	{"/", "My subscriptions", func(role ledger.Role) bool { return role == ledger.RoleCustomer }},
	{"/subscriptions", "Subscriptions", providers},
	{"/customers", "Customers", providers},
	{"/resellers", "Resellers", adminOnly},
	{"/plans", "Plans", providers},
	{"/statistics", "Statistics", providers},
	{"/journal", "Journal", adminOnly},
	{"/keys", "Keys", adminOnly},
	{"/sessions", "Sessions", anyone},
	{"/console", "API console", anyone},
}

// menuOf returns the menu of a role, with the item under which a page is.
func menuOf(role ledger.Role, path string) (items []menuItem) {
	for _, item := range menu {
		if !item.access(role) {
			continue
		}
		isHome := item.path == "/" && (path == "/" || role == ledger.RoleCustomer && strings.HasPrefix(path, "/subscriptions/"))
		items = append(items, menuItem{item.path, item.name, isHome || item.path != "/" && strings.HasPrefix(path+"/", item.path+"/")})
	}
	return items
}
