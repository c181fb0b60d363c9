package xmlapi

import "github.com/hostledger/hostledger/ledger"

// eventLogGet lists the whole journal. Afterwards it empties it when asked to:
// unlike the schema's default, never unasked.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/retrieving-action-log-data/retrieving-action-log.68440
var eventLogGet = register("event_log", "get", adminOnly,
	func(n *eventLogGetRequest, r *Reader) {
		if r.Next("options") && r.Enter("options") {
			if r.Next("flush_selected_range") {
				n.flush = r.Bool("flush_selected_range")
			}
			r.Leave()
		}
	},
	func(c *Call, n *eventLogGetRequest) {
		last := c.events(0, nil, func(e *ledger.Event) {
			c.w.Text("type", string(e.Type))
			c.w.Int("time", e.Time.Unix())
			c.w.Text("class", string(e.Class))
			c.w.Text("id", e.ObjectID)
		})
		if n.flush && last > 0 {
			c.flushEvents(last)
		}
	})

type eventLogGetRequest struct {
	flush bool
}

// flushEvents removes the events that a client got, once they are on their way.
func (c *Call) flushEvents(last int64) {
	if c.w.flush(); c.w.err == nil {
		c.breakOff(c.api.Ledger.DeleteEvents(c, c.who, last))
	}
}

// events writes the result of an operation that lists events, of which write
// writes the content, and returns the id of the last one. They are read by the
// page: a journal is longer than what fits in memory.
func (c *Call) events(after int64, kinds []ledger.EventKind, write func(*ledger.Event)) (last int64) {
	page, err := c.api.Ledger.Events(c, c.who, after, kinds)
	c.result(Result{Err: err}, func() {
		for len(page) > 0 && c.w.err == nil {
			for i := range page {
				c.w.Start("event")
				write(&page[i])
				c.w.End("event")
			}
			after = page[len(page)-1].ID
			page, err = c.api.Ledger.Events(c, c.who, after, kinds)
			c.breakOff(err)
		}
	})
	return after
}
