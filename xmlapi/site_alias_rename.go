package xmlapi

import "github.com/hostledger/hostledger/ledger"

// siteAliasRename gives an alias another name.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-site-aliases/renaming-site-aliases.33997/
var siteAliasRename = register("site-alias", "rename", everyone,
	func(n *siteAliasRenameRequest, r *Reader) {
		switch r.OneOf("id", "name") {
		case 0:
			n.alias = ledger.Selector{By: ledger.ByID, Value: itoa(r.ID("id"))}
		case 1:
			n.alias = ledger.Selector{By: ledger.ByName, Value: r.String("name")}
		}
		n.newName = r.String("new_name")
	},
	func(c *Call, n *siteAliasRenameRequest) {
		c.result(Result{Err: c.api.Ledger.RenameAlias(c, c.who, n.alias, n.newName)})
	})

type siteAliasRenameRequest struct {
	alias   ledger.Selector
	newName string
}
