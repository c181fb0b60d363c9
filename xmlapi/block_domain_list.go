package xmlapi

import "github.com/hostledger/hostledger/ledger"

// writeDomainList writes the domains of an account (domainListOutputType).
func (c *Call) writeDomainList(element string, domains []ledger.Domain) {
	w := c.w
	w.Start(element)
	for i := range domains {
		d := &domains[i]
		isSubdomain := d.ParentSiteID != 0
		kind := "domain"
		if isSubdomain {
			kind = "subdomain"
		}
		w.Start("domain")
		w.Int("id", d.ID)
		w.Text("name", d.Name.Unicode)
		w.Text("ascii-name", d.Name.ASCII)
		w.Text("type", kind)
		w.Bool("main", d.IsMain())
		w.Text("guid", d.GUID)
		w.Text("external-id", d.ExternalID)
		if isSubdomain {
			w.Int("parent-id", d.ParentSiteID)
		}
		w.End("domain")
	}
	w.End(element)
}
