package main

import (
	"context"
	"os"
	"runtime"
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

// How much garbage may gather between two collections: so many bytes, but in
// percent of what is in use no less and no more than this. The runtime's own
// 100 percent are a megabyte at rest, which is a collection for every few dozen
// answers, and a hundred megabytes while a packet of a million nodes is stored.
const (
	garbageBytes              = 16 << 20
	leastGarbage, mostGarbage = 10, 200
)

// allowGarbage sets how much garbage may gather, unless the environment says it,
// and again after each collection.
func allowGarbage() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbagePercent(inUse()))
		runtime.AddCleanup(new([64]byte), func(struct{}) { allowGarbage() }, struct{}{})
	}
}

func garbagePercent(inUse uint64) int {
	return int(min(max(100*garbageBytes/max(inUse, 1), leastGarbage), mostGarbage)) //nolint:gosec // at most mostGarbage
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
func allocatedBytes() uint64 { return measured("/gc/heap/allocs:bytes") }

// inUse returns what the last collection found in use.
func inUse() uint64 { return measured("/gc/heap/live:bytes") }

func measured(name string) uint64 {
	sample := []metrics.Sample{{Name: name}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
