package xmlapi

import "github.com/hostledger/hostledger/ledger"

// siteSet changes sites.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-sites-domains/changing-site-settings.66554/
var siteSet = register("site", "set", everyone,
	func(n *siteSetRequest, r *Reader) {
		n.filter = r.Filter(siteSelectors)
		if !r.Enter("values") {
			return
		}
		if r.Next("gen_setup") {
			r.siteSetSetup(&n.values)
		}
		s := &n.values.Settings
		s.Prefs = optional(r, "prefs", r.prefs)
		s.Hosting = optional(r, "hosting", r.siteHosting)
		if r.Next("disk_usage") {
			r.noDiskUsage("disk_usage")
		}
		s.Performance = optional(r, "performance", r.performance)
		r.Leave()
	},
	func(c *Call, n *siteSetRequest) {
		matches, err := c.api.Ledger.FindSites(c, c.who, n.filter)
		c.each(matches, err, func(id int64) error {
			return c.api.Ledger.UpdateSite(c, c.who, id, n.values)
		})
	})

type siteSetRequest struct {
	filter ledger.Filter
	values ledger.SiteUpdate
}

var siteSetNames = []string{"status", "name", "guid", "description", "turn-off-action"}

func (r *Reader) siteSetSetup(u *ledger.SiteUpdate) {
	if !r.Enter("gen_setup") {
		return
	}
	for i := range r.All(siteSetNames) {
		switch name := siteSetNames[i]; name {
		case "status":
			u.Status = r.status(name)
		case "name":
			value := r.Bounded(name, 1, 255)
			u.Name = &value
		case "guid":
			r.Empty(name)
			u.NewGUID = true
		case "description":
			u.Description = r.OptString(name)
		case "turn-off-action":
			u.TurnOffAction = r.OptString(name)
		}
	}
	r.Leave()
}
