package xmlapi

import "github.com/hostledger/hostledger/ledger"

// webspaceDBServers changes or lists the database servers that subscriptions
// are provided with. Those of its plans a subscription has too; removing one of
// them parts it from the plans.
// https://docs.plesk.com/en-US/obsidian/api-rpc/reference/managing-subscriptions-webspaces/managing-database-servers-available-in-a-subscription.72630
var webspaceDBServers = register("webspace", "db-servers", providers,
	func(n *dbServersRequest, r *Reader) { n.decode(r, webspaceSelectors) },
	func(c *Call, n *dbServersRequest) {
		matches, err := c.api.Ledger.FindWebspaces(c, c.who, n.filter)
		n.answer(c, matches, err, func() {
			eachLoaded(c, matches, err, ledger.ErrNoWebspace, c.api.Ledger.Webspaces, webspaceID,
				func(w *ledger.Webspace) (func(), error) {
					return func() { c.writeDBServers(w.Settings().DBServers) }, nil
				})
		}, func(id int64, u ledger.SettingsUpdate) error {
			return c.api.Ledger.UpdateWebspace(c, c.who, id, ledger.WebspaceUpdate{Settings: u})
		})
	})
