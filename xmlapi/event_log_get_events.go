package xmlapi

import "github.com/hostledger/hostledger/ledger"

// eventLogGetEvents lists the events after the last one that the client knows,
// all or those of some kinds. A change is in the journal once it is made; one
// that leaves everything as it was is not, nor are traffic and sessions.
//
// A subscription and its main site are one object of the class domain, with
// domain_status and domain_limits for these parts of it. Its other sites are of
// the class site, subdomains of the main site of the class subdomain, and those
// of other sites of the class site_subdomain; aliases are domain_alias and
// site_alias likewise. What kind of hosting a site has is phosting or fhosting,
// with the id of the site.
//
// Accounts are client, reseller and admin_info, with the endings _status,
// _limits, _perms and _ip_pool for these parts. One that is converted is deleted
// as what it was and created, with the same id, as what it is. Secret keys,
// balances and billing information are told of as updated accounts and
// subscriptions.
//
// Service plans and their add-ons are template_domain, plans for resellers
// template_reseller. A plan that changes is updated, and whoever follows it has
// no event of its own; who switches to another plan, leaves one or is
// synchronized has events for what becomes different by that. When an object is
// deleted, the sites, aliases, plans and customers that go with it are deleted
// before it in the journal.
//
// Addresses of the host are ip_address, with the address for an id. Settings of
// the server are plesk_component, with one of these for an id: server_settings,
// disabled_locales, disabled_php_handlers. A subscription that passes its limit
// of traffic is domain_limit_traffic, exceeded: the server finds that by itself,
// and the user of such events is system, which no account may have as its
// login, and their host 127.0.0.1.
//
// A default that is set by its name is a change too: it no longer is one that a
// plan could replace.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/retrieving-action-log-data/retrieving-action-log-parts.37066
var eventLogGetEvents = register("event_log", "get_events", adminOnly,
	func(n *eventLogGetEventsRequest, r *Reader) {
		if r.Next("lastId") {
			n.last = r.ID("lastId")
		}
		if r.Next("events") && r.Enter("events") {
			n.kinds = r.eventKinds()
			r.Leave()
		}
	},
	func(c *Call, n *eventLogGetEventsRequest) {
		c.events(n.last, n.kinds, func(e *ledger.Event) {
			c.w.Int("id", e.ID)
			c.w.Text("type", string(e.Type))
			c.w.Int("time", e.Time.Unix())
			c.w.Text("class", string(e.Class))
			c.w.Text("obj_id", e.ObjectID)
			c.w.Text("user", e.User)
			c.w.Text("host", e.Host)
		})
	})

type eventLogGetEventsRequest struct {
	last  int64
	kinds []ledger.EventKind
}

// eventKinds reads elements that name a kind of event: one at least.
func (r *Reader) eventKinds() (kinds []ledger.EventKind) {
	if !r.require("event") {
		return nil
	}
	for r.Next("event") && r.Enter("event") {
		kinds = append(kinds, ledger.EventKind{
			Type:  ledger.EventType(r.Enum("type", eventTypes...)),
			Class: ledger.EventClass(r.Enum("class", eventClasses...)),
		})
		r.Leave()
	}
	return kinds
}

// All that the schema knows, of which the ledger writes some.
var (
	eventTypes = []string{
		"created", "updated", "deleted", "status_changed", "started", "stopped", "installed", "uninstalled",
		"siteapp_added", "siteapp_removed", "expired", "terminated", "exceeded", "guid_changed",
	}
	eventClasses = []string{
		"license", "service", "ip_address", "admin_info", "siteapp",
		"client", "client_limits", "client_status", "client_prefs", "client_perms", "client_ip_pool",
		"reseller", "reseller_limits", "reseller_status", "reseller_prefs", "reseller_perms", "reseller_ip_pool",
		"domain", "domain_limits", "domain_user", "domain_status", "phosting", "fhosting", "subdomain", "mailname", "webuser",
		"maillist", "dns_zone", "mailname_antivirus", "mailname_spamfilter", "mailname_mailgroup", "mailname_autoresponder",
		"mailname_attachment", "session_preferences", "db_server", "domain_alias", "remote_dns",
		"dashboard_preset", "dashboard_preset_type", "dashboard_preset_name",
		"domain_limit_size", "client_limit_size", "client_limit_traffic", "reseller_limit_size", "reseller_limit_traffic",
		"domain_limit_traffic", "plesk_component", "db", "db_user",
		"template_client", "template_domain", "template_admin", "template_reseller", "health_parameter",
		"site", "site_alias", "site_subdomain", "site_dns_zone", "site_alias_dns_zone", "update",
	}
)
