package xmlapi

import "github.com/hostledger/hostledger/ledger"

// webspaceGetTraffic returns the traffic of subscriptions day by day: the sum
// over their sites.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-subscriptions-webspaces/getting-traffic-data.33929/
var webspaceGetTraffic = register("webspace", "get_traffic", everyone,
	func(n *getTrafficRequest, r *Reader) { n.decode(r, webspaceSelectors) },
	func(c *Call, n *getTrafficRequest) {
		matches, err := c.api.Ledger.FindWebspaces(c, c.who, n.filter)
		eachLoaded(c, matches, err, ledger.ErrNoWebspace, c.api.Ledger.WebspaceSites,
			func(w *ledger.WebspaceSites) int64 { return w.WebspaceID },
			func(w *ledger.WebspaceSites) (func(), error) {
				days, err := c.api.Ledger.WebspaceTraffic(c, w, n.days)
				return func() { c.writeTraffic(days) }, err
			})
	})

func webspaceID(w *ledger.Webspace) int64 { return w.ID }

// getTrafficRequest is the request of webspace/get_traffic and
// site/get_traffic.
type getTrafficRequest struct {
	filter ledger.Filter
	days   ledger.Range
}

func (n *getTrafficRequest) decode(r *Reader, selectors []ledger.By) {
	n.filter = r.Filter(selectors)
	if r.Next("since_date") {
		n.days.Since = r.Date("since_date")
	}
	if r.Next("to_date") {
		n.days.To = r.Date("to_date")
	}
}

func (c *Call) writeTraffic(days ledger.Days) {
	w := c.w
	for date, d := range days.All() {
		w.Start("traffic")
		w.Date("date", date)
		w.Int("http_in", d.HTTPIn)
		w.Int("http_out", d.HTTPOut)
		w.Int("ftp_in", d.FTPIn)
		w.Int("ftp_out", d.FTPOut)
		w.Int("smtp_in", d.SMTPIn)
		w.Int("smtp_out", d.SMTPOut)
		w.Int("pop3_imap_in", d.POP3IMAPIn)
		w.Int("pop3_imap_out", d.POP3IMAPOut)
		w.End("traffic")
	}
}
