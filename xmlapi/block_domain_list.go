package xmlapi

import "github.com/hostledger/hostledger/ledger"

// readDomains reads the domains of an account and returns what writes the list
// (domainListOutputType).
func (c *Call) readDomains(a *ledger.Account) (func(), error) {
	domains, err := c.api.Ledger.Domains(c, a.ID)
	return func() {
		c.w.Start("domains")
		for i := range domains {
			c.writeDomain(&domains[i])
		}
		c.w.End("domains")
	}, err
}

func (c *Call) writeDomain(d *ledger.Domain) {
	w := c.w
	kind := "domain"
	if d.ParentSiteID != 0 {
		kind = "subdomain"
	}
	w.Start("domain")
	w.Int("id", d.ID)
	w.Text("name", d.Name.Unicode)
	w.Text("ascii-name", d.Name.ASCII)
	w.Text("type", kind)
	w.Bool("main", d.IsMain)
	w.Text("guid", d.GUID)
	w.Text("external-id", d.ExternalID)
	if d.ParentSiteID != 0 {
		w.Int("parent-id", d.ParentSiteID)
	}
	w.End("domain")
}
