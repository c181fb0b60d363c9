package xmlapi

import (
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// webspaceGetChanged lists the subscriptions whose use of resources may have
// changed since a time. Use is kept by day, so those used on the day of that
// time are among them.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-subscriptions-webspaces.33852/
var webspaceGetChanged = register("webspace", "get-changed", everyone,
	func(since *time.Time, r *Reader) {
		if r.Enter("resource-usage") {
			*since = r.DateTime("from")
			r.Leave()
		}
	},
	func(c *Call, since *time.Time) {
		ids, err := c.api.Ledger.ChangedWebspaces(c, c.who, *since)
		var changed []ledger.Webspace
		if err == nil {
			changed, err = c.api.Ledger.Webspaces(c, ids)
		}
		c.result(Result{Err: err}, func() {
			for i := range changed {
				c.w.Start("subscription")
				c.w.Text("name", changed[i].Name.Unicode)
				c.w.Int("id", changed[i].ID)
				c.w.Text("external-id", changed[i].ExternalID)
				c.w.End("subscription")
			}
		})
	})
