package xmlapi

import "github.com/hostledger/hostledger/ledger"

// readDomains reads the domains of an account and returns what writes the list.
func (c *Call) readDomains(a *ledger.Account) (func(), error) {
	domains, err := c.api.Ledger.Domains(c, a.ID)
	return func() { c.writeDomains("domains", domains) }, err
}

// writeDomains writes the domains of an account (domainListOutputType). An alias
// has no guid of its own.
func (c *Call) writeDomains(element string, domains []ledger.Domain) {
	c.w.Start(element)
	for i := range domains {
		c.writeDomain(&domains[i])
	}
	c.w.End(element)
}

func (c *Call) writeDomain(d *ledger.Domain) {
	w := c.w
	kind := "domain"
	switch {
	case d.ParentSiteID != 0:
		kind = "subdomain"
	case d.AliasOf != 0:
		kind = "alias"
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
	if d.AliasOf != 0 {
		w.Int("domain-id", d.AliasOf)
	}
	w.End("domain")
}
