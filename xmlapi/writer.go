package xmlapi

import (
	"io"
	"strconv"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

const flushAt = 32 << 10

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
	return &Writer{out: out, pretty: pretty, buf: make([]byte, 0, 1024)}
}

// Start begins an element that holds elements. One that stays empty is written
// as <name/>.
func (w *Writer) Start(name string) {
	w.line()
	w.buf = append(append(w.buf, '<'), name...)
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
	w.buf = append(append(append(w.buf, '<', '/'), name...), '>')
}

// Text writes an element that holds text; without text, <name></name>.
func (w *Writer) Text(name, text string) {
	w.open(name)
	w.buf = appendEscaped(w.buf, text)
	w.close(name)
}

// Int writes an element that holds an integer.
func (w *Writer) Int(name string, n int64) {
	w.open(name)
	w.buf = strconv.AppendInt(w.buf, n, 10)
	w.close(name)
}

// Size writes an element that holds an unsigned integer, such as a sum of bytes.
func (w *Writer) Size(name string, n uint64) {
	w.open(name)
	w.buf = strconv.AppendUint(w.buf, n, 10)
	w.close(name)
}

// Bool writes an element that holds true or false.
func (w *Writer) Bool(name string, b bool) { w.Text(name, strconv.FormatBool(b)) }

// Date writes an element that holds a civil date.
func (w *Writer) Date(name string, d ledger.Date) {
	w.open(name)
	w.buf = d.Append(w.buf)
	w.close(name)
}

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

func (w *Writer) open(name string) {
	w.line()
	w.buf = append(append(append(w.buf, '<'), name...), '>')
}

func (w *Writer) close(name string) {
	w.buf = append(append(append(w.buf, '<', '/'), name...), '>')
	if len(w.buf) >= flushAt {
		w.flush()
	}
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

// writeSystemError writes the answer to a packet that was refused whole, in
// the very form, tabs and all, that clients have been seen to receive.
func writeSystemError(out io.Writer, version string, e *SystemError) error {
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
