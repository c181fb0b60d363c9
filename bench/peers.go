package main

import (
	"errors"
	"fmt"
	"os"
)

// withFolder gives do a folder for a peer, which it removes afterwards.
func (b *bench) withFolder(do func(dir string) error) (err error) {
	dir, err := os.MkdirTemp(b.dir, "peer-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := os.Chmod(dir, 0o711); err != nil { // PostgreSQL has another user than root
		return err
	}
	return do(dir)
}

// leaveOut notes that a peer could not be started, which is no failure of ours.
func (b *bench) leaveOut(name string, err error) error {
	fmt.Fprintf(os.Stderr, "leaving out %s: %v\n", name, err)
	b.leftOut[name] = true
	return nil
}
