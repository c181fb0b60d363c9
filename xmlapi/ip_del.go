package xmlapi

import "github.com/hostledger/hostledger/ledger"

// ipDel removes addresses that no subscription uses.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-ip-addresses.35373/
var ipDel = register("ip", "del", adminOnly,
	func(addresses *[]string, r *Reader) {
		for range r.All([]string{"filter"}, "filter") {
			*addresses = r.ipFilter()
		}
	},
	func(c *Call, addresses *[]string) {
		c.eachIP(*addresses, func(address string) error {
			addr, err := ledger.ParseIP("ip_address", address)
			if err != nil {
				return err
			}
			return c.api.Ledger.DeleteIPAddress(c, c.who, addr)
		})
	})
