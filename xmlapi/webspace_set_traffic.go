package xmlapi

import "github.com/hostledger/hostledger/ledger"

// webspaceSetTraffic stores mail traffic of a day that external statistics
// found: all four counters, in bytes.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-subscriptions-webspaces/setting-traffic-data.33936/
var webspaceSetTraffic = registerTraffic("webspace", ledger.ErrNoWebspace, func(t *ledger.MailTraffic, r *Reader) {
	t.SiteID = r.Int("dom_id")
	t.Date = r.Date("date")
	t.SMTPIn = r.Counter("smtp_in")
	t.SMTPOut = r.Counter("smtp_out")
	t.POP3IMAPIn = r.Counter("pop3_imap_in")
	t.POP3IMAPOut = r.Counter("pop3_imap_out")
	t.Given = ledger.AllMailCounters
})

// registerTraffic defines a set_traffic operation, whose nodes are stored as
// one run: a packet of one and a packet of a million take the same way.
func registerTraffic(operator string, missing error, decode func(*ledger.MailTraffic, *Reader)) *Operation {
	o := &Operation{Operator: operator, Name: "set_traffic", Callers: providers}
	o.begin = func() run { return &trafficRun{of: o, decodeNode: decode, missing: missing} }
	return o
}

type trafficRun struct {
	ledger.TrafficRun
	of         *Operation
	decodeNode func(*ledger.MailTraffic, *Reader)
	missing    error
}

func (t *trafficRun) operation() *Operation { return t.of }

func (t *trafficRun) decode(r *Reader) { t.decodeNode(t.Add(), r) }

// execute answers each node by its own node, with its dom_id, whether it was
// stored or not.
func (t *trafficRun) execute(c *Call) {
	if c.intercept != nil {
		for i := range t.All() {
			if err := c.intercept(t.of); err != nil {
				t.Fail(i, err)
			}
		}
	}
	err := c.api.Ledger.SetTraffic(c, c.who, &t.TrafficRun, t.missing)
	if err != nil {
		err = c.public(err) // once, and not for each of a million records
	}
	for i, record := range t.All() {
		c.w.Start("set_traffic")
		c.w.Start("result")
		if err != nil {
			c.status(err)
		} else {
			c.status(t.Err(i))
		}
		c.w.Int("id", record.SiteID)
		c.w.End("result")
		c.w.End("set_traffic")
		c.endNode()
	}
}
