package xmlapi

import "github.com/hostledger/hostledger/ledger"

// resellerGet returns what is known of resellers.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-accounts/retrieving-information-on-reseller-accounts.60337/
var resellerGet = register("reseller", "get", providers,
	func(n *getRequest, r *Reader) {
		n.filter = r.Filter(resellerSelectors)
		n.dataset = dataset{}
		if !r.Enter("dataset") {
			return
		}
		for _, name := range []string{"gen-info", "stat", "permissions", "limits", "ippool", "subscriptions"} {
			if n.dataset[name] = r.Next(name); n.dataset[name] {
				r.Any(name)
			}
		}
		r.Leave()
	},
	func(c *Call, n *getRequest) {
		matches, err := c.api.Ledger.FindResellers(c, c.who, n.filter)
		eachLoaded(c, matches, err, ledger.ErrNoReseller, c.api.Ledger.Accounts,
			accountID, func(a *ledger.Account) (func(), error) { return c.readReseller(a, n.dataset) })
	})

func (c *Call) readReseller(a *ledger.Account, wanted dataset) (func(), error) {
	var statistics ledger.ResellerStatistics
	if wanted["stat"] {
		var err error
		if statistics, err = c.api.Ledger.ResellerStatistics(c, a.ID); err != nil {
			return nil, err
		}
	}
	settings := a.ResellerSettings()
	return func() {
		c.w.Start("data")
		if wanted["gen-info"] {
			c.writeResellerInfo(a)
		}
		if wanted["stat"] {
			c.writeResellerStatistics(statistics)
		}
		if wanted["permissions"] {
			c.writePermissions(settings.CompletePermissions())
		}
		if wanted["limits"] {
			c.writeResellerLimits(&settings)
		}
		if wanted["ippool"] {
			c.writeIPPool(a.Reseller.IPPool)
		}
		if wanted["subscriptions"] {
			c.writeSubscriptions(a.Plan, nil, a.Locked)
		}
		c.w.End("data")
	}, nil
}

func (c *Call) writeResellerInfo(a *ledger.Account) {
	w := c.w
	w.Start("gen-info")
	w.Date("cr-date", a.Created)
	c.writeAccount(a)
	w.Text("external-id", a.ExternalID)
	w.Text("description", a.Description)
	w.optBool("power-user", a.Reseller.PowerUser)
	w.End("gen-info")
}

// writeResellerStatistics writes the objects and bytes that a reseller and his
// customers have. Those that this server does not keep yet are none.
func (c *Call) writeResellerStatistics(s ledger.ResellerStatistics) {
	w := c.w
	w.Start("stat")
	w.Int("active-clients", int64(s.ActiveCustomers))
	w.Int("active-domains", int64(s.ActiveSites))
	w.Int("clients", int64(s.Customers))
	w.Int("domains", int64(s.Sites))
	w.Int("subdomains", int64(s.Subdomains))
	w.Int("domain-aliases", int64(s.Aliases))
	for _, name := range []string{
		"disk-space", "web-users", "data-bases", "postboxs", "mbox-quota", "redirects",
		"mail-groups", "mail-resps", "mail-lists", "mssql-data-bases",
	} {
		w.Int(name, 0)
	}
	w.Size("traffic", s.Month)
	w.Size("traffic-prevday", s.PreviousDay)
	w.End("stat")
}

func (c *Call) writeResellerLimits(s *ledger.ResellerSettings) {
	yes := true
	c.w.Start("limits")
	c.w.Start("resource-policy")
	c.w.Bool("oversell", *either(s.Oversell, &yes))
	c.writeOveruse(s.Limits)
	c.w.End("resource-policy")
	c.writeLimitValues(s.CompleteLimits())
	c.w.End("limits")
}
