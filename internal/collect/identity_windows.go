package collect

import "io/fs"

// identity returns what a file keeps when it is renamed: here nothing is told of
// it, and files are known by what they begin with.
func identity(fs.FileInfo) (device, inode uint64) { return 0, 0 }
