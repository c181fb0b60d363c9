package xmlapi

import (
	"math"

	"github.com/hostledger/hostledger/ledger"
)

func (c *Call) readServerStatistics(*serverGetRequest) (func(), error) {
	statistics, err := c.api.Ledger.ServerStatistics(c, c.who)
	return func() { c.writeServerStatistics(statistics, c.api.Machine.State(c)) }, err
}

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
	w.Text("plesk_name", productName)
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

// productName is what clients look for.
const productName = "psa"

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
