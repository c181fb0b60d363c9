package hostledgertest

import (
	"context"

	"github.com/hostledger/hostledger/xmlapi"
)

// testMachine is what servers tell of the machine that they run on, whatever
// machine it is.
type testMachine struct{}

func (testMachine) Name() string { return "host.example" }

func (testMachine) State(context.Context) xmlapi.MachineState {
	return xmlapi.MachineState{
		OS: "debian", OSVersion: "13.1", Kernel: "6.12.0", Build: "v1.0.0", CPU: "Test CPU",
		UptimeSeconds: 12_660, Load: [3]float64{0.1, 0.14, 0.09},
		Memory: xmlapi.Memory{Total: 2 << 30, Used: 1 << 30, Free: 512 << 20, Shared: 16 << 20, Buffers: 64 << 20, Cached: 448 << 20},
		Swap:   xmlapi.Memory{Total: 1 << 30, Used: 0, Free: 1 << 30},
		Disks:  []xmlapi.Disk{{Name: "/dev/sda1", Total: 40 << 30, Used: 10 << 30, Free: 30 << 30}},
	}
}

func (testMachine) Interfaces() []string { return []string{"lo", "eth0"} }

func (testMachine) Shells() []string { return []string{"/bin/sh", "/bin/bash"} }
