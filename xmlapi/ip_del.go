package xmlapi

import "net/netip"

// ipDel removes addresses that no subscription uses and no reseller has.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-ip-addresses.35373/
var ipDel = register("ip", "del", adminOnly,
	func(addresses *[]string, r *Reader) {
		for range r.All([]string{"filter"}, "filter") {
			*addresses = r.ipFilter()
		}
	},
	func(c *Call, addresses *[]string) {
		for _, address := range *addresses {
			c.resultOfIP("ip_address", address, func(addr netip.Addr) error {
				return c.api.Ledger.DeleteIPAddress(c, c.who, addr)
			})
		}
	})
