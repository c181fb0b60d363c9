package main

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
)

const (
	rotationKills = 6
	rotatedSites  = 20
	rotationEvery = 200 * time.Millisecond
	rotationBytes = 1 << 20
	rotationsADay = 5
)

// TestCollectorKilledAmidRotation ends a collector again and again while a log
// grows and is rotated. In the end the server has what the log's writer counted.
func TestCollectorKilledAmidRotation(t *testing.T) {
	t.Parallel()
	for name, rotate := range map[string]func(*postfixLog) error{
		"renamed": renamed, "copied and truncated": copiedAndTruncated,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			killAmidRotation(t, rotate)
		})
	}
}

func killAmidRotation(t *testing.T, rotate func(*postfixLog) error) {
	c := newCollecting(t, serveIn(t, t.TempDir()), nil, rotatedSites)
	stop, done := make(chan struct{}), make(chan error)
	go func() { done <- c.log.writeAndRotate(rotate, stop) }()
	for range rotationKills {
		collector := c.follow()
		time.Sleep(rand.N(time.Second))
		collector.kill()
	}
	close(stop)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	t.Logf("%d messages, %d bytes", c.log.begun, c.log.written)
	c.checkAll(c.follow())
}

// writeAndRotate writes at full speed and rotates the log five times a second,
// until it is stopped. A few rotations are a day.
func (l *postfixLog) writeAndRotate(rotate func(*postfixLog) error, stop <-chan struct{}) error {
	next := time.NewTicker(rotationEvery)
	defer next.Stop()
	first := l.day
	for rotations := 0; ; rotations++ {
		for until := l.written + rotationBytes; l.written < until; {
			l.message()
		}
		select {
		case <-stop:
			l.finish()
			return nil
		case <-next.C:
		}
		if err := rotate(l); err != nil {
			return err
		}
		l.day = first.AddDays(min(rotations/rotationsADay, 2))
	}
}

// renamed rotates as logrotate does by default: the writer writes on in the old
// file until it is told to open the new one.
func renamed(l *postfixLog) error {
	if err := makePlace(l.path); err != nil {
		return err
	}
	if err := os.Rename(l.path, l.path+".1"); err != nil {
		return err
	}
	for range 100 {
		l.message()
	}
	if err := errors.Join(l.Flush(), l.file.Close()); err != nil {
		return err
	}
	l.open()
	return nil
}

// copiedAndTruncated rotates as logrotate does with copytruncate.
func copiedAndTruncated(l *postfixLog) error {
	if err := errors.Join(l.Flush(), makePlace(l.path)); err != nil {
		return err
	}
	from, err := os.Open(l.path)
	if err != nil {
		return err
	}
	to, err := os.Create(l.path + ".1")
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.Close(), from.Close(), os.Truncate(l.path, 0))
}

// makePlace gives the rotated files of a log the next numbers, and compresses
// the first of them.
func makePlace(path string) error {
	numbered := func(n int) string { return fmt.Sprintf("%s.%d.gz", path, n) }
	last := 2
	for ; exists(numbered(last)); last++ {
	}
	for n := last; n > 2; n-- {
		if err := os.Rename(numbered(n-1), numbered(n)); err != nil {
			return err
		}
	}
	if !exists(path + ".1") {
		return nil
	}
	return compress(path+".1", numbered(2))
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// compress does as gzip and zstd do: the file stays until all of it is packed,
// and the packed one has its time.
func compress(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	var packed io.WriteCloser = gzip.NewWriter(out)
	if filepath.Ext(to) == ".zst" {
		if packed, err = zstd.NewWriter(out); err != nil {
			return err
		}
	}
	_, err = io.Copy(packed, in)
	return errors.Join(err, packed.Close(), out.Close(), os.Chtimes(to, info.ModTime(), info.ModTime()), os.Remove(from))
}
