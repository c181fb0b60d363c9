package xmlapi

// webspaceEnableAPSFilter lets subscriptions have only the applications that
// they and their plans were given: see add-package.
// https://docs.plesk.com/en-US/onyx/api-rpc/reference/managing-subscriptions/enabling-applications-filter.67170
var webspaceEnableAPSFilter = register("webspace", "enable-aps-filter", providers,
	func(n *webspaceSetRequest, r *Reader) {
		n.filter = r.Filter(webspaceSelectors)
		on := true
		n.values.Settings.APSFilter = &on
	},
	func(c *Call, n *webspaceSetRequest) { c.setWebspaces(n) })
