package xmlapi

import "github.com/hostledger/hostledger/ledger"

// subdomainAdd adds a subdomain to a site. Its name is the label, without the
// parent's; as the full name it means the same.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-subdomains/creating-subdomain.53475/
var subdomainAdd = register("subdomain", "add", everyone,
	func(n *ledger.NewSubdomain, r *Reader) {
		n.Parent = r.String("parent")
		n.Name = r.String("name")
		n.Home = r.OptString("home")
		n.Properties = properties(r, "property", r.String)
	},
	func(c *Call, n *ledger.NewSubdomain) {
		s, err := c.api.Ledger.AddSubdomain(c, c.who, *n)
		if err != nil {
			c.result(Result{Err: err})
			return
		}
		c.result(Result{ID: s.ID})
	})
