package xmlapi

import (
	"github.com/hostledger/hostledger/ledger"
)

var prefsNames = []string{"www", "stat_ttl", "outgoing-messages-domain-limit", "icp-status", "icp-permit"}

// prefs reads a prefs element (domainPrefs): its children come in any order.
func (r *Reader) prefs(name string) (p ledger.Prefs) {
	if !r.Enter(name) {
		return p
	}
	for i := range r.All(prefsNames) {
		switch prefsNames[i] {
		case "www":
			p.WWW = r.OptBool("www")
		case "stat_ttl":
			ttl := r.statTTL("stat_ttl")
			p.StatTTL = &ttl
		case "outgoing-messages-domain-limit":
			p.OutgoingMessagesDomainLimit = r.OptString("outgoing-messages-domain-limit")
		case "icp-status":
			p.ICPStatus = r.OptBool("icp-status")
		case "icp-permit":
			p.ICPPermit = r.OptString("icp-permit")
		}
	}
	r.Leave()
	return p
}

// statTTL reads how many months statistics are kept: from 1 up, or empty for ever.
func (r *Reader) statTTL(name string) string {
	text, ok := r.leaf(name)
	value := string(trimSpace(text))
	if n, err := parseInteger([]byte(value)); ok && value != "" && (err != nil || n < 1) {
		r.violateIn(r.closed, "'%s' is not a valid value of the union type 'statTtl'.", text)
	}
	return value
}

func (c *Call) writePrefs(p ledger.Prefs) {
	yes, no, none := true, false, ""
	all := ledger.Prefs{WWW: &yes, StatTTL: &none, OutgoingMessagesDomainLimit: &none, ICPStatus: &no, ICPPermit: &none}
	w := c.w
	w.Start("prefs")
	w.Bool("www", *either(p.WWW, all.WWW))
	w.Text("stat_ttl", *either(p.StatTTL, all.StatTTL))
	w.Text("outgoing-messages-domain-limit", *either(p.OutgoingMessagesDomainLimit, all.OutgoingMessagesDomainLimit))
	w.Bool("icp-status", *either(p.ICPStatus, all.ICPStatus))
	w.Text("icp-permit", *either(p.ICPPermit, all.ICPPermit))
	w.End("prefs")
}

// either returns the first that is there.
func either[T any](a, b *T) *T {
	if a != nil {
		return a
	}
	return b
}

// performance reads a performance element (DomainPerformanceType).
func (r *Reader) performance(name string) (p ledger.Performance) {
	if !r.Enter(name) {
		return p
	}
	p.Bandwidth = optional(r, "bandwidth", r.Double)
	p.MaxConnections = r.OptInt("max_connections")
	r.Leave()
	return p
}

func (c *Call) writePerformance(p ledger.Performance) {
	unlimited, connections := "-1", int64(-1)
	c.w.Start("performance")
	c.w.Text("bandwidth", *either(p.Bandwidth, &unlimited))
	c.w.Int("max_connections", *either(p.MaxConnections, &connections))
	c.w.End("performance")
}

// writeDiskUsage writes the disk usage of a site, in bytes: nothing is stored
// on this server.
func (c *Call) writeDiskUsage() {
	c.w.Start("disk_usage")
	for _, name := range []string{
		"httpdocs", "httpsdocs", "subdomains", "web_users", "anonftp", "logs", "dbases",
		"mailboxes", "maillists", "domaindumps", "configs", "chroot",
	} {
		c.w.Int(name, 0)
	}
	c.w.End("disk_usage")
}

// noDiskUsage reads a disk_usage element of a set operation, which asks for
// figures to be taken anew.
func (r *Reader) noDiskUsage(name string) {
	if !r.Enter(name) {
		return
	}
	for _, part := range []string{"mailboxes", "maillists"} {
		if r.Next(part) {
			r.Any(part)
		}
	}
	r.Leave()
}

// writeUsage writes the objects and bytes that a site uses. Those that this
// server does not keep yet are none.
func (c *Call) writeUsage(u ledger.Usage, subdomains int) {
	c.w.Size("traffic", u.Month)
	c.w.Int("subdom", int64(subdomains))
	for _, name := range []string{"wu", "box", "redir", "mg", "resp", "maillists", "db", "mssql_db"} {
		c.w.Int(name, 0)
	}
	c.w.Size("traffic_prevday", u.PreviousDay)
}
