package xmlapi

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// tag is a start tag that has been looked at but not consumed.
type tag struct {
	nameLen   int // of the name as written
	size      int // of the whole tag
	empty     bool
	attrs     []attribute
	namespace string
	bindings  []binding // this tag's own
}

// reset makes it a tag of its name alone.
func (t *tag) reset(nameLen int) {
	t.nameLen, t.empty, t.namespace = nameLen, false, ""
	t.attrs, t.bindings = t.attrs[:0], t.bindings[:0]
}

type attribute struct {
	name, value string
}

// binding is a namespace prefix ("" is the default) and what it stands for.
type binding struct {
	prefix, uri string
}

type tagKind uint8

const (
	noTag tagKind = iota // the reader has failed
	startTag
	endTag
)

// nextTag moves to the next tag, over white space, comments and processing
// instructions. Text is a violation in an element that holds elements, unless
// mixed.
func (r *Reader) nextTag(mixed bool) tagKind {
	if r.hasTag {
		return startTag
	}
	for r.fatal == nil {
		if !r.skipSpace() {
			r.malformed()
			break
		}
		if r.buf[r.pos] != '<' {
			r.strayText(mixed)
			if !r.ok() && !mixed {
				return noTag
			}
			continue
		}
		if !r.has(2) {
			r.malformed()
			break
		}
		switch r.buf[r.pos+1] {
		case '/':
			return endTag
		case '!', '?':
			r.skipMarkup(mixed)
			if !r.ok() && !mixed {
				return noTag
			}
		default:
			if r.scanStartTag() {
				return startTag
			}
		}
	}
	return noTag
}

// skipSpace moves over white space and returns false at the end of the document.
func (r *Reader) skipSpace() bool {
	for {
		for i, c := range r.buf[r.pos:r.end] {
			if !isSpace(c) {
				r.pos += i
				return true
			}
		}
		if r.pos = r.end; !r.fill() {
			return false
		}
	}
}

// strayText consumes text between elements. Even a blank CDATA section is text.
// A no-break space is let through: the documentation indents its samples with
// it, and people paste them.
func (r *Reader) strayText(mixed bool) {
	isCDATA := r.hasPrefix("<![CDATA[")
	r.text = r.text[:0]
	r.readText()
	if !mixed && r.fatal == nil && (isCDATA || len(bytes.Trim(r.text, " \t\r\n\u00a0")) > 0) {
		r.violateIn(r.innermost(), "Character content other than whitespace is not allowed because the content type is 'element-only'.")
	}
}

// skipMarkup consumes what begins with <! or <? inside an element.
func (r *Reader) skipMarkup(mixed bool) {
	switch {
	case r.hasPrefix("<!--"):
		r.skipComment()
	case r.hasPrefix("<![CDATA["):
		r.strayText(mixed)
	case r.hasPrefix("<?"):
		r.skipInstruction()
	default:
		r.malformed()
	}
}

// nameLength returns the length of the name that begins at i, 0 when none
// does. The whole name is in the window afterwards; i stays valid because
// callers count from pos.
func (r *Reader) nameLength(i int) int {
	skip := i - r.pos
	n := 0
	if i < r.end && isNameByte(r.buf[i], true) {
		n = runOf(&nameBytes, r.buf[i:r.end])
	}
	for {
		if n > r.limits.Text {
			r.fail(errTooLong(r.limits.Text))
			return 0
		}
		if r.pos+skip+n >= r.end && !r.has(skip+n+1) {
			return n
		}
		c := r.buf[r.pos+skip+n]
		if c < utf8.RuneSelf {
			if !isNameByte(c, n == 0) {
				return n
			}
			n++
		} else {
			if r.has(skip + n + utf8.UTFMax); r.fatal != nil {
				return 0
			}
			char, size := utf8.DecodeRune(r.buf[r.pos+skip+n : r.end])
			if !isNameRune(char, n == 0) {
				return n
			}
			n += size
		}
	}
}

func errTooLong(limit int) error {
	return fmt.Errorf("An element is longer than %d bytes", limit)
}

// scanStartTag looks at the start tag at pos without consuming it.
func (r *Reader) scanStartTag() bool {
	n := r.nameLength(r.pos + 1)
	if n == 0 || !r.has(n+2) {
		r.malformed()
		return false
	}
	r.tag.reset(n)
	i := n + 1
	for r.pos+i < r.end && isSpace(r.buf[r.pos+i]) {
		i++
	}
	if r.pos+i < r.end && r.buf[r.pos+i] == '>' {
		r.tag.size = i + 1
	} else if !r.scanAttributes(n + 1) {
		return false
	}
	r.hasTag = true
	return true
}

