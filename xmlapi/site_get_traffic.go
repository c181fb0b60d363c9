package xmlapi

import "github.com/hostledger/hostledger/ledger"

// siteGetTraffic returns the traffic of sites day by day.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-sites-domains/getting-traffic-data-for-sites.66624/
var siteGetTraffic = register("site", "get_traffic", everyone,
	func(n *getTrafficRequest, r *Reader) { n.decode(r, siteSelectors) },
	func(c *Call, n *getTrafficRequest) {
		matches, err := c.api.Ledger.FindSites(c, c.who, n.filter)
		eachLoaded(c, matches, err, ledger.ErrNoSite, c.api.Ledger.Sites, siteID,
			func(s *ledger.Site) (func(), error) {
				days, err := c.api.Ledger.SiteTraffic(c, s, n.days)
				return func() { c.writeTraffic(days) }, err
			})
	})

func siteID(s *ledger.Site) int64 { return s.ID }
