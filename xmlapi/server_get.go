package xmlapi

import (
	"math"

	"github.com/hostledger/hostledger/ledger"
)

// serverGet returns what is known of the server itself.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-the-server/getting-server-information.36158/
var serverGet = register("server", "get", adminOnly,
	func(wanted *dataset, r *Reader) {
		*wanted = dataset{}
		for _, name := range []string{"gen_info", "stat", "admin"} {
			if (*wanted)[name] = r.Next(name); (*wanted)[name] {
				r.Empty(name)
			}
		}
	},
	func(c *Call, wanted *dataset) {
		guid, err := c.api.Ledger.ServerGUID(c)
		if err != nil {
			c.result(Result{Err: err})
			return
		}
		admin, err := c.api.Ledger.Admin(c)
		if err != nil {
			c.result(Result{Err: err})
			return
		}
		statistics, err := c.api.Ledger.ServerStatistics(c, c.who)
		c.result(Result{Err: err}, func() {
			if (*wanted)["gen_info"] {
				c.w.Start("gen_info")
				c.w.Text("server_name", c.api.Machine.Name())
				c.w.Text("server_guid", guid)
				c.w.Text("mode", "standard")
				c.w.End("gen_info")
			}
			if (*wanted)["stat"] {
				c.writeServerStatistics(statistics, c.api.Machine.State(c))
			}
			if (*wanted)["admin"] {
				c.writeAdmin(admin)
			}
		})
	})

func (c *Call) writeServerStatistics(s ledger.ServerStatistics, m MachineState) {
	w := c.w
	w.Start("stat")
	w.Start("objects")
	w.Int("clients", int64(s.Customers))
	w.Int("domains", int64(s.Sites))
	w.Int("active_domains", int64(s.ActiveSites))
	for _, name := range []string{
		"mail_boxes", "mail_redirects", "mail_groups", "mail_responders", "web_users", "databases", "database_users",
	} {
		w.Int(name, 0)
	}
	w.Int("problem_clients", int64(s.ProblemCustomers))
	w.Int("problem_domains", int64(s.Sites-s.ActiveSites))
	w.End("objects")
	w.Start("version")
	w.Text("plesk_name", "psa") // clients look for this name
	w.Text("plesk_version", CompatibleVersion)
	w.Text("plesk_os", m.OS)
	w.Text("plesk_os_version", m.OSVersion)
	w.Text("plesk_build", m.Build)
	w.Text("os_release", m.Kernel)
	w.End("version")
	w.Start("other")
	w.Text("cpu", m.CPU)
	w.Size("uptime", m.UptimeSeconds)
	w.Bool("inside_vz", false)
	w.End("other")
	w.Start("load_avg")
	for i, name := range []string{"l1", "l5", "l15"} {
		w.Int(name, int64(math.Round(m.Load[i]*100)))
	}
	w.End("load_avg")
	c.writeMemory(m)
	w.End("stat")
}

// CompatibleVersion is the version of Plesk whose API this server speaks.
// Clients read it to choose what they send.
const CompatibleVersion = "18.0.61"

// writeMemory writes memory and disks, in bytes.
func (c *Call) writeMemory(m MachineState) {
	w := c.w
	w.Start("mem")
	w.Size("total", m.Memory.Total)
	w.Size("used", m.Memory.Used)
	w.Size("free", m.Memory.Free)
	w.Size("shared", m.Memory.Shared)
	w.Size("buffer", m.Memory.Buffers)
	w.Size("cached", m.Memory.Cached)
	w.End("mem")
	w.Start("swap")
	w.Size("total", m.Swap.Total)
	w.Size("used", m.Swap.Used)
	w.Size("free", m.Swap.Free)
	w.End("swap")
	w.Start("diskspace")
	for _, disk := range m.Disks {
		w.Start("device")
		w.Text("name", disk.Name)
		w.Size("total", disk.Total)
		w.Size("used", disk.Used)
		w.Size("free", disk.Free)
		w.End("device")
	}
	w.End("diskspace")
}

func (c *Call) writeAdmin(a *ledger.Account) {
	w := c.w
	w.Start("admin")
	w.Text("admin_cname", a.Contact.Company)
	w.Text("admin_pname", a.Contact.Name)
	w.Text("admin_phone", a.Contact.Phone)
	w.Text("admin_fax", a.Contact.Fax)
	w.Text("admin_email", a.Contact.Email)
	w.Text("admin_address", a.Contact.Address)
	w.Text("admin_city", a.Contact.City)
	w.Text("admin_state", a.Contact.State)
	w.Text("admin_pcode", a.Contact.PostalCode)
	w.Text("admin_country", a.Contact.Country)
	w.Bool("send_announce", false)
	w.Text("admin_locale", a.Contact.Locale)
	w.Bool("admin_multiple_sessions", true)
	w.End("admin")
}
