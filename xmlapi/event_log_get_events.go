package xmlapi

import "github.com/hostledger/hostledger/ledger"

// eventLogGetEvents lists the events after the last one that the client knows,
// all or those of some kinds.
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
