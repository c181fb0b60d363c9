package xmlapi

import "github.com/hostledger/hostledger/ledger"

// siteGet returns what is known of sites.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-sites-domains/getting-information-about-sites.66583/
var siteGet = register("site", "get", everyone,
	func(n *getRequest, r *Reader) {
		n.filter = r.Filter(siteSelectors)
		n.dataset = r.dataset(siteDatasets)
	},
	func(c *Call, n *getRequest) {
		matches, err := c.api.Ledger.FindSites(c, c.who, n.filter)
		eachLoaded(c, matches, err, ledger.ErrNoSite, c.api.Ledger.Sites, siteID,
			func(s *ledger.Site) (func(), error) { return c.readSite(s, n.dataset) })
	})

var siteDatasets = []datasetPart{
	{"gen_info", false}, {"hosting", false}, {"stat", false}, {"prefs", false}, {"disk_usage", false}, {"performance", true},
}

func (c *Call) readSite(s *ledger.Site, wanted dataset) (func(), error) {
	var statistics ledger.SiteStatistics
	if wanted["stat"] {
		var err error
		if statistics, err = c.api.Ledger.SiteStatistics(c, s.ID); err != nil {
			return nil, err
		}
	}
	return func() {
		c.w.Start("data")
		if wanted["gen_info"] {
			c.writeSiteInfo(s)
		}
		if wanted["hosting"] {
			c.writeHosting(&s.Hosting, s.Name.ASCII)
		}
		if wanted["stat"] {
			c.w.Start("stat")
			c.writeUsage(statistics.Usage, statistics.Subdomains)
			c.w.End("stat")
		}
		if wanted["prefs"] {
			c.writePrefs(s.Prefs)
		}
		if wanted["disk_usage"] {
			c.writeDiskUsage()
		}
		if wanted["performance"] {
			c.writePerformance(s.Performance)
		}
		c.w.End("data")
	}, nil
}

func (c *Call) writeSiteInfo(s *ledger.Site) {
	w := c.w
	w.Start("gen_info")
	w.Date("cr_date", s.Created)
	w.Text("name", s.Name.Unicode)
	w.Text("ascii-name", s.Name.ASCII)
	w.Int("status", int64(s.EffectiveStatus()))
	w.Int("real_size", 0)
	for _, ip := range s.Hosting.IPs {
		w.Text("dns_ip_address", ip)
	}
	w.Text("htype", string(s.Hosting.Type))
	w.Text("guid", s.GUID)
	w.Text("webspace-guid", s.WebspaceGUID)
	w.Int("webspace-id", s.WebspaceID)
	w.Text("description", s.Description)
	if s.TurnOffAction != "" {
		w.Text("turn-off-action", s.TurnOffAction)
	}
	w.End("gen_info")
}
