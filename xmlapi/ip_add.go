package xmlapi

import "github.com/hostledger/hostledger/ledger"

// ipAdd adds an address to those that the host offers.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-ip-addresses.35373/
var ipAdd = register("ip", "add", adminOnly,
	func(n *ipAddRequest, r *Reader) {
		names := []string{"ip_address", "netmask", "type", "interface", "service-node", "public_ip_address"}
		for i := range r.All(names, names[:4]...) {
			switch name := names[i]; name {
			case "ip_address":
				n.address = r.String(name)
			case "netmask":
				n.netmask = r.String(name)
			case "type":
				n.ipType = r.Enum(name, ipTypes...)
			case "interface":
				n.netInterface = r.Bounded(name, 1, 200)
			case "service-node":
				r.serviceNode(name)
			case "public_ip_address":
				n.public = r.String(name)
			}
		}
	},
	func(c *Call, n *ipAddRequest) {
		ip, err := n.parse()
		if err == nil {
			err = c.api.Ledger.AddIPAddress(c, c.who, ip)
		}
		c.result(Result{Err: err}, func() { c.w.Text("ip_address", ip.Address.String()) })
	})

var ipTypes = []string{string(ledger.IPShared), string(ledger.IPExclusive)}

type ipAddRequest struct {
	address, netmask, ipType, netInterface, public string
}

func (n *ipAddRequest) parse() (ip ledger.IPAddress, err error) {
	ip = ledger.IPAddress{Type: ledger.IPType(n.ipType), Interface: n.netInterface}
	if ip.Address, err = ledger.ParseIP("ip_address", n.address); err != nil {
		return ip, err
	}
	if ip.Netmask, err = ledger.ParseNetmask(ip.Address, n.netmask); err != nil || n.public == "" {
		return ip, err
	}
	ip.Public, err = ledger.ParseIP("public_ip_address", n.public)
	return ip, err
}

// serviceNode reads which machine of a cluster is meant. There is one.
func (r *Reader) serviceNode(name string) {
	if r.Enter(name) {
		names := []string{"id", "external-id"}
		if i := r.OneOf(names...); i >= 0 {
			r.String(names[i])
		}
		r.Leave()
	}
}
