package main

import (
	"context"
	"runtime"
	"testing"
	"testing/synctest"
	"time"
)

func TestMemoryIsGivenBackAtRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		go giveMemoryBack(ctx)
		const garbage = 64 << 20
		_ = make([]byte, garbage)
		full := heldMemory()
		time.Sleep(time.Second)
		if rest := heldMemory(); rest > full-garbage/2 {
			t.Errorf("%d bytes were held at first and %d at rest", full, rest)
		}
		cancel()
		synctest.Wait()
	})
}

// heldMemory returns how much of the heap is not given back to the system.
func heldMemory() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapSys - m.HeapReleased
}
