package xmlapi

import "github.com/hostledger/hostledger/ledger"

// customerGet returns what is known of customers. billing-info is this
// server's own dataset: it gives back what set-billing-info stored.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-customer-accounts/getting-information-on-customer-accounts.28804/
var customerGet = register("customer", "get", everyone,
	func(n *getRequest, r *Reader) {
		n.filter = r.Filter(customerSelectors)
		n.dataset = dataset{}
		if !r.Enter("dataset") {
			return
		}
		for _, name := range []string{"gen_info", "stat"} {
			if n.dataset[name] = r.Next(name); n.dataset[name] {
				r.Any(name)
			}
		}
		if n.dataset["billing-info"] = r.Next("billing-info"); n.dataset["billing-info"] {
			r.Empty("billing-info")
		}
		r.Leave()
	},
	func(c *Call, n *getRequest) {
		matches, err := c.api.Ledger.FindCustomers(c, c.who, n.filter)
		eachLoaded(c, matches, err, ledger.ErrNoCustomer, c.api.Ledger.Accounts,
			accountID, func(a *ledger.Account) (func(), error) { return c.readCustomer(a, n.dataset) })
	})

func accountID(a *ledger.Account) int64 { return a.ID }

func (c *Call) readCustomer(a *ledger.Account, wanted dataset) (func(), error) {
	var statistics ledger.AccountStatistics
	var billing ledger.CustomerBilling
	var err error
	if wanted["stat"] {
		if statistics, err = c.api.Ledger.CustomerStatistics(c, a.ID); err != nil {
			return nil, err
		}
	}
	if wanted["billing-info"] {
		if billing, err = c.api.Ledger.CustomerBilling(c, c.who, a.ID); err != nil {
			return nil, err
		}
	}
	return func() {
		c.w.Start("data")
		if wanted["gen_info"] {
			c.writeCustomerInfo(a)
		}
		if wanted["stat"] {
			c.writeCustomerStatistics(statistics)
		}
		if wanted["billing-info"] {
			c.writeCustomerBilling(billing)
		}
		c.w.End("data")
	}, nil
}

func (c *Call) writeCustomerInfo(a *ledger.Account) {
	w := c.w
	w.Start("gen_info")
	w.Date("cr_date", a.Created)
	c.writeAccount(a)
	c.writeOwner(a.OwnerID, a.OwnerLogin, a.OwnerRole)
	w.Text("vendor-guid", a.OwnerGUID)
	w.Text("external-id", a.ExternalID)
	if c.who.Role != ledger.RoleCustomer { // the provider's note on him
		w.Text("description", a.Description)
	}
	w.End("gen_info")
}

// writeCustomerStatistics writes the objects and bytes that a customer has.
// Those that this server does not keep yet are none.
func (c *Call) writeCustomerStatistics(s ledger.AccountStatistics) {
	w := c.w
	w.Start("stat")
	w.Int("active_domains", int64(s.ActiveSites))
	w.Int("subdomains", int64(s.Subdomains))
	for _, name := range []string{
		"disk_space", "postboxs", "redirects", "mail_groups", "mail_resps", "mail_lists", "web_users", "data_bases",
	} {
		w.Int(name, 0)
	}
	w.Size("traffic", s.Month)
	w.Size("traffic_prevday", s.PreviousDay)
	w.End("stat")
}

func (c *Call) writeCustomerBilling(b ledger.CustomerBilling) {
	c.w.Start("billing-info")
	for _, balance := range ledger.Balances {
		if len(b[balance]) == 0 {
			continue
		}
		c.w.Start(string(balance))
		for _, amount := range b[balance] {
			c.writeAmount("value", amount)
		}
		c.w.End(string(balance))
	}
	c.w.End("billing-info")
}
