package xmlapi

import (
	"net/netip"

	"github.com/hostledger/hostledger/ledger"
)

// resellerIppoolDelIP takes addresses out of a reseller's pool.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-accounts/removing-ip-addresses-from-reseller%E2%80%99s-ip-pool.60387/
var resellerIppoolDelIP = register("reseller", "ippool-del-ip", adminOnly,
	func(n *ippoolDelRequest, r *Reader) {
		n.reseller = r.poolOwner()
		n.addresses = r.poolAddresses()
	},
	func(c *Call, n *ippoolDelRequest) {
		id, ok := c.findPoolOwner(n.reseller)
		if !ok {
			return
		}
		for _, address := range n.addresses {
			c.resultOfIP("ip-address", address, func(addr netip.Addr) error {
				return c.api.Ledger.DeletePoolAddress(c, c.who, id, addr)
			})
		}
	})

type ippoolDelRequest struct {
	reseller  ledger.Filter
	addresses []string
}
