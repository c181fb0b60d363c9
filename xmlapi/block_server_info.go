package xmlapi

import (
	"cmp"

	"github.com/hostledger/hostledger/ledger"
)

func (c *Call) readServerInfo(*serverGetRequest) (func(), error) {
	guid, err := c.api.Ledger.ServerGUID(c)
	if err != nil {
		return nil, err
	}
	settings, err := c.api.Ledger.ServerSettings(c, c.who)
	return func() {
		c.w.Start("gen_info")
		c.w.Text("server_name", c.api.Machine.Name())
		c.w.Text("server_guid", guid)
		c.w.optText("external-id", settings.ExternalID)
		c.w.Text("mode", "standard")
		c.w.End("gen_info")
	}, err
}

func (c *Call) readComponents(*serverGetRequest) (func(), error) {
	return func() {
		c.w.Start("components")
		for _, component := range [][2]string{
			{productName, CompatibleVersion},
			{"hostledger", cmp.Or(c.api.Machine.State(c).Build, "unknown")},
		} {
			c.w.Start("component")
			c.w.Text("name", component[0])
			c.w.Text("version", component[1])
			c.w.End("component")
		}
		c.w.End("components")
	}, nil
}

func (c *Call) readAdminDomains(*serverGetRequest) (func(), error) {
	domains, err := c.api.Ledger.Domains(c, ledger.AdminID)
	return func() { c.writeDomains("admin-domain-list", domains) }, err
}
