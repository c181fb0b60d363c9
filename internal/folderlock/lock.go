// Package folderlock lets one process at a time use a folder.
package folderlock

import "errors"

// ErrTaken is what Take returns while another process has the folder.
var ErrTaken = errors.New("another process has it open")

// file is what the lock is held on, in the folder.
const file = "lock"
