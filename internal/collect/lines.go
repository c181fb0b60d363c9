package collect

import (
	"bytes"
	"errors"
	"io"
)

// mostLine bounds a line, in bytes.
const mostLine = 1 << 20

// lineReader reads content in chunks of whole lines.
type lineReader struct {
	from       io.Reader
	buffer     []byte // of mostLine
	have, done int    // bytes in the buffer, and those that were returned
	inLong     bool   // what was returned last ends amid a line that is too long
}

// next reads once. It returns whole lines with their ends, or a piece of a line
// that is too long; they are valid until the next call. At the end of the
// content the error is io.EOF.
func (r *lineReader) next() ([]byte, error) {
	copy(r.buffer, r.buffer[r.done:r.have])
	r.have, r.done = r.have-r.done, 0
	n, err := r.from.Read(r.buffer[r.have:])
	r.have += n
	r.done = r.have - n + bytes.LastIndexByte(r.buffer[r.have-n:r.have], '\n') + 1
	if r.done == r.have-n && r.have == len(r.buffer) {
		r.done = r.have
	} else if r.done == r.have-n {
		r.done = 0
	}
	return r.buffer[:r.done], err
}

// rest returns what follows the last line's end.
func (r *lineReader) rest() []byte { return r.buffer[r.done:r.have] }

// each calls do for every line of a chunk, without its end, and tells what is
// part of a line that is too long.
func (r *lineReader) each(chunk []byte, do, tooLong func(line []byte)) {
	if r.inLong {
		end := bytes.IndexByte(chunk, '\n')
		if end < 0 {
			return
		}
		chunk, r.inLong = chunk[end+1:], false
	}
	for len(chunk) > 0 {
		end := bytes.IndexByte(chunk, '\n')
		if end < 0 {
			tooLong(chunk)
			r.inLong = true
			return
		}
		line := chunk[:end]
		chunk = chunk[end+1:]
		if end > 0 && line[end-1] == '\r' {
			line = line[:end-1]
		}
		do(line)
	}
}

// readLines reads content to its end. After every chunk, done is called with
// it and may end the reading by an error. What follows the last line's end is a
// line only if the content is final.
func readLines(from io.Reader, buffer []byte, final bool, do, tooLong func(line []byte), done func(chunk []byte) error) error {
	r := &lineReader{from: from, buffer: buffer}
	for {
		chunk, err := r.next()
		r.each(chunk, do, tooLong)
		if len(chunk) > 0 {
			if err := done(chunk); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
	}
	if rest := r.rest(); final && len(rest) > 0 {
		if !r.inLong {
			do(rest)
		}
		return done(rest)
	}
	return nil
}
