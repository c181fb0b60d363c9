package xmlapi

import (
	"slices"
	"time"
)

// webspaceGetChanged lists the subscriptions whose use of resources may have
// changed since a time: those that have got a site, or traffic. Use is kept by
// day, so what was used at any time of that day counts. A time without an offset
// is of UTC; hour 24 and years outside 0001 to 9999 are refused.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-subscriptions-webspaces.33852/
var webspaceGetChanged = register("webspace", "get-changed", everyone,
	func(since *time.Time, r *Reader) {
		if r.Enter("resource-usage") {
			*since = r.DateTime("from")
			r.Leave()
		}
	},
	func(c *Call, since *time.Time) {
		changed, err := c.changedSince(*since)
		c.result(Result{Err: err}, func() {
			for _, s := range changed {
				c.w.Start("subscription")
				c.w.Text("name", s.name)
				c.w.Int("id", s.id)
				c.w.Text("external-id", s.externalID)
				c.w.End("subscription")
			}
		})
	})

// changedSubscription is what get-changed tells of a subscription.
type changedSubscription struct {
	id               int64
	name, externalID string
}

func (c *Call) changedSince(since time.Time) (changed []changedSubscription, err error) {
	ids, err := c.api.Ledger.ChangedWebspaces(c, c.who, since)
	if err != nil {
		return nil, err
	}
	for page := range slices.Chunk(ids, pageSize) {
		webspaces, err := c.api.Ledger.Webspaces(c, page)
		if err != nil {
			return nil, err
		}
		for i := range webspaces {
			w := &webspaces[i]
			changed = append(changed, changedSubscription{w.ID, w.Name.Unicode, w.ExternalID})
		}
	}
	return changed, nil
}
