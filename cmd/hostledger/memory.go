package main

import (
	"context"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	memoryChecked = 250 * time.Millisecond
	// A server at rest allocates less than this between two checks.
	restingBytes = 64 << 10
	// So much has to have been allocated to make giving back worth a collection.
	worthBytes = 4 << 20
)

// garbagePercent is how much garbage may gather, in percent of what is in use.
// That is a megabyte at rest, of which the runtime's own 100 makes a collection
// for every few dozen answers.
const garbagePercent = 200

// allowGarbage sets garbagePercent, unless the environment says otherwise.
func allowGarbage() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbagePercent)
	}
}

// giveMemoryBack returns what a server no longer needs to the operating system
// whenever it comes to rest, until ctx ends: the check of a password takes
// 19 MiB and a large packet more, and the runtime by itself keeps them for
// minutes.
func giveMemoryBack(ctx context.Context) {
	next := time.NewTicker(memoryChecked)
	defer next.Stop()
	var last, given uint64
	for {
		select {
		case <-ctx.Done():
			return
		case <-next.C:
		}
		now := allocatedBytes()
		if now-last < restingBytes && now-given > worthBytes {
			debug.FreeOSMemory()
			given = now
		}
		last = now
	}
}

// allocatedBytes returns how much the program has allocated since its start.
func allocatedBytes() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
