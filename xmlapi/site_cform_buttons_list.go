package xmlapi

import "github.com/hostledger/hostledger/ledger"

// siteCformButtonsList lists the buttons on the pages of sites: none.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-sites-domains/getting-custom-buttons-list.66616/
var siteCformButtonsList = register("site", "cform_buttons_list", everyone,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(siteSelectors) },
	func(c *Call, f *ledger.Filter) {
		matches, err := c.api.Ledger.FindSites(c, c.who, *f)
		c.noButtons(matches, err)
	})
