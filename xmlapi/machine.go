package xmlapi

import "context"

// Machine tells about the machine that the server runs on.
type Machine interface {
	Name() string // the host name
	State(ctx context.Context) MachineState
	Interfaces() []string // names of the network interfaces, at least one
	Shells() []string     // paths of the login shells
}

// MachineState is the state of a machine at a time; what could not be found
// out is zero.
type MachineState struct {
	OS, OSVersion, Kernel, Build, CPU string
	UptimeSeconds                     uint64
	Load                              [3]float64 // of the last 1, 5 and 15 minutes
	Memory                            Memory
	Swap                              Memory
	Disks                             []Disk
}

// Memory is in bytes.
type Memory struct {
	Total, Used, Free, Shared, Buffers, Cached uint64
}

// Disk is a mounted device; sizes in bytes.
type Disk struct {
	Name              string
	Total, Used, Free uint64
}
