package xmlapi

import "github.com/hostledger/hostledger/ledger"

// The fast paths read an element in its plainest form, <name>value</name> with
// nothing but white space before it and in its tags, straight from the window.
// Whatever else is there (attributes, references, comments, other elements, a
// value that is not of the type, the window's end) is left to the general path.

// at returns the index after <name> when that is what comes next, else 0. It
// moves over the white space before it.
func (r *Reader) at(name string) int {
	if r.end-r.pos < lookahead && r.srcErr == nil {
		r.fillAhead()
	}
	if r.justEmpty || !r.ok() {
		return 0
	}
	if r.hasTag {
		return r.afterTag(name)
	}
	b := r.buf[r.pos:r.end]
	for i, c := range b {
		if !isSpace(c) {
			r.pos += i
			b = b[i:]
			break
		}
	}
	n := len(name)
	if len(b) < n+2 || b[0] != '<' || string(b[1:n+1]) != name {
		return 0
	}
	return r.afterBracket(r.pos + n + 1)
}

// afterTag returns the index after the start tag that has been looked at when
// it is of that name and has nothing else in it, else 0.
func (r *Reader) afterTag(name string) int {
	t := &r.tag
	if t.empty || t.namespace != "" || len(t.attrs)+len(t.bindings) > 0 || string(r.tagName()) != name {
		return 0
	}
	return r.pos + t.size
}

// afterBracket returns the index after the > at i, or behind white space
// there, else 0.
func (r *Reader) afterBracket(i int) int {
	if i < r.end && r.buf[i] != '>' {
		i = r.afterSpace(i)
	}
	if i < r.end && r.buf[i] == '>' {
		return i + 1
	}
	return 0
}

func (r *Reader) afterSpace(i int) int {
	for i < r.end && isSpace(r.buf[i]) {
		i++
	}
	return i
}

// fillAhead keeps enough in the window for a plain element to be in it whole.
func (r *Reader) fillAhead() {
	for r.end-r.pos < lookahead && r.fill() {
	}
}

// closes returns the index after </name> when that stands at i, else 0.
func (r *Reader) closes(i int, name string) int {
	n := len(name)
	b := r.buf[i:r.end]
	if len(b) < n+3 || b[0] != '<' || b[1] != '/' || string(b[2:n+2]) != name {
		return 0
	}
	return r.afterBracket(i + n + 2)
}

// closesText is closes for the text that begins at start and has nothing but
// white space from i on.
func (r *Reader) closesText(start, i int, name string) int {
	i = r.afterSpace(i)
	if i-start > r.limits.Text {
		return 0
	}
	return r.closes(i, name)
}

func (r *Reader) advance(i int) {
	r.pos, r.hasTag = i, false
	r.expected = r.expected[:0]
}

func (r *Reader) enterFast(name string) bool {
	i := r.at(name)
	if i == 0 || len(r.open) >= r.limits.Depth {
		return false
	}
	r.advance(i)
	r.open = append(r.open, openElement{name: name, offset: r.offset(), bindings: len(r.bindings)})
	return true
}

func (r *Reader) leaveFast() bool {
	if r.hasTag || r.justEmpty {
		return false
	}
	last := len(r.open) - 1
	i := r.closes(r.afterSpace(r.pos), r.open[last].name)
	if i == 0 {
		return false
	}
	r.advance(i)
	r.bindings = r.bindings[:r.open[last].bindings]
	r.open = r.open[:last]
	return true
}

// fastLeaf reads an element of plain ASCII text into r.text.
func (r *Reader) fastLeaf(name string) bool {
	i := r.at(name)
	if i == 0 || len(r.open) >= r.limits.Depth {
		return false
	}
	n := runOf(&plainText, r.buf[i:r.end])
	end := r.closes(i+n, name)
	if end == 0 || n > r.limits.Text {
		return false
	}
	r.text = append(r.text[:0], r.buf[i:i+n]...)
	r.closed = openElement{name: name, offset: r.base + int64(i)}
	r.advance(end)
	return true
}

// fastInteger reads an integer of up to 18 digits, from least up.
func (r *Reader) fastInteger(name string, least int64) (int64, bool) {
	i := r.at(name)
	if i == 0 {
		return 0, false
	}
	k := r.afterSpace(i)
	n, size := leadingDigits(r.buf[k:r.end])
	if size == 0 || size > mostDigits || n < least {
		return 0, false
	}
	end := r.closesText(i, k+size, name)
	if end == 0 {
		return 0, false
	}
	r.advance(end)
	return n, true
}

// fastDate reads a date of the form 2006-01-02.
func (r *Reader) fastDate(name string) (ledger.Date, bool) {
	i := r.at(name)
	if i == 0 {
		return 0, false
	}
	const size = len("2006-01-02")
	k := r.afterSpace(i)
	if r.end < k+size {
		return 0, false
	}
	b := r.buf[k : k+size]
	for _, digit := range [...]int{0, 1, 2, 3, 5, 6, 8, 9} {
		if b[digit]-'0' > 9 {
			return 0, false
		}
	}
	two := func(at int) int { return int(b[at]-'0')*10 + int(b[at+1]-'0') }
	d, ok := ledger.NewDate(two(0)*100+two(2), two(5), two(8))
	if !ok || b[4] != '-' || b[7] != '-' {
		return 0, false
	}
	end := r.closesText(i, k+size, name)
	if end == 0 {
		return 0, false
	}
	r.advance(end)
	return d, true
}

// fastString reads plain ASCII text without white space to collapse.
func (r *Reader) fastString(name string) (string, bool) {
	i := r.at(name)
	if i == 0 {
		return "", false
	}
	k := i
	for k < r.end && plainText[r.buf[k]] && (r.buf[k] > ' ' || r.buf[k] == ' ' && k > i && r.buf[k-1] != ' ') {
		k++
	}
	if k > i && r.buf[k-1] == ' ' || k-i > r.limits.Text {
		return "", false
	}
	end := r.closes(k, name)
	if end == 0 {
		return "", false
	}
	text := string(r.buf[i:k])
	r.advance(end)
	return text, true
}
