package xmlapi

// webspaceAddPackage adds applications, by name or by URL, to those that
// subscriptions are provided with. They are kept in the order in which they were
// last added, each once. Nothing is installed.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-subscriptions/adding-an-application-to-a-subscription.66840
var webspaceAddPackage = register("webspace", "add-package", providers,
	func(n *webspaceSetRequest, r *Reader) {
		n.filter = r.Filter(webspaceSelectors)
		n.values.Settings.Packages.Add = r.packages()
	},
	func(c *Call, n *webspaceSetRequest) { c.setWebspaces(n) })
