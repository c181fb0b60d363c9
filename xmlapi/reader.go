package xmlapi

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

// Limits bound what a packet may ask of the server.
type Limits struct {
	Bytes int64 // of the whole packet, as posted
	Depth int   // of nested elements
	Text  int   // bytes of one element's text, or of one tag
	// Operations in one packet; 0 is no limit.
	Operations int
}

// forCustomer returns the bounds of a packet of a customer, who has little to
// ask and must not be able to keep a server busy. Where the server's own are
// tighter, those hold.
func (l Limits) forCustomer() Limits {
	l.Bytes = min(l.Bytes, 1<<20)
	l.Operations = 100
	return l
}

// DefaultLimits are generous to bulk packets and tight for everything else.
var DefaultLimits = Limits{Bytes: 1 << 30, Depth: 64, Text: 64 << 10}

// Reader is a pull reader with expectations: each call names the element that
// the schema has next, checks it and consumes it. It is one mechanism for
// every operation, without a tree, reflection or an allocation for an element.
//
// The first violation of the schema is kept, with its line, in the wording of
// libxml2; from then on every call returns zero values at once, so that
// decoding code needs no error handling. Because a packet that is not even
// well-formed must be refused as such, [Reader.finish] then reads on to the end.
//
// A Reader checks what XML 1.0 asks of well-formed documents: matching tags,
// unique attributes, references, characters, one root. Document type
// declarations, and with them entities of one's own, are refused.
type Reader struct {
	limits Limits

	src      io.Reader
	srcErr   error  // io.EOF, or why src cannot be read on
	buf      []byte // the window: buf[pos:end] is read but not consumed
	pos, end int
	decoded  bool          // src turns another encoding into UTF-8
	taken    int64         // bytes read from src
	waited   time.Duration // for src
	base     int64         // offset of buf[0] in the document
	baseLine int           // lines before buf[0]

	open      []openElement
	closed    openElement // last, for the line of its violations
	tag       tag         // the start tag at pos, while hasTag
	hasTag    bool
	justEmpty bool     // the element entered last is an empty-element tag, />
	expected  []string // names that could stand at this place
	text      []byte   // scratch for the text of an element
	bindings  []binding

	operations int // read so far

	fatal   error // the packet cannot be read: not well-formed, too large, or cut off
	invalid error // the first violation of the schema
}

// openElement is an element whose end tag has not been read.
type openElement struct {
	name   string
	offset int64 // of the end of its start tag
	line   int   // of that offset, 0 while it can still be counted in the window
	// bindings is how many namespace bindings there were before it.
	bindings int
}

const (
	smallWindow = 8 << 10
	fullWindow  = 256 << 10
	lookahead   = 2 << 10 // kept in the window for the fast paths
)

var errMalformed = errors.New("Cannot parse the XML from the source specified")

// violation is a packet that breaks the schema.
type violation struct {
	line    int
	message string // as libxml2 words it
}

func (v *violation) Error() string {
	return fmt.Sprintf("Request is invalid. Error in line %d: %s", v.line, v.message)
}

func newReader(src io.Reader, limits Limits) *Reader {
	r := freeReaders.Get().(*Reader)
	r.src, r.limits = src, limits
	return r
}

// freeReaders are readers for reuse, each with a small window: most packets need no
// more.
var freeReaders = sync.Pool{New: func() any { return &Reader{buf: make([]byte, smallWindow)} }}

// close gives the reader back. It must not be used any more.
func (r *Reader) close() {
	if len(r.buf) > smallWindow || cap(r.text) > smallWindow {
		return
	}
	*r = Reader{
		buf: r.buf, open: r.open[:0], expected: r.expected[:0], text: r.text[:0], bindings: r.bindings[:0],
		tag: tag{attrs: r.tag.attrs[:0], bindings: r.tag.bindings[:0]},
	}
	freeReaders.Put(r)
}

// ok tells whether the reader still reads.
func (r *Reader) ok() bool { return r.fatal == nil && r.invalid == nil }

func (r *Reader) malformed() { r.fail(errMalformed) }

