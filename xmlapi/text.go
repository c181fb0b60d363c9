package xmlapi

import (
	"bytes"
	"unicode/utf8"
)

// skipMisc moves over what may stand around the root element.
func (r *Reader) skipMisc() {
	for r.fatal == nil && r.skipSpace() {
		switch {
		case r.hasPrefix("<!--"):
			r.skipComment()
		case r.hasPrefix("<?"):
			r.skipInstruction()
		default:
			return
		}
	}
}

func (r *Reader) skipComment() {
	r.pos += len("<!--")
	for r.fatal == nil {
		r.skipPlain('-')
		if r.hasPrefix("--") {
			if !r.hasPrefix("-->") {
				r.malformed()
				return
			}
			r.pos += 3
			return
		}
		r.skipChar()
	}
}

func (r *Reader) skipInstruction() {
	r.pos += len("<?")
	n := r.nameLength(r.pos)
	if n == 0 {
		r.malformed()
		return
	}
	if target := string(r.buf[r.pos : r.pos+n]); len(target) == 3 && (target[0]|0x20) == 'x' && (target[1]|0x20) == 'm' && (target[2]|0x20) == 'l' {
		r.malformed()
		return
	}
	r.pos += n
	if !r.hasPrefix("?>") && (!r.has(1) || !isSpace(r.buf[r.pos])) {
		r.malformed()
		return
	}
	for r.fatal == nil {
		r.skipPlain('?')
		if r.hasPrefix("?>") {
			r.pos += 2
			return
		}
		r.skipChar()
	}
}

// skipPlain moves over plain text in the window up to the byte that could end it.
func (r *Reader) skipPlain(end byte) {
	n := runOf(&plainText, r.buf[r.pos:r.end])
	if i := bytes.IndexByte(r.buf[r.pos:r.pos+n], end); i >= 0 {
		n = i
	}
	r.pos += n
}

// skipChar consumes one character of those that XML allows.
func (r *Reader) skipChar() { r.pos += r.nextChar() }

// nextChar returns the bytes of the next character, 0 when there is none or
// XML does not allow it.
func (r *Reader) nextChar() int {
	n := 0
	if r.has(1) {
		n = r.charLength(r.pos)
	}
	if n == 0 {
		r.malformed()
	}
	return n
}

// charLength returns the bytes of the character at i, which must be in the
// window, or 0 when XML does not allow it (XML 1.0, 2.2).
func (r *Reader) charLength(i int) int {
	c := r.buf[i]
	switch {
	case c >= utf8.RuneSelf:
		skip := i - r.pos
		if r.has(skip + utf8.UTFMax); r.fatal != nil {
			return 0
		}
		i = r.pos + skip
		char, n := utf8.DecodeRune(r.buf[i:r.end])
		if char == utf8.RuneError && n <= 1 || char == 0xFFFE || char == 0xFFFF {
			return 0
		}
		return n
	case c < ' ' && c != '\t' && c != '\n' && c != '\r':
		return 0
	}
	return 1
}

// reference reads a reference i bytes after pos: one of XML's own five
// entities or a character by number. It returns 0 for anything else.
func (r *Reader) reference(i int) (size int, char rune) {
	const longest = len("&#x0010FFFF;") + 8 // leading zeros are allowed
	for n := 2; n <= longest && r.has(i+n); n++ {
		if r.buf[r.pos+i+n-1] == ';' {
			char, ok := resolveReference(string(r.buf[r.pos+i+1 : r.pos+i+n-1]))
			if !ok {
				return 0, 0
			}
			return n, char
		}
	}
	return 0, 0
}

func resolveReference(name string) (rune, bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], rune(10)
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	var char rune
	for _, c := range []byte(digits) {
		var digit rune
		switch {
		case c >= '0' && c <= '9':
			digit = rune(c - '0')
		case base == 16 && c|0x20 >= 'a' && c|0x20 <= 'f':
			digit = rune(c|0x20-'a') + 10
		default:
			return 0, false
		}
		if char = char*base + digit; char > utf8.MaxRune {
			return 0, false
		}
	}
	allowed := char >= ' ' && (char < 0xD800 || char > 0xDFFF) && char != 0xFFFE && char != 0xFFFF ||
		char == '\t' || char == '\n' || char == '\r'
	return char, digits != "" && allowed
}

// readText appends text up to the next tag, comment or instruction to r.text,
// with references resolved, line ends made one (XML 1.0, 2.11) and CDATA
// sections taken in.
func (r *Reader) readText() {
	for r.fatal == nil {
		r.readPlain()
		if !r.has(1) || len(r.text) > r.limits.Text {
			if len(r.text) > r.limits.Text {
				r.fail(errTooLong(r.limits.Text))
			}
			r.malformed()
			return
		}
		switch c := r.buf[r.pos]; c {
		case '<':
			if !r.hasPrefix("<![CDATA[") {
				return
			}
			r.readCDATA()
		case '&':
			size, char := r.reference(0)
			if size == 0 {
				r.malformed()
				return
			}
			r.text = utf8.AppendRune(r.text, char)
			r.pos += size
		case ']':
			if r.hasPrefix("]]>") {
				r.malformed()
				return
			}
			r.readChar()
		default:
			r.readChar()
		}
	}
}

// readPlain appends what of the text in the window stands for itself.
func (r *Reader) readPlain() {
	n := runOf(&plainText, r.buf[r.pos:r.end])
	r.text = append(r.text, r.buf[r.pos:r.pos+n]...)
	r.pos += n
}

func (r *Reader) readCDATA() {
	r.pos += len("<![CDATA[")
	for r.fatal == nil {
		r.readPlain()
		if r.hasPrefix("]]>") {
			r.pos += 3
			return
		}
		if len(r.text) > r.limits.Text {
			r.fail(errTooLong(r.limits.Text))
			return
		}
		r.readChar()
	}
}

// readChar appends one character to r.text.
func (r *Reader) readChar() {
	n := r.nextChar()
	if n == 0 {
		return
	}
	if r.buf[r.pos] == '\r' {
		if !r.hasPrefix("\r\n") {
			r.text = append(r.text, '\n')
		}
		r.pos++
		return
	}
	r.text = append(r.text, r.buf[r.pos:r.pos+n]...)
	r.pos += n
}
