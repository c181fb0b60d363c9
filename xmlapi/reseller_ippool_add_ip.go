package xmlapi

import (
	"net/netip"

	"github.com/hostledger/hostledger/ledger"
)

// resellerIppoolAddIP gives addresses of the host to a reseller.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-accounts/adding-ip-addresses-to-reseller%E2%80%99s-ip-pool.60348/
var resellerIppoolAddIP = register("reseller", "ippool-add-ip", adminOnly,
	func(n *ippoolAddRequest, r *Reader) {
		n.reseller = r.poolOwner()
		for again := r.require("ip"); again; again = r.Next("ip") {
			if r.Enter("ip") {
				n.ips = append(n.ips, poolIP{r.String("ip-address"), optional(r, "ip-type", r.ipType)})
				r.Leave()
			}
		}
	},
	func(c *Call, n *ippoolAddRequest) {
		id, ok := c.findPoolOwner(n.reseller)
		if !ok {
			return
		}
		for _, ip := range n.ips {
			c.resultOfIP("ip-address", ip.address, func(addr netip.Addr) error {
				return c.api.Ledger.AddPoolAddress(c, c.who, id, addr, ip.ipType)
			})
		}
	})

type ippoolAddRequest struct {
	reseller ledger.Filter
	ips      []poolIP
}

type poolIP struct {
	address string
	ipType  *ledger.IPType
}
