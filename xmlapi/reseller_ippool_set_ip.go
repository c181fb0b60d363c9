package xmlapi

import (
	"net/netip"

	"github.com/hostledger/hostledger/ledger"
)

// resellerIppoolSetIP changes the type of addresses in a reseller's pool.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-accounts/changing-ip-address-type-in-reseller%E2%80%99s-ip-pool.60353/
var resellerIppoolSetIP = register("reseller", "ippool-set-ip", adminOnly,
	func(n *ippoolSetRequest, r *Reader) {
		n.reseller = r.poolOwner()
		if r.Enter("filter") {
			n.addresses = r.poolAddresses()
			r.Leave()
		}
		if r.Enter("values") {
			n.ipType = r.ipType("ip-type")
			r.Leave()
		}
	},
	func(c *Call, n *ippoolSetRequest) {
		id, ok := c.findPoolOwner(n.reseller)
		if !ok {
			return
		}
		for _, address := range n.addresses {
			c.resultOfIP("ip-address", address, func(addr netip.Addr) error {
				return c.api.Ledger.SetPoolAddress(c, c.who, id, addr, n.ipType)
			})
		}
	})

type ippoolSetRequest struct {
	ippoolDelRequest
	ipType ledger.IPType
}