func (r *Reader) fail(err error) {
	if r.fatal == nil {
		r.fatal = err
	}
	r.pos, r.end = 0, 0
	if r.srcErr == nil {
		r.srcErr = io.EOF
	}
}

func (r *Reader) failAsTooLarge() {
	r.fail(fmt.Errorf("The packet is larger than %d bytes", r.limits.Bytes))
}

// fill reads more into the window, moving what is left of it to the front and
// enlarging it when it is full. It returns false when there is no more.
func (r *Reader) fill() bool {
	if r.srcErr != nil {
		return false
	}
	r.discard()
	if r.end == len(r.buf) {
		grown := make([]byte, max(fullWindow, 2*len(r.buf)))
		copy(grown, r.buf[:r.end])
		r.buf = grown
	}
	for range 100 {
		began := time.Now()
		n, err := r.src.Read(r.buf[r.end:])
		r.waited += time.Since(began)
		r.end += n
		r.taken += int64(n)
		switch {
		case r.taken > r.limits.Bytes:
			r.failAsTooLarge()
			return false
		case err != nil:
			r.srcErr = err
			if err != io.EOF {
				r.fail(fmt.Errorf("The packet ends early: %w", err))
			}
			return n > 0 && r.fatal == nil
		case n > 0:
			return true
		}
	}
	r.fail(io.ErrNoProgress)
	return false
}

// discard drops the consumed part of the window, counting its lines first.
func (r *Reader) discard() {
	if r.pos == 0 {
		return
	}
	for i := range r.open {
		if e := &r.open[i]; e.line == 0 {
			e.line = r.lineOf(e.offset)
		}
	}
	r.baseLine += bytes.Count(r.buf[:r.pos], []byte{'\n'})
	r.base += int64(r.pos)
	r.end = copy(r.buf, r.buf[r.pos:r.end])
	r.pos = 0
}

// lineOf returns the line, from 1, of an offset that is still in the window.
func (r *Reader) lineOf(offset int64) int {
	return 1 + r.baseLine + bytes.Count(r.buf[:offset-r.base], []byte{'\n'})
}

func (r *Reader) offset() int64 { return r.base + int64(r.pos) }

// has makes sure that n bytes are in the window, unless the document ends.
func (r *Reader) has(n int) bool { return r.end-r.pos >= n || r.fillTo(n) }

func (r *Reader) fillTo(n int) bool {
	for r.end-r.pos < n {
		if !r.fill() {
			return false
		}
	}
	return true
}

// hasPrefix tells whether the document goes on with s.
func (r *Reader) hasPrefix(s string) bool {
	return r.has(len(s)) && string(r.buf[r.pos:r.pos+len(s)]) == s
}

// violate notes the first violation, in the line of an offset of the window.
func (r *Reader) violate(offset int64, format string, args ...any) {
	if r.ok() {
		r.invalid = &violation{line: r.lineOf(offset), message: fmt.Sprintf(format, args...)}
	}
}

// violateIn notes the first violation, in the content of an element that is
// open or was closed last.
func (r *Reader) violateIn(e openElement, format string, args ...any) {
	if !r.ok() {
		return
	}
	if e.line == 0 {
		e.line = r.lineOf(e.offset)
	}
	r.invalid = &violation{line: e.line, message: fmt.Sprintf("Element '%s': "+format, append([]any{e.name}, args...)...)}
}

// innermost returns the element that is being read.
func (r *Reader) innermost() openElement { return r.open[len(r.open)-1] }

// finish reads to the end of the document and returns what is wrong with it:
// that it is not well-formed, before any violation of the schema.
func (r *Reader) finish() error {
	r.finishElement()
	r.skipMisc()
	if r.fatal == nil && r.has(1) {
		r.malformed()
	}
	if r.fatal != nil {
		return r.fatal
	}
	return r.invalid
}

// finishElement reads to the end of the root element.
func (r *Reader) finishElement() {
	if r.justEmpty {
		r.justEmpty = false
		r.closeElement()
	}
	if r.hasTag && len(r.open) == 0 {
		r.walkInto(string(r.tagName())) // the root, refused for its name or attributes
	}
	r.walk(0)
}
