package xmlapi

import (
	"io"
	"strconv"
	"sync"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// flushAt is how much of an answer is gathered before it is sent: a year of
// days leaves in one piece.
const flushAt = 128 << 10

// Writer streams an answer. Its first write error is kept, and everything
// after it is dropped.
type Writer struct {
	out     io.Writer
	err     error
	buf     []byte
	pretty  bool // one element a line, indented by two blanks
	depth   int
	pending bool // the start tag written last still lacks its >
}

func newWriter(out io.Writer, pretty bool) *Writer {
	w := freeWriters.Get().(*Writer)
	w.out, w.pretty = out, pretty
	return w
}

// freeWriters are writers for reuse, with the buffers that their last answers
// needed.
var freeWriters = sync.Pool{New: func() any { return &Writer{buf: make([]byte, 0, 1024)} }}

// release gives the writer back. It must not be used any more.
func (w *Writer) release() {
	if cap(w.buf) > 2*flushAt {
		return
	}
	*w = Writer{buf: w.buf[:0]}
	freeWriters.Put(w)
}

// Start begins an element that holds elements. One that stays empty is written
// as <name/>.
func (w *Writer) Start(name string) {
	w.line()
	w.buf = append(w.buf, '<')
	w.buf = append(w.buf, name...)
	w.pending = true
	w.depth++
}

// End ends the element that Start began.
func (w *Writer) End(name string) {
	w.depth--
	if w.pending {
		w.buf = append(w.buf, '/', '>')
		w.pending = false
		return
	}
	w.line()
	w.buf = appendEndTag(w.buf, name)
}

// Text writes an element that holds text; without text, <name></name>.
func (w *Writer) Text(name, text string) { w.leaf(name, appendEscaped(w.begin(name), text)) }

// Int writes an element that holds an integer.
func (w *Writer) Int(name string, n int64) { w.leaf(name, strconv.AppendInt(w.begin(name), n, 10)) }

// Size writes an element that holds an unsigned integer, such as a sum of bytes.
func (w *Writer) Size(name string, n uint64) { w.leaf(name, strconv.AppendUint(w.begin(name), n, 10)) }

// Bool writes an element that holds true or false.
func (w *Writer) Bool(name string, b bool) { w.Text(name, strconv.FormatBool(b)) }

// Date writes an element that holds a civil date.
func (w *Writer) Date(name string, d ledger.Date) { w.leaf(name, d.Append(w.begin(name))) }

// Time writes an element that holds an instant, in UTC to the second.
func (w *Writer) Time(name string, t time.Time) { w.Text(name, t.UTC().Format(time.RFC3339)) }

// Empty writes <name/>.
func (w *Writer) Empty(name string) {
	w.Start(name)
	w.End(name)
}

// optText writes an element for a value that is there.
func (w *Writer) optText(name string, text *string) {
	if text != nil {
		w.Text(name, *text)
	}
}

func (w *Writer) optBool(name string, b *bool) {
	if b != nil {
		w.Bool(name, *b)
	}
}

func (w *Writer) optInt(name string, n *int64) {
	if n != nil {
		w.Int(name, *n)
	}
}

// begin returns the buffer with the start tag of an element that holds text. It
// goes back to leaf with the text.
func (w *Writer) begin(name string) []byte {
	w.line()
	b := append(w.buf, '<')
	b = append(b, name...)
	return append(b, '>')
}

// leaf completes the element that begin began.
func (w *Writer) leaf(name string, b []byte) {
	b = appendEndTag(b, name)
	if cap(b) == cap(w.buf) {
		w.buf = w.buf[:len(b)] // no pointer is written, which is slow while garbage is collected
	} else {
		w.buf = b
	}
	if len(b) >= flushAt {
		w.flush()
	}
}

func appendEndTag(b []byte, name string) []byte {
	b = append(b, '<', '/')
	b = append(b, name...)
	return append(b, '>')
}

// line completes the start tag before, and begins a new line when pretty.
func (w *Writer) line() {
	if w.pending {
		w.buf = append(w.buf, '>')
		w.pending = false
	}
	if w.pretty {
		w.buf = append(w.buf, '\n')
		for range w.depth {
			w.buf = append(w.buf, ' ', ' ')
		}
	}
}

// document writes the declaration and begins the packet.
func (w *Writer) document(version string) {
	w.buf = append(w.buf, `<?xml version="1.0" encoding="UTF-8"?>`...)
	if !w.pretty {
		w.buf = append(w.buf, '\n')
	}
	w.Start("packet")
	w.buf = append(w.buf, ` version="`...)
	w.buf = append(appendEscaped(w.buf, version), '"')
}

// endDocument ends the packet and sends what is left of it.
func (w *Writer) endDocument() error {
	w.End("packet")
	w.buf = append(w.buf, '\n')
	w.flush()
	return w.err
}

func (w *Writer) flush() {
	if w.err == nil {
		_, w.err = w.out.Write(w.buf)
	}
	w.buf = w.buf[:0]
}

// appendEscaped escapes as the protocol's server does: quotes too, apostrophes
// not.
func appendEscaped(b []byte, s string) []byte {
	for i := range len(s) {
		switch c := s[i]; c {
		case '&':
			b = append(b, "&amp;"...)
		case '<':
			b = append(b, "&lt;"...)
		case '>':
			b = append(b, "&gt;"...)
		case '"':
			b = append(b, "&quot;"...)
		case '\r':
			b = append(b, "&#13;"...)
		default:
			b = append(b, c)
		}
	}
	return b
}

// WriteSystemError writes the answer to a packet that was refused whole, in
// the very form, tabs and all, that clients have been seen to receive. The version is
// that of the packet, or the newest.
func WriteSystemError(out io.Writer, version string, e *SystemError) error {
	b := []byte("<?xml version=\"1.0\"?>\n\t<packet version=\"")
	b = appendEscaped(b, version)
	b = append(b, "\">\n\t\t<system>\n\t\t\t<status>error</status>\n\t\t\t<errcode>"...)
	b = strconv.AppendInt(b, int64(e.Code), 10)
	b = append(b, "</errcode>\n\t\t\t<errtext>"...)
	b = appendEscaped(b, e.Text)
	b = append(b, "</errtext>\n\t\t</system>\t</packet>\n"...)
	_, err := out.Write(b)
	return err
}
