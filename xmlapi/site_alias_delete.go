package xmlapi

import "github.com/hostledger/hostledger/ledger"

// siteAliasDelete removes aliases.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-site-aliases/deleting-site-aliases.33985/
var siteAliasDelete = register("site-alias", "delete", everyone,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(aliasSelectors) },
	func(c *Call, f *ledger.Filter) {
		matches, err := c.api.Ledger.FindAliases(c, c.who, *f)
		c.each(matches, err, func(id int64) error {
			return c.api.Ledger.DeleteAlias(c, c.who, id)
		})
	})
