package xmlapi

// serverGetProtos lists the protocol versions that the server speaks.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-the-server/getting-supported-protocols.36172/
var serverGetProtos = register("server", "get_protos", everyone,
	func(_ *struct{}, r *Reader) { r.noContent() },
	func(c *Call, _ *struct{}) {
		c.result(Result{}, func() {
			c.w.Start("protos")
			for _, version := range Versions {
				c.w.Text("proto", version)
			}
			c.w.End("protos")
		})
	})
