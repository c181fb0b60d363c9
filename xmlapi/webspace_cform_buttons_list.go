package xmlapi

import "github.com/hostledger/hostledger/ledger"

// webspaceCformButtonsList lists the buttons on the pages of subscriptions:
// none.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-subscriptions-webspaces/getting-custom-buttons-list.33921/
var webspaceCformButtonsList = register("webspace", "cform_buttons_list", everyone,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(webspaceSelectors) },
	func(c *Call, f *ledger.Filter) {
		matches, err := c.api.Ledger.FindWebspaces(c, c.who, *f)
		c.noButtons(matches, err)
	})
