package xmlapi

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// startDocument reads what comes before the root element: a byte-order mark,
// the XML declaration, comments. White space before the declaration, which XML
// forbids, is let through: clients build packets with heredocs.
func (r *Reader) startDocument() {
	r.fillAhead()
	switch window := r.buf[r.pos:r.end]; {
	case bytes.HasPrefix(window, []byte("\xEF\xBB\xBF")):
		r.pos += 3
	case bytes.HasPrefix(window, []byte("\xFE\xFF")), bytes.HasPrefix(window, []byte("\xFF\xFE")):
		r.decodeFrom(unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM))
	}
	if !r.skipSpace() {
		r.malformed()
		return
	}
	switch {
	case r.hasPrefix(plainDeclaration):
		r.pos += len(plainDeclaration)
	case r.hasPrefix("<?xml") && r.has(6) && isSpace(r.buf[r.pos+5]):
		r.declaration()
	}
	r.skipMisc()
	if r.fatal == nil && r.hasPrefix("<!DOCTYPE") {
		r.fail(fmt.Errorf("Document type declarations are not allowed"))
	}
}

// plainDeclaration is what nearly all clients write.
const plainDeclaration = `<?xml version="1.0" encoding="UTF-8"?>`

// declaration reads <?xml version="1.0" encoding="..." standalone="..."?>.
func (r *Reader) declaration() {
	end := -1
	for n := lookahead; end < 0 && n <= 2*lookahead; n += lookahead {
		more := r.has(n)
		end = bytes.Index(r.buf[r.pos:r.end], []byte("?>"))
		if !more {
			break
		}
	}
	if end < 0 {
		r.malformed()
		return
	}
	attrs, ok := pseudoAttributes(string(r.buf[r.pos+len("<?xml") : r.pos+end]))
	if !ok {
		r.malformed()
		return
	}
	r.pos += end + len("?>")
	r.declareEncoding(attrs["encoding"])
}

// pseudoAttributes reads name="value" pairs in the order of XML 1.0, 2.8.
func pseudoAttributes(s string) (map[string]string, bool) {
	attrs := map[string]string{}
	order := []string{"version", "encoding", "standalone"}
	for {
		rest := strings.TrimLeft(s, " \t\r\n")
		if rest == "" {
			return attrs, attrs["version"] == "1.0" || attrs["version"] == "1.1"
		}
		name, after, ok := strings.Cut(rest, "=")
		name, after = strings.TrimRight(name, " \t\r\n"), strings.TrimLeft(after, " \t\r\n")
		if !ok || len(rest) == len(s) || after == "" || after[0] != '"' && after[0] != '\'' {
			return nil, false
		}
		value, tail, closed := strings.Cut(after[1:], after[:1])
		for len(order) > 0 && order[0] != name {
			order = order[1:]
		}
		if !closed || len(order) == 0 || name == "standalone" && value != "yes" && value != "no" {
			return nil, false
		}
		order = order[1:]
		attrs[name], s = value, tail
	}
}

// declareEncoding takes the document on in the encoding that it declares.
func (r *Reader) declareEncoding(name string) {
	switch strings.ToUpper(name) {
	case "", "UTF-8", "UTF8", "US-ASCII", "ASCII":
	case "UTF-16":
		if !r.decoded {
			r.malformed()
		}
	case "ISO-8859-1", "ISO_8859-1", "LATIN1", "LATIN-1":
		r.decodeFrom(charmap.ISO8859_1)
	case "ISO-8859-15":
		r.decodeFrom(charmap.ISO8859_15)
	case "WINDOWS-1252", "CP1252":
		r.decodeFrom(charmap.Windows1252)
	default:
		r.fail(fmt.Errorf("The encoding %q is not supported", name))
	}
}

// decodeFrom turns the rest of the document into UTF-8.
func (r *Reader) decodeFrom(e encoding.Encoding) {
	if r.decoded || r.fatal != nil {
		return
	}
	r.decoded = true
	r.discard()
	rest := bytes.Clone(r.buf[:r.end])
	src := io.MultiReader(bytes.NewReader(rest), &sourceOf{r.src, r.srcErr})
	r.end = 0
	r.srcErr = nil
	r.src = e.NewDecoder().Reader(src)
	r.fillAhead()
}

// sourceOf is a source that may have ended already.
type sourceOf struct {
	io.Reader
	err error
}

func (s *sourceOf) Read(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	return s.Reader.Read(p)
}
