package xmlapi

import "github.com/hostledger/hostledger/ledger"

// siteAliasSet changes aliases.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-site-aliases/updating-site-aliases-settings.33842/
var siteAliasSet = register("site-alias", "set", everyone,
	func(n *siteAliasSetRequest, r *Reader) {
		n.filter = r.Filter(aliasSelectors)
		if r.Enter("settings") {
			r.aliasUpdate(&n.settings)
			r.Leave()
		}
	},
	func(c *Call, n *siteAliasSetRequest) {
		matches, err := c.api.Ledger.FindAliases(c, c.who, n.filter)
		c.each(matches, err, func(id int64) error {
			return c.api.Ledger.UpdateAlias(c, c.who, id, n.settings)
		})
	})

type siteAliasSetRequest struct {
	filter   ledger.Filter
	settings ledger.AliasUpdate
}
