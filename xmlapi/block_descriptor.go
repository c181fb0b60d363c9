package xmlapi

import (
	"context"

	"github.com/hostledger/hostledger/ledger"
)

// describe answers a descriptor operation: a blank filter with the server's one
// descriptor, any other with the descriptor of each object.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/descriptors-overview.39659/
func (c *Call) describe(f ledger.Filter, server ledger.Descriptor,
	find func(context.Context, ledger.Identity, ledger.Filter) ([]ledger.Match, error),
	ofObject func(context.Context, int64) (ledger.Descriptor, error),
) {
	c.describeNamed(of, f, server, find, ofObject)
}

// describeNamed is describe with results that name their objects in their own
// way.
func (c *Call) describeNamed(name naming, f ledger.Filter, server ledger.Descriptor,
	find func(context.Context, ledger.Identity, ledger.Filter) ([]ledger.Match, error),
	ofObject func(context.Context, int64) (ledger.Descriptor, error),
) {
	if f.By == ledger.ByAll {
		c.result(Result{}, func() { c.writeDescriptor(server) })
		return
	}
	matches, err := find(c, c.who, f)
	var d ledger.Descriptor
	c.eachNamed(name, matches, err, func(id int64) (err error) {
		d, err = ofObject(c, id)
		return err
	}, func() { c.writeDescriptor(d) })
}

// always is the descriptor of objects that all have the same.
func always(d ledger.Descriptor) func(context.Context, int64) (ledger.Descriptor, error) {
	return func(context.Context, int64) (ledger.Descriptor, error) { return d, nil }
}

// writers are the words for those who may set a property.
var writers = map[ledger.Role]string{ledger.RoleAdmin: "admin", ledger.RoleReseller: "reseller", ledger.RoleCustomer: "client"}

// writeDescriptor writes a descriptor element (ObjectDescriptor).
func (c *Call) writeDescriptor(d ledger.Descriptor) {
	w := c.w
	w.Start("descriptor")
	for _, p := range d.Properties {
		w.Start("property")
		w.Text("name", p.Name)
		w.Text("type", p.Type.Name)
		for _, value := range p.Type.Values {
			w.Start("enum")
			w.Text("value", value)
			w.End("enum")
		}
		if p.Default != "" {
			w.Text("default-value", p.Default)
		}
		for _, role := range d.WritableBy {
			w.Text("writable-by", writers[role])
		}
		w.Text("label", p.Label)
		w.End("property")
	}
	w.End("descriptor")
}
