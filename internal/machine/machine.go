// Package machine tells about the machine that the server runs on.
package machine

import (
	"context"
	"net"
	"net/netip"
	"os"
	"runtime"
	"runtime/debug"

	"github.com/shirou/gopsutil/v4/cpu"
	"github.com/shirou/gopsutil/v4/disk"
	"github.com/shirou/gopsutil/v4/host"
	"github.com/shirou/gopsutil/v4/load"
	"github.com/shirou/gopsutil/v4/mem"

	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
)

// Local is the machine that this program runs on.
type Local struct{}

// Name returns the host name, localhost when it has none.
func (Local) Name() string {
	name, err := os.Hostname()
	if err != nil || name == "" {
		return "localhost"
	}
	return name
}

// State returns the machine's state. What the operating system does not tell
// is left zero: the answer is useful without it.
func (Local) State(ctx context.Context) xmlapi.MachineState {
	s := xmlapi.MachineState{OS: runtime.GOOS, Build: build()}
	if h, err := host.InfoWithContext(ctx); err == nil {
		s.OS, s.OSVersion, s.Kernel, s.UptimeSeconds = h.Platform, h.PlatformVersion, h.KernelVersion, h.Uptime
	}
	if c, err := cpu.InfoWithContext(ctx); err == nil && len(c) > 0 {
		s.CPU = c[0].ModelName
	}
	if l, err := load.AvgWithContext(ctx); err == nil {
		s.Load = [3]float64{l.Load1, l.Load5, l.Load15}
	}
	if m, err := mem.VirtualMemoryWithContext(ctx); err == nil {
		s.Memory = xmlapi.Memory{Total: m.Total, Used: m.Used, Free: m.Free, Shared: m.Shared, Buffers: m.Buffers, Cached: m.Cached}
	}
	if m, err := mem.SwapMemoryWithContext(ctx); err == nil {
		s.Swap = xmlapi.Memory{Total: m.Total, Used: m.Used, Free: m.Free}
	}
	s.Disks = disks(ctx)
	return s
}

func disks(ctx context.Context) (found []xmlapi.Disk) {
	partitions, err := disk.PartitionsWithContext(ctx, false)
	if err != nil {
		return nil
	}
	for _, p := range partitions {
		if u, err := disk.UsageWithContext(ctx, p.Mountpoint); err == nil {
			found = append(found, xmlapi.Disk{Name: p.Device, Total: u.Total, Used: u.Used, Free: u.Free})
		}
	}
	return found
}

// build returns the version that this program was built from.
func build() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return ""
}

// IPs returns the machine's addresses for hosting, IPv4 before IPv6; loopback
// when there are no others, so that an address can always be chosen.
func IPs() (found []ledger.IPAddress) {
	interfaces, err := net.Interfaces()
	if err != nil {
		return []ledger.IPAddress{Loopback}
	}
	var v6 []ledger.IPAddress
	for _, i := range interfaces {
		addresses, err := i.Addrs()
		if err != nil || i.Flags&net.FlagUp == 0 {
			continue
		}
		for _, address := range addresses {
			network, ok := address.(*net.IPNet)
			if !ok || !network.IP.IsGlobalUnicast() {
				continue
			}
			addr, _ := netip.AddrFromSlice(network.IP)
			ip := ledger.IPAddress{
				Address: addr.Unmap(), Netmask: net.IP(network.Mask).String(), Type: ledger.IPShared, Interface: i.Name,
			}
			if ip.Address.Is4() {
				found = append(found, ip)
			} else {
				v6 = append(v6, ip)
			}
		}
	}
	if len(found) == 0 {
		found = []ledger.IPAddress{Loopback}
	}
	return append(found, v6...)
}

// Loopback is offered where there is nothing else.
var Loopback = ledger.IPAddress{
	Address: netip.AddrFrom4([4]byte{127, 0, 0, 1}), Netmask: "255.0.0.0", Type: ledger.IPShared, Interface: "lo",
}
