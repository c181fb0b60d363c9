package xmlapi

import "github.com/hostledger/hostledger/ledger"

// ipSet changes addresses. A certificate is accepted and not kept: the ledger
// has none to give.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-ip-addresses.35373/
var ipSet = register("ip", "set", adminOnly,
	func(n *ipSetRequest, r *Reader) {
		n.addresses = r.ipFilter()
		switch r.NextOf("type", "certificate_name", "public_ip_address", "service-node") {
		case 0:
			ipType := ledger.IPType(r.Enum("type", ipTypes...))
			n.ipType = &ipType
		case 1:
			r.String("certificate_name")
		case 2:
			n.public = r.OptString("public_ip_address")
		case 3:
			r.serviceNode("service-node")
		}
	},
	func(c *Call, n *ipSetRequest) {
		update := ledger.IPAddressUpdate{Type: n.ipType}
		if n.public != nil {
			public, err := ledger.ParseIP("public_ip_address", *n.public)
			if err != nil {
				c.eachIP(n.addresses, func(string) error { return err })
				return
			}
			update.Public = &public
		}
		c.eachIP(n.addresses, func(address string) error {
			addr, err := ledger.ParseIP("ip_address", address)
			if err != nil {
				return err
			}
			return c.api.Ledger.UpdateIPAddress(c, c.who, addr, update)
		})
	})

type ipSetRequest struct {
	addresses []string
	ipType    *ledger.IPType
	public    *string
}

// ipFilter reads a filter of addresses, which cannot be blank.
func (r *Reader) ipFilter() (addresses []string) {
	if !r.Enter("filter") {
		return nil
	}
	if r.OneOf("ip_address") == 0 {
		for again := true; again; again = r.Again("ip_address") {
			addresses = append(addresses, r.String("ip_address"))
		}
	}
	r.Leave()
	return addresses
}

// eachIP writes a result for every address of a filter.
func (c *Call) eachIP(addresses []string, do func(string) error) {
	for _, address := range addresses {
		err := do(address)
		c.w.Start("result")
		c.status(err)
		c.w.Text("ip_address", address)
		c.w.End("result")
	}
}
