package xmlapi

// siteAliasGetSupportedServices lists what of a site its aliases may be without.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-site-aliases/retrieving-information-on-manageable-services.34821/
var siteAliasGetSupportedServices = register("site-alias", "get-supported-services", everyone,
	func(_ *struct{}, r *Reader) { r.noContent() },
	func(c *Call, _ *struct{}) {
		c.result(Result{}, func() {
			c.w.Text("service", "web")
			c.w.Text("service", "mail")
		})
	})
