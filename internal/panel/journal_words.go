package panel

import (
	"cmp"

	"github.com/hostledger/hostledger/ledger"
)

// eventGroup is some classes of events under a name.
type eventGroup struct{ Key, Name string }

var eventGroups = []eventGroup{
	{"accounts", "Accounts"}, {"subscriptions", "Subscriptions"}, {"sites", "Sites and aliases"}, {"plans", "Plans"}, {"server", "Server"},
}

// objectKind is what the object of an event is looked up as.
type objectKind uint8

const (
	objectNamed objectKind = iota // its id is its name
	objectAccount
	objectSite
	objectAlias
	objectPlan
)

// eventClass is how a class of events is told.
type eventClass struct {
	group  string // the key of its group
	noun   string
	object objectKind
}

var classesByName = map[ledger.EventClass]eventClass{
	ledger.ClassAdmin: {"accounts", "Administrator", objectAccount},

	ledger.ClassClient: {"accounts", "Customer", objectAccount},
	"client_status":    {"accounts", "Customer", objectAccount},
	"client_limits":    {"accounts", "Limits of a customer", objectAccount},
	"client_perms":     {"accounts", "Permissions of a customer", objectAccount},
	"client_ip_pool":   {"accounts", "Addresses of a customer", objectAccount},

	ledger.ClassReseller: {"accounts", "Reseller", objectAccount},
	"reseller_status":    {"accounts", "Reseller", objectAccount},
	"reseller_limits":    {"accounts", "Limits of a reseller", objectAccount},
	"reseller_perms":     {"accounts", "Permissions of a reseller", objectAccount},
	"reseller_ip_pool":   {"accounts", "Addresses of a reseller", objectAccount},

	ledger.ClassDomain:             {"subscriptions", "Subscription", objectSite},
	ledger.ClassDomainStatus:       {"subscriptions", "Subscription", objectSite},
	ledger.ClassDomainLimits:       {"subscriptions", "Limits of a subscription", objectSite},
	ledger.ClassDomainTrafficLimit: {"subscriptions", "Subscription", objectSite},

	ledger.ClassSite:          {"sites", "Site", objectSite},
	ledger.ClassSubdomain:     {"sites", "Subdomain", objectSite},
	ledger.ClassSiteSubdomain: {"sites", "Subdomain", objectSite},
	ledger.ClassDomainAlias:   {"sites", "Alias", objectAlias},
	ledger.ClassSiteAlias:     {"sites", "Alias", objectAlias},
	ledger.ClassPhosting:      {"sites", "Web space of a site", objectSite},
	ledger.ClassFhosting:      {"sites", "Forwarding of a site", objectSite},

	ledger.ClassPlan:         {"plans", "Plan", objectPlan},
	ledger.ClassResellerPlan: {"plans", "Reseller plan", objectPlan},
	ledger.ClassIPAddress:    {"server", "IP address", objectNamed},
	ledger.ClassComponent:    {"server", "Settings of the server", objectNamed},
}

var eventVerbs = map[ledger.EventType]string{
	ledger.EventCreated:       "added",
	ledger.EventUpdated:       "changed",
	ledger.EventDeleted:       "deleted",
	ledger.EventStatusChanged: "suspended or resumed",
	ledger.EventGUIDChanged:   "given another GUID",
	ledger.EventExceeded:      "passed its limit of traffic",
}

// eventWords says what happened: Subscription added.
func eventWords(kind ledger.EventKind) string {
	noun := cmp.Or(classesByName[kind.Class].noun, string(kind.Class))
	return noun + " " + cmp.Or(eventVerbs[kind.Type], string(kind.Type))
}
