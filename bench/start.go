package main

import (
	"errors"
	"os"
	"path/filepath"
	"time"
)

// measureStart starts the server over a new data folder, tables and
// administrator included, and again over the same folder: from the start of
// the process to its first answer.
func (b *bench) measureStart(r round) (err error) {
	if err := b.build(); err != nil {
		return err
	}
	file, err := os.Stat(b.program)
	if err != nil {
		return err
	}
	r[binarySize] = float64(file.Size())
	data := filepath.Join(b.dir, "start")
	defer func() { err = errors.Join(err, os.RemoveAll(data)) }()
	for _, figure := range []figure{firstStart, laterStart} {
		began := time.Now()
		s, err := startServer(b.serve(data), data)
		if err != nil {
			return err
		}
		r[figure] = time.Since(began).Seconds()
		time.Sleep(b.sizes.rest)
		r[idleMemory] = s.Memory()
		s.Stop()
	}
	return nil
}
