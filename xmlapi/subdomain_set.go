package xmlapi

import "github.com/hostledger/hostledger/ledger"

// subdomainSet sets properties of the hosting of subdomains.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-subdomains/changing-subdomain-settings.53502/
var subdomainSet = register("subdomain", "set", everyone,
	func(n *subdomainSetRequest, r *Reader) {
		n.filter = r.Filter(subdomainSelectors)
		if r.require("property") {
			n.properties = properties(r, "property", r.String)
		}
	},
	func(c *Call, n *subdomainSetRequest) {
		matches, err := c.api.Ledger.FindSubdomains(c, c.who, n.filter)
		c.each(matches, err, func(id int64) error {
			return c.api.Ledger.UpdateSubdomain(c, c.who, id, n.properties)
		})
	})

type subdomainSetRequest struct {
	filter     ledger.Filter
	properties ledger.Properties[string]
}
