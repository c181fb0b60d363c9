package xmlapi

import (
	"net/netip"

	"github.com/hostledger/hostledger/ledger"
)

// ipSet changes addresses. A certificate is accepted and not kept: the ledger
// has none to give.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-ip-addresses.35373/
var ipSet = register("ip", "set", adminOnly,
	func(n *ipSetRequest, r *Reader) {
		n.addresses = r.ipFilter()
		switch r.NextOf("type", "certificate_name", "public_ip_address", "service-node") {
		case 0:
			ipType := r.ipType("type")
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
		update, err := n.parse()
		for _, address := range n.addresses {
			c.resultOfIP("ip_address", address, func(addr netip.Addr) error {
				if err != nil {
					return err
				}
				return c.api.Ledger.UpdateIPAddress(c, c.who, addr, update)
			})
		}
	})

type ipSetRequest struct {
	addresses []string
	ipType    *ledger.IPType
	public    *string
}

func (n *ipSetRequest) parse() (u ledger.IPAddressUpdate, err error) {
	u.Type = n.ipType
	if n.public != nil {
		var public netip.Addr
		public, err = ledger.ParseIP("public_ip_address", *n.public)
		u.Public = &public
	}
	return u, err
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

// resultOfIP writes the result of what do does with an address, which came in
// the element named and goes back in it.
func (c *Call) resultOfIP(element, address string, do func(netip.Addr) error) {
	addr, err := ledger.ParseIP(element, address)
	if err == nil {
		err = do(addr)
	}
	c.w.Start("result")
	c.status(err)
	c.w.Text(element, address)
	c.w.End("result")
}
