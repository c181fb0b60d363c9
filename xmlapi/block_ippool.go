package xmlapi

import "github.com/hostledger/hostledger/ledger"

// poolOwner reads which reseller's addresses an operation is about.
func (r *Reader) poolOwner() (f ledger.Filter) {
	switch r.OneOf("reseller-id", "external-id") {
	case 0:
		return ledger.Filter{By: ledger.ByID, Values: []string{itoa(r.ID("reseller-id"))}}
	case 1:
		return ledger.Filter{By: ledger.ByExternalID, Values: []string{r.String("external-id")}}
	}
	return f
}

// findPoolOwner returns the id of a reseller, the oldest where several have an
// external id, or ok false when the result that there is none was written.
func (c *Call) findPoolOwner(f ledger.Filter) (id int64, ok bool) {
	matches, err := c.api.Ledger.FindResellers(c, c.who, f)
	if err == nil {
		id, err = matches[0].ID, matches[0].Err
	}
	if err == nil {
		return id, true
	}
	c.w.Start("result")
	c.status(err)
	if f.By == ledger.ByID {
		c.w.Text("reseller-id", f.Values[0])
	}
	c.w.End("result")
	return 0, false
}

// poolAddresses reads one address at least.
func (r *Reader) poolAddresses() (addresses []string) {
	if !r.require("ip-address") {
		return nil
	}
	for again := true; again; again = r.Next("ip-address") {
		addresses = append(addresses, r.String("ip-address"))
	}
	return addresses
}

func (r *Reader) ipType(name string) ledger.IPType { return ledger.IPType(r.Enum(name, ipTypes...)) }

func (c *Call) writeIPPool(pool []ledger.PoolAddress) {
	c.w.Start("ippool")
	for _, ip := range pool {
		c.w.Start("ip")
		c.w.Text("ip-address", ip.Address.String())
		c.w.Text("ip-type", string(ip.Type))
		c.w.End("ip")
	}
	c.w.End("ippool")
}
