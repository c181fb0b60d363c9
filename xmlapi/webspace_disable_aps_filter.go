package xmlapi

// webspaceDisableAPSFilter lets subscriptions have every application, as they
// may from the start.
// https://docs.plesk.com/en-US/onyx/api-rpc/reference/managing-subscriptions/disabling-applications-filter.67176
var webspaceDisableAPSFilter = register("webspace", "disable-aps-filter", providers,
	func(n *webspaceSetRequest, r *Reader) {
		n.filter = r.Filter(webspaceSelectors)
		on := false
		n.values.Settings.APSFilter = &on
	},
	func(c *Call, n *webspaceSetRequest) { c.setWebspaces(n) })
