package collect

import (
	"bufio"
	"compress/bzip2"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"
)

// packing is how a file is compressed.
type packing uint8

const (
	plain packing = iota
	gzipped
	zstandard
	bzipped
)

func packingOf(path string) packing {
	switch filepath.Ext(path) {
	case ".gz":
		return gzipped
	case ".zst":
		return zstandard
	case ".bz2":
		return bzipped
	}
	return plain
}

// unpacked is the content of a file from some place on.
type unpacked struct {
	io.Reader
	file *os.File
	free func() // what the file alone does not
}

// open opens a candidate at an offset of its content, unless another file has
// come into its place.
func (c *candidate) open(offset int64) (*unpacked, error) {
	file, err := os.Open(c.path)
	if err != nil {
		return nil, err
	}
	u := &unpacked{file: file, free: func() {}}
	if err := u.start(c, offset); err != nil {
		u.close()
		return nil, err
	}
	return u, nil
}

func (u *unpacked) start(c *candidate, offset int64) error {
	info, err := u.file.Stat()
	if err != nil {
		return err
	}
	if device, inode := identity(info); device != c.device || inode != c.inode {
		return errReplaced
	}
	if c.packing == plain && !c.current && !info.ModTime().Equal(c.changed) {
		return errReplaced // the inode of a file that was removed may be that of the next one in its place
	}
	if c.packing == plain {
		u.Reader = u.file
		_, err := u.file.Seek(offset, io.SeekStart)
		return err
	}
	switch c.packing {
	case gzipped:
		u.Reader, err = gzip.NewReader(bufio.NewReaderSize(u.file, 64<<10))
	case bzipped:
		u.Reader = bzip2.NewReader(u.file)
	default:
		var decoder *zstd.Decoder
		if decoder, err = zstd.NewReader(u.file, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true)); err == nil {
			u.Reader, u.free = decoder, decoder.Close
		}
	}
	if err != nil {
		return fmt.Errorf("unpacking: %w", err)
	}
	if _, err := io.CopyN(io.Discard, u.Reader, offset); err != nil {
		return fmt.Errorf("unpacking: %w", err)
	}
	return nil
}

// consumed returns how many bytes of the file itself were read.
func (u *unpacked) consumed() int64 {
	at, err := u.file.Seek(0, io.SeekCurrent)
	if err != nil {
		return 0
	}
	return at
}

func (u *unpacked) close() {
	u.free()
	_ = u.file.Close() // nothing was written
}
