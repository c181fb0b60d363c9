package xmlapi

// ipGet lists the host's addresses, the default one first.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-ip-addresses.35373/
var ipGet = register("ip", "get", providers,
	func(_ *struct{}, r *Reader) { r.anyContent() },
	func(c *Call, _ *struct{}) {
		all, err := c.api.Ledger.IPAddresses(c, c.who)
		c.result(Result{Err: err}, func() {
			c.w.Start("addresses")
			for _, ip := range all {
				c.w.Start("ip_info")
				c.w.Text("ip_address", ip.Address.String())
				c.w.Text("netmask", ip.Netmask)
				c.w.Text("type", string(ip.Type))
				c.w.Text("interface", ip.Interface)
				if ip.Public.IsValid() {
					c.w.Text("public_ip_address", ip.Public.String())
				}
				c.w.End("ip_info")
			}
			c.w.End("addresses")
		})
	})