// scanAttributes reads the rest of a start tag, from the byte after its name.
func (r *Reader) scanAttributes(i int) bool {
	for r.fatal == nil {
		spaced := false
		for r.has(i+1) && isSpace(r.buf[r.pos+i]) {
			i++
			spaced = true
		}
		if !r.has(i + 1) {
			break
		}
		switch c := r.buf[r.pos+i]; {
		case c == '>':
			r.tag.size = i + 1
			return r.resolve()
		case c == '/':
			if !r.has(i+2) || r.buf[r.pos+i+1] != '>' {
				r.malformed()
				return false
			}
			r.tag.size, r.tag.empty = i+2, true
			return r.resolve()
		case !spaced:
			r.malformed()
			return false
		}
		next, ok := r.scanAttribute(i)
		if !ok {
			r.malformed()
			return false
		}
		i = next
		if i > r.limits.Text {
			r.fail(errTooLong(r.limits.Text))
		}
	}
	r.malformed()
	return false
}

// scanAttribute reads one attribute i bytes after pos and returns where it ends.
func (r *Reader) scanAttribute(i int) (int, bool) {
	n := r.nameLength(r.pos + i)
	if n == 0 {
		return 0, false
	}
	name := string(r.buf[r.pos+i : r.pos+i+n])
	i += n
	i = r.spaceAfter(i)
	if !r.has(i+1) || r.buf[r.pos+i] != '=' {
		return 0, false
	}
	i = r.spaceAfter(i + 1)
	if !r.has(i + 1) {
		return 0, false
	}
	quote := r.buf[r.pos+i]
	if quote != '"' && quote != '\'' {
		return 0, false
	}
	i++
	var value []byte
	for {
		if len(value) > r.limits.Text {
			r.fail(errTooLong(r.limits.Text))
		}
		if !r.has(i + 1) {
			return 0, false
		}
		c := r.buf[r.pos+i]
		switch {
		case c == quote:
			return i + 1, r.addAttribute(name, string(value))
		case c == '<':
			return 0, false
		case c == '&':
			size, char := r.reference(i)
			if size == 0 {
				return 0, false
			}
			value = utf8.AppendRune(value, char)
			i += size
		case isSpace(c):
			value = append(value, ' ')
			i++
		default:
			size := r.charLength(r.pos + i)
			if size == 0 {
				return 0, false
			}
			value = append(value, r.buf[r.pos+i:r.pos+i+size]...)
			i += size
		}
	}
}

func (r *Reader) spaceAfter(i int) int {
	for r.has(i+1) && isSpace(r.buf[r.pos+i]) {
		i++
	}
	return i
}

// mostAttributes is far more than any element of the protocol has: none has
// more than one.
const mostAttributes = 64

func (r *Reader) addAttribute(name, value string) bool {
	for _, a := range r.tag.attrs {
		if a.name == name {
			return false
		}
	}
	if len(r.tag.attrs) >= mostAttributes {
		r.fail(fmt.Errorf("An element has more than %d attributes", mostAttributes))
		return false
	}
	r.tag.attrs = append(r.tag.attrs, attribute{name, value})
	return true
}

// consumeTag consumes the start tag that nextTag found and opens its element.
func (r *Reader) consumeTag(name string) {
	r.pos += r.tag.size
	r.hasTag = false
	if len(r.open) >= r.limits.Depth {
		r.fail(fmt.Errorf("Elements are nested more than %d deep", r.limits.Depth))
		return
	}
	r.open = append(r.open, openElement{name: name, offset: r.offset(), bindings: len(r.bindings)})
	r.bindings = append(r.bindings, r.tag.bindings...)
}

// closeElement closes the innermost open element.
func (r *Reader) closeElement() {
	last := len(r.open) - 1
	r.closed = r.open[last]
	r.bindings = r.bindings[:r.closed.bindings]
	r.open = r.open[:last]
}

// tagName returns the name of the start tag at pos, as written.
func (r *Reader) tagName() []byte { return r.buf[r.pos+1 : r.pos+1+r.tag.nameLen] }

// consumeEnd consumes the end tag at pos, which must be that of the innermost
// open element, and closes it.
func (r *Reader) consumeEnd() {
	last := len(r.open) - 1
	name := r.open[last].name
	if !r.has(2+len(name)) || string(r.buf[r.pos+2:r.pos+2+len(name)]) != name {
		r.malformed()
		return
	}
	r.pos += 2 + len(name)
	if !r.skipSpace() || r.buf[r.pos] != '>' {
		r.malformed()
		return
	}
	r.pos++
	r.closeElement()
}

// walk reads on, checking well-formedness only, until no more than depth
// elements are open.
func (r *Reader) walk(depth int) {
	for r.fatal == nil && len(r.open) > depth {
		switch r.nextTag(true) {
		case startTag:
			r.walkInto(string(r.tagName()))
		case endTag:
			r.consumeEnd()
		case noTag:
			return
		}
	}
}

// walkInto consumes a start tag without expectations.
func (r *Reader) walkInto(name string) {
	empty := r.tag.empty
	r.consumeTag(name)
	if empty && r.fatal == nil {
		r.closeElement()
	}
}
