package sqlstore

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// lockDirectory makes this the only process that has the directory's ledger
// open. The lock ends with unlock, or with the process however it ends.
func lockDirectory(dir string) (unlock func() error, err error) {
	file, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("opening the ledger's lock: %w", err)
	}
	err = windows.LockFileEx(windows.Handle(file.Fd()),
		windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &windows.Overlapped{})
	switch {
	case errors.Is(err, windows.ERROR_LOCK_VIOLATION):
		return nil, errors.Join(fmt.Errorf("the ledger in %s is open already: stop its server first, because only one process can use it", dir), file.Close())
	case err != nil:
		return nil, errors.Join(fmt.Errorf("locking the ledger in %s: %w", dir, err), file.Close())
	}
	return file.Close, nil
}
