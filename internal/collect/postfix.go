package collect

import (
	"bytes"
	"net"
	"strings"
)

// postfix reads what Postfix logs. Several lines make a message known: qmgr
// tells the sender and the size, and each delivery names the message by its
// queue id. A message counts as received for every recipient that it is
// delivered to, and as sent once, when its first recipient is done with.
type postfix struct {
	openMessages
	filters []relayName
}

// relayName is where messages are handed to.
type relayName struct {
	host string // name, address or socket, or a transport's name
	port string // "" for any
}

// newPostfix returns a parser that passes over deliveries to filters, which
// give each message back as one of its own.
func newPostfix(filters []string) *postfix {
	p := &postfix{openMessages: newOpenMessages()}
	for _, filter := range filters {
		if transport := strings.Index(filter, ":["); transport > 0 {
			filter = filter[transport+1:] // of scan:[127.0.0.1]:10025, as content_filter has it
		}
		host, port, err := net.SplitHostPort(filter)
		if err != nil {
			host, port = strings.Trim(filter, "[]"), ""
		}
		p.filters = append(p.filters, relayName{host, port})
	}
	return p
}

// parse reads a line of any of Postfix's programs. Most say nothing of sizes and
// recipients, and are left by their program's name.
func (p *postfix) parse(e *entry, from *origin, found *tally) {
	daemon := e.program[bytes.LastIndexByte(e.program, '/')+1:]
	switch string(daemon) {
	case "qmgr", "oqmgr", "nqmgr", "postsuper", "pickup", "smtp", "lmtp", "local", "virtual", "pipe", "error", "discard":
	default:
		return
	}
	id, text, ok := queueID(e.text)
	if !ok {
		return
	}
	p.passTo(e.day, from.latest)
	l := postfixLine{entry: e, daemon: daemon, key: p.keyOf(e, id), from: from, found: found}
	switch {
	case string(text) == "removed":
		p.remove(l.key)
	case bytes.HasPrefix(text, []byte("to=<")):
		p.delivery(&l, text)
	case bytes.HasPrefix(text, []byte("from=<")):
		p.sender(&l, text)
	case bytes.HasPrefix(text, []byte("uid=")):
		p.pickedUp(&l, text)
	}
}

// postfixLine is a line that is about a message.
type postfixLine struct {
	*entry
	daemon []byte
	key    []byte
	from   *origin
	found  *tally
}

// queueID cuts "4cX9ZQ0Hb1z9vBk: " or "3F2A1C0042: " off a text.
func queueID(text []byte) (id, rest []byte, ok bool) {
	for i, c := range text {
		if c == ':' {
			return text[:i], text[min(i+2, len(text)):], i > 0 && bytes.HasPrefix(text[i:], []byte(": "))
		}
		if !isAlphanumeric(c) {
			break
		}
	}
	return nil, nil, false
}

func isAlphanumeric(c byte) bool { return c-'0' <= 9 || c|0x20-'a' < 26 }

// sender reads "from=<a@example.com>, size=1234, nrcpt=1 (queue active)" and
// "from=<a@example.com>, status=expired, returned to sender".
func (p *postfix) sender(l *postfixLine, text []byte) {
	sender, rest, ok := readAddress(text[len("from="):])
	if !ok {
		return
	}
	if size, isSize := bytes.CutPrefix(rest, []byte(", size=")); isSize {
		p.queued(l, sender, size)
		return
	}
	status, _, _ := bytes.Cut(bytes.TrimPrefix(rest, []byte(", status=")), []byte(","))
	if isDone(status) {
		p.done(l, p.messages[string(l.key)])
	}
}

func (p *postfix) queued(l *postfixLine, sender address, text []byte) {
	size, rest, ok := number(text)
	if !bytes.HasPrefix(rest, []byte(", nrcpt=")) {
		return
	}
	if !ok {
		l.found.miss(badSize, l.line)
		return
	}
	if len(sender.local) > 0 || len(sender.domain) > 0 {
		sender.domain = l.from.fallback(sender.domain)
		if len(sender.domain) == 0 {
			l.found.miss(noDomain, l.line)
		}
	}
	p.begin(l.key, sender.domain, size, l.day)
}

// pickedUp reads "uid=103 from=<a@example.com> orig_id=3F2A1C0042", where the
// end is that of a message which the administrator put into the queue anew.
func (p *postfix) pickedUp(l *postfixLine, text []byte) {
	_, text, _ = bytes.Cut(text, []byte(" from="))
	_, rest, _ := readAddress(text)
	if before, isAgain := bytes.CutPrefix(rest, []byte(" orig_id=")); isAgain {
		again := string(l.key)
		p.requeue(p.keyOf(l.entry, before), again, l.day)
	}
}

// delivery reads "to=<a@example.com>, orig_to=<b@example.com>, relay=…, delay=…,
// delays=…, dsn=…, status=sent (what the relay said)", from the front, because
// the end is as somebody else wants it.
func (p *postfix) delivery(l *postfixLine, text []byte) {
	to, rest, ok := readAddress(text[len("to="):])
	if !ok {
		return
	}
	owner := ours
	if string(l.daemon) == "smtp" {
		owner = anyone
	}
	if text, isRewritten := bytes.CutPrefix(rest, []byte(", orig_to=")); isRewritten {
		original, afterwards, ok := readAddress(text)
		if !ok {
			return
		}
		if rest = afterwards; len(original.domain) > 0 {
			to, owner = original, ours // who rewrites an address serves it
		}
	}
	relay, status, response := readAttributes(rest)
	switch {
	case isDone(status):
		p.done(l, p.messages[string(l.key)])
	case string(status) == "sent":
		p.sent(l, to.domain, owner, relay, response)
	}
}

// isDone tells whether a message is given up with a status.
func isDone(status []byte) bool {
	switch string(status) {
	case "bounced", "expired", "force-expired":
		return true
	}
	return false
}

func (p *postfix) sent(l *postfixLine, domain []byte, owner whose, relay, response []byte) {
	if p.isFilter(relay) {
		return
	}
	m := p.messages[string(l.key)]
	p.done(l, m)
	if string(l.daemon) == "local" {
		if id, isForwarded := bytes.CutPrefix(response, []byte("(forwarded as ")); isForwarded {
			p.forward(p.keyOf(l.entry, bytes.TrimSuffix(id, []byte(")"))), l.day)
			return
		}
	}
	if m == nil || m.size == sizeUnknown {
		return
	}
	if domain = l.from.fallback(domain); len(domain) == 0 {
		l.found.miss(noDomain, l.line)
		return
	}
	l.found.add(domain, owner, l.day, smtpIn, m.size)
}

// done counts a message for its sender, unless it was counted with an earlier
// recipient.
func (p *postfix) done(l *postfixLine, m *message) {
	if m == nil || m.size == sizeUnknown {
		l.found.miss(noBeginning, l.line)
		return
	}
	if !m.counted && !m.forwarded && len(m.sender) > 0 {
		l.found.add(m.sender, anyone, l.day, smtpOut, m.size)
	}
	m.counted = true
}

// isFilter tells whether a relay, such as localhost[127.0.0.1]:10024 or a
// transport's name, is one of the filters.
func (p *postfix) isFilter(relay []byte) bool {
	if len(p.filters) == 0 {
		return false
	}
	name, rest, _ := bytes.Cut(relay, []byte("["))
	address, port, _ := bytes.Cut(rest, []byte("]"))
	port = bytes.TrimPrefix(port, []byte(":"))
	for _, f := range p.filters {
		if (f.port == "" || f.port == string(port)) && (f.host == string(name) || f.host == string(address)) {
			return true
		}
	}
	return false
}
