package xmlapi

import (
	"slices"

	"github.com/hostledger/hostledger/ledger"
)

// keyFilter says which license keys are wanted. There is one, the main key;
// clients look into it for what the server may do.
type keyFilter struct {
	names          []string // of wanted keys; none: the main one
	additionalOnly bool
}

// mainKey is the id of a license that nobody has to buy. It has the form of
// such ids.
const mainKey = "HSTL.00000000.0000"

// licenseProperties tell that nothing is limited.
var licenseProperties = ledger.Properties[string]{
	{Name: "plesk_key_id", Value: mainKey},
	{Name: "product_version", Value: CompatibleVersion},
	{Name: "lim_date", Value: "-1"},
	{Name: "lim_cl", Value: "-1"},
	{Name: "lim_dom", Value: "-1"},
	// Clients read these as numbers.
	{Name: "can-manage-customers", Value: "1"},
	{Name: "can-manage-resellers", Value: "1"},
}

// keyFilter reads a key element (GetKeyType).
func (r *Reader) keyFilter() (f keyFilter) {
	if !r.Enter("key") {
		return f
	}
	if r.Next("filter") && r.Enter("filter") {
		names := []string{"key-id", "name", "all", "main", "all-additional"}
		switch i := r.NextOf(names...); {
		case i < 0:
		case i < 2:
			for again := true; again; again = r.Next(names[i]) {
				f.names = append(f.names, r.String(names[i]))
			}
		default:
			r.Empty(names[i])
			f.additionalOnly = names[i] == "all-additional"
		}
		r.Leave()
	}
	r.Leave()
	return f
}

func (c *Call) readKey(n *serverGetRequest) (func(), error) {
	isWanted := !n.key.additionalOnly && (n.key.names == nil || slices.Contains(n.key.names, mainKey))
	return func() {
		if !isWanted {
			return
		}
		c.w.Start("key")
		for _, p := range licenseProperties {
			c.writeProperty("property", p.Name, p.Value)
		}
		c.w.Text("content", "")
		c.w.End("key")
	}, nil
}
