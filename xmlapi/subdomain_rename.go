package xmlapi

// subdomainRename gives a subdomain another name: the label, without the
// parent's, or the full name.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-subdomains/renaming-subdomain.53520/
var subdomainRename = register("subdomain", "rename", everyone,
	func(n *subdomainRenameRequest, r *Reader) {
		n.id = r.ID("id")
		n.name = r.String("name")
	},
	func(c *Call, n *subdomainRenameRequest) {
		c.result(Result{Err: c.api.Ledger.RenameSubdomain(c, c.who, n.id, n.name)})
	})

type subdomainRenameRequest struct {
	id   int64
	name string
}
