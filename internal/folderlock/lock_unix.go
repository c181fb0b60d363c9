//go:build unix

package folderlock

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

// Take makes this the only process that uses the folder, which must be there.
// The lock ends with release, or with the process however it ends. The error is
// ErrTaken when another process has it.
func Take(dir string) (release func() error, err error) {
	f, err := os.OpenFile(filepath.Join(dir, file), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	switch err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); {
	case errors.Is(err, syscall.EWOULDBLOCK):
		return nil, errors.Join(ErrTaken, f.Close())
	case err != nil:
		return nil, errors.Join(err, f.Close())
	}
	return f.Close, nil
}
