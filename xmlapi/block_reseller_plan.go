package xmlapi

import "github.com/hostledger/hostledger/ledger"

// resellerPlanValues reads the blocks that reseller-plan/add and
// reseller-plan/set have in the same order.
func (r *Reader) resellerPlanValues(u *ledger.PlanUpdate) {
	var s ledger.ResellerSettingsUpdate
	r.limitsAndPermissions(&s)
	u.Oversell = s.Oversell
	u.Settings.Limits = &s.Limits
	u.Settings.Permissions = &ledger.PermissionsUpdate{Values: s.Permissions}
	u.IPPool = optional(r, "ip-pool", r.planIPPool)
	u.ExternalID = r.OptString("external-id")
}

// planIPPool reads an ip-pool element (ResellerTemplateIpPoolType).
func (r *Reader) planIPPool(name string) (p ledger.IPPool) {
	if !r.Enter(name) {
		return p
	}
	for n := 0; r.Next("ip-address"); n++ {
		r.bound(n, "ip-address")
		p.Addresses = append(p.Addresses, r.String("ip-address"))
	}
	p.AllocateIPv4 = r.OptInt("allocate-ip")
	p.AllocateIPv6 = r.OptInt("allocate-ipv6")
	r.Leave()
	return p
}

func (c *Call) writePlanIPPool(p ledger.IPPool) {
	c.w.Start("ip-pool")
	for _, ip := range p.Addresses {
		c.w.Text("ip-address", ip)
	}
	c.w.optInt("allocate-ip", p.AllocateIPv4)
	c.w.optInt("allocate-ipv6", p.AllocateIPv6)
	c.w.End("ip-pool")
}
