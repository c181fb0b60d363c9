package collect

import (
	"bytes"

	"github.com/hostledger/hostledger/ledger"
)

// accessLog reads the access log of a web server: lines of fields with texts
// of the server's configuration between them.
//
// Clients write much of a line. A field that could feign its own end is never
// passed: fields before the first of these are found from the line's beginning,
// fields behind the last one from its end, and a format that has between the two
// what counts is refused (access_format.go).
type accessLog struct {
	stateless
	head   []byte // the text before the first field
	fields []field
	front  int // fields before this one are found from the line's beginning
	back   int // this and later ones are found from its end
	quotes int // in the texts between the two; -1 where a field may have quotes
	stamp  stamp
}

// field is what a server writes in one place of its lines.
type field struct {
	name  string // as the configuration has it
	holds role
	rank  int // among the fields that hold the same: the lowest counts
	of    alphabet
	width int    // in bytes, where it is always the same, else 0
	after []byte // the text between this field and the next
	stamp stamp  // of a time
}

// role is what a field tells.
type role uint8

const (
	nothing    role = iota
	when            // the time of the request
	serverName      // the site, by the server's configuration
	hostName        // the site, by the request
	sent            // bytes
	received        // bytes
	exchanged       // bytes sent and received
	roleCount
)

// alphabet tells which characters a field may have.
type alphabet uint8

const (
	safe     alphabet = iota // numbers, addresses and names that nobody can choose
	unbroken                 // no blanks, quotes, colons or control characters
	escaped                  // no control characters, and quotes behind backslashes
	raw                      // any
)

// lacks tells that a field of the alphabet cannot have c, unless escaped.
func (a alphabet) lacks(c byte) bool {
	switch a {
	case safe:
		return true
	case unbroken:
		return c == ' ' || c == ':' || c == '"' || c == '\t'
	case escaped:
		return c == '"' || c == '\t'
	}
	return false
}

// values are the texts of a line, by what they hold.
type values [roleCount][]byte

func (a *accessLog) parse(line []byte, from *origin, found *tally) {
	var v values
	if !a.match(line, &v) {
		found.miss(notUnderstood, line)
		return
	}
	date, ok := a.stamp.date(v[when], from.zone)
	if !ok {
		found.miss(notUnderstood, line)
		return
	}
	v.count(line, date, from, found)
}

// match finds the fields of a line.
func (a *accessLog) match(line []byte, v *values) bool {
	rest, ok := bytes.CutPrefix(line, a.head)
	for i := 0; i < a.front && ok; i++ {
		rest, ok = a.takeFirst(i, rest, v)
	}
	for i := len(a.fields) - 1; i >= a.back && ok; i-- {
		rest, ok = a.takeLast(i, rest, v)
	}
	if !ok || a.front == a.back {
		return ok && len(rest) == 0
	}
	rest, ok = bytes.CutSuffix(rest, a.fields[a.back-1].after)
	return ok && a.isBetween(rest)
}

// takeFirst finds field i at the beginning of rest and cuts it off.
func (a *accessLog) takeFirst(i int, rest []byte, v *values) ([]byte, bool) {
	f := &a.fields[i]
	end := f.end(rest)
	if end < 0 || end > len(rest) || !bytes.HasPrefix(rest[end:], f.after) {
		return nil, false
	}
	v[f.holds] = rest[:end]
	return rest[end+len(f.after):], true
}

// takeLast finds field i at the end of rest and cuts it off.
func (a *accessLog) takeLast(i int, rest []byte, v *values) ([]byte, bool) {
	f := &a.fields[i]
	rest, ok := bytes.CutSuffix(rest, f.after)
	start := 0
	if i > a.front || f.width > 0 {
		start = f.start(rest, a.before(i))
	}
	if !ok || start < 0 {
		return nil, false
	}
	v[f.holds] = rest[start:]
	return rest[:start], true
}

// before returns the text in front of field i.
func (a *accessLog) before(i int) []byte {
	if i == 0 {
		return a.head
	}
	return a.fields[i-1].after
}

// end returns how long the field at the beginning of b is, or a number that is
// not within b.
func (f *field) end(b []byte) int {
	if f.width > 0 {
		return f.width
	}
	if len(f.after) == 0 {
		return len(b)
	}
	if f.after[0] == ':' && len(b) > 0 && b[0] == '[' {
		// An IPv6 address has colons of its own.
		address := bytes.IndexByte(b, ']') + 1
		return address + bytes.IndexByte(b[address:], ':')
	}
	return indexUnescaped(b, f.after[0])
}

