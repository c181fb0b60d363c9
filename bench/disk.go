package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// measureDisk appends pages of 4 KiB to a file and syncs each: what no answer
// that is durable can be faster than.
func (b *bench) measureDisk(r round) (err error) {
	name := filepath.Join(b.dir, "synced")
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close(), os.Remove(name)) }()
	page := make([]byte, 4096)
	took := make([]time.Duration, b.sizes.fsyncs)
	for i := range took {
		start := time.Now()
		if _, err := file.Write(page); err != nil {
			return err
		}
		if err := file.Sync(); err != nil {
			return err
		}
		took[i] = time.Since(start)
	}
	slices.Sort(took)
	r[fsyncTime] = took[len(took)/2].Seconds()
	return nil
}
