//go:build unix

package collect

import (
	"io/fs"
	"syscall"
)

// identity returns what a file keeps when it is renamed.
func identity(info fs.FileInfo) (device, inode uint64) {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Dev), stat.Ino //nolint:unconvert // Dev is an int32 on some systems
	}
	return 0, 0
}
