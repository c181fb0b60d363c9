package xmlapi

// webspaceRemovePackage takes applications from those that subscriptions are
// provided with: all that are named, or none when one of them is not there. A
// subscription that loses what its plans provide is locked.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-subscriptions/removing-an-application-from-a-subscription.66841
var webspaceRemovePackage = register("webspace", "remove-package", providers,
	func(n *webspaceSetRequest, r *Reader) {
		n.filter = r.Filter(webspaceSelectors)
		n.values.Settings.Packages.Remove = r.packages()
	},
	func(c *Call, n *webspaceSetRequest) { c.setWebspaces(n) })
