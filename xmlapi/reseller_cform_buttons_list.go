package xmlapi

import "github.com/hostledger/hostledger/ledger"

// resellerCformButtonsList lists the buttons on the home pages of resellers:
// none.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-accounts/viewing-buttons-displayed-on-reseller%E2%80%99s-home-page-in-control-panel.60413/
var resellerCformButtonsList = register("reseller", "cform-buttons-list", providers,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(resellerSelectors) },
	func(c *Call, f *ledger.Filter) {
		matches, err := c.api.Ledger.FindResellers(c, c.who, *f)
		c.noButtons(matches, err)
	})
