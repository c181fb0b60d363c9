package collect

import "bytes"

// mail reads the logs of mail servers: Postfix's, Dovecot's or one that has
// both.
type mail struct {
	heads   heads
	postfix *postfix // nil: its lines are passed over
	dovecot *dovecot // nil: its lines are passed over
}

func newMailParser(p *postfix, d *dovecot) parser { return &mail{postfix: p, dovecot: d} }

func (m *mail) parse(line []byte, from *origin, found *tally) {
	e, ok := m.heads.read(line, from)
	switch {
	case !ok:
		found.miss(notUnderstood, line)
	case m.postfix != nil && bytes.IndexByte(e.program, '/') > 0:
		m.postfix.parse(&e, from, found)
	case m.dovecot != nil && bytes.HasPrefix(e.program, []byte(dovecotProgram)):
		m.dovecot.parse(&e, from, found)
	}
}

// save has only Postfix's part: Dovecot's lines stand alone.
func (m *mail) save(b []byte) []byte {
	if m.postfix == nil {
		return b
	}
	return m.postfix.save(b)
}

func (m *mail) restore(saved []byte) error {
	if m.postfix == nil {
		return nil
	}
	return m.postfix.restore(saved)
}

// number reads the decimal number that text begins with.
func number(text []byte) (n int64, rest []byte, ok bool) {
	i := 0
	for ; i < len(text) && text[i]-'0' <= 9; i++ {
		n = n*10 + int64(text[i]-'0')
	}
	const mostDigits = 18 // so that n cannot overflow
	return n, text[i:], i > 0 && i <= mostDigits
}

// fallback returns the domain, or that of the whole log for one that is empty.
func (o *origin) fallback(domain []byte) []byte {
	if len(domain) == 0 {
		return []byte(o.domain)
	}
	return domain
}