// start returns where the field at the end of b, behind the text before,
// begins, or -1.
func (f *field) start(b, before []byte) int {
	if f.width > 0 {
		return len(b) - f.width
	}
	return lastIndexUnescaped(b, before[len(before)-1]) + 1
}

// isBetween tells whether b may be what the fields between front and back have
// written. A line that was cut off, with another one behind it, has more quotes.
func (a *accessLog) isBetween(b []byte) bool {
	const noName = `""` // of a user, by Apache
	count := unescapedQuotes(b)
	return a.quotes < 0 || count == a.quotes || count == a.quotes+len(noName) && bytes.Contains(b, []byte(noName))
}

func unescapedQuotes(b []byte) (count int) {
	for i := indexUnescaped(b, '"'); i >= 0; i = indexUnescaped(b, '"') {
		b = b[i+1:]
		count++
	}
	return count
}

// indexUnescaped returns where the first c is that has no backslash of its own,
// or -1.
func indexUnescaped(b []byte, c byte) int {
	for from := 0; ; {
		i := bytes.IndexByte(b[from:], c)
		if i < 0 {
			return -1
		}
		from += i
		if !isEscaped(b, from) {
			return from
		}
		from++
	}
}

// lastIndexUnescaped returns where the last c is that has no backslash of its
// own, or -1.
func lastIndexUnescaped(b []byte, c byte) int {
	i := bytes.LastIndexByte(b, c)
	for i > 0 && isEscaped(b, i) {
		i = bytes.LastIndexByte(b[:i], c)
	}
	return i
}

// isEscaped tells whether the backslashes before b[i] are an odd number.
func isEscaped(b []byte, i int) bool {
	odd := false
	for i--; i >= 0 && b[i] == '\\'; i-- {
		odd = !odd
	}
	return odd
}

// count adds what a line tells to the tally.
func (v *values) count(line []byte, date ledger.Date, from *origin, found *tally) {
	out, in, ok := v.sizes()
	if !ok {
		found.miss(notUnderstood, line)
		return
	}
	if out < 0 || in < 0 {
		found.miss(badSize, line)
		return
	}
	var room [256]byte
	domain, owner := v.domain(append(room[:0], from.domain...))
	if len(domain) == 0 {
		found.miss(noDomain, line)
		return
	}
	found.add(domain, owner, date, httpOut, out)
	if v[received] != nil {
		found.add(domain, owner, date, httpIn, in)
	}
}

// sizes returns the bytes sent and received; a number that cannot be is
// negative.
func (v *values) sizes() (out, in int64, ok bool) {
	in, ok = byteCount(v[received])
	if v[exchanged] != nil {
		both, isNumber := byteCount(v[exchanged])
		return both - max(in, 0), in, ok && isNumber
	}
	out, isNumber := byteCount(v[sent])
	return out, in, ok && isNumber
}

// byteCount reads a number of bytes. It is -1 when it is too large, and 0 where
// a server had none to write.
func byteCount(text []byte) (n int64, ok bool) {
	if len(text) == 0 || string(text) == "-" {
		return 0, true
	}
	for _, c := range text {
		digit := int64(c) - '0'
		if digit < 0 || digit > 9 {
			return 0, false
		}
		if n = n*10 + digit; n < 0 || n > mostBytes {
			n = -1
		}
	}
	return n, true
}

// domain returns the site that a line is of, without its port: by the server's
// configuration, else by the request, else the one of the whole log.
func (v *values) domain(ofLog []byte) (name []byte, owner whose) {
	if name := withoutPort(v[serverName]); isSiteName(name) {
		return name, ours
	}
	if name := withoutPort(v[hostName]); isSiteName(name) {
		return name, anyone
	}
	return ofLog, ours
}

// isSiteName tells whether a server's or host's name means a site: nginx
// writes _ for servers without a name, and patterns of names.
func isSiteName(name []byte) bool {
	if len(name) < 2 {
		return len(name) == 1 && name[0] != '-' && name[0] != '_'
	}
	return name[0] != '~' && bytes.IndexByte(name, '*') < 0
}

// withoutPort returns a host without its port.
func withoutPort(host []byte) []byte {
	colon := bytes.LastIndexByte(host, ':')
	if colon < 0 || bytes.IndexByte(host[:colon], ':') >= 0 && host[colon-1] != ']' {
		return host // without a port, or an IPv6 address
	}
	return host[:colon]
}
