package collect

import (
	"bytes"
	"math"
)

// dovecotProgram is how Dovecot's programs call themselves to syslog.
const dovecotProgram = "dovecot"

// dovecot reads what Dovecot logs at the end of IMAP and POP3 sessions.
type dovecot struct {
	users map[string]string // domains of users whose names have none
}

func newDovecot(users map[string]string) *dovecot { return &dovecot{users: users} }

// dovecotServices are the programs whose sessions count. One that hibernates
// ends its session in another program, which tells the bytes of both.
var dovecotServices = [][]byte{[]byte("imap("), []byte("pop3("), []byte("imap-hibernate(")}

func (d *dovecot) parse(e *entry, from *origin, found *tally) {
	text, times := unrepeated(e.text)
	for _, service := range dovecotServices {
		if session, ok := bytes.CutPrefix(text, service); ok {
			d.session(e, session, times, from, found)
			return
		}
	}
}

// unrepeated takes apart "message repeated 2 times: [ text]", which rsyslog
// writes for a line that comes again unless it is told not to.
func unrepeated(text []byte) (once []byte, times int64) {
	rest, ok := bytes.CutPrefix(text, []byte("message repeated "))
	if !ok {
		return text, 1
	}
	times, rest, ok = number(rest)
	once, isRepeated := bytes.CutPrefix(rest, []byte(" times: [ "))
	if !ok || !isRepeated {
		return text, 1
	}
	return bytes.TrimSuffix(once, []byte("]")), times
}

// session reads "user)<123><id>: Disconnected: Logged out in=12 out=345 …",
// which begins after the service.
func (d *dovecot) session(e *entry, text []byte, times int64, from *origin, found *tally) {
	user, text, ok := cutUser(text)
	text = bytes.TrimPrefix(text, []byte("Info: ")) // where Dovecot writes the log itself
	if !ok || !isEndOfSession(text) {
		return
	}
	in, out, ok := sessionBytes(text)
	if !ok {
		found.miss(notUnderstood, e.line)
		return
	}
	domain := d.domainOf(user, from)
	if len(domain) == 0 {
		found.miss(noDomain, e.line)
		return
	}
	found.add(domain, ours, e.day, pop3IMAPIn, timesBytes(in, times))
	found.add(domain, ours, e.day, pop3IMAPOut, timesBytes(out, times))
}

// cutUser cuts off "user)<123><id>: ", "user)[123]: " or "user): ". A user's
// name may have parentheses.
func cutUser(text []byte) (user, rest []byte, ok bool) {
	for i := 0; i+1 < len(text); i++ {
		if text[i] == ')' && (text[i+1] == ':' || text[i+1] == '<' || text[i+1] == '[') {
			_, rest, ok = bytes.Cut(text[i+1:], []byte(": "))
			return text[:i], rest, ok
		}
	}
	return nil, nil, false
}

// endsOfSessions is how the last line of a session begins. Other lines may have
// numbers that whoever wrote a message chose, such as those of the mail_log
// plugin.
var endsOfSessions = [][]byte{
	[]byte("Disconnected"), []byte("Logged out"), []byte("Connection closed"), []byte("Server shutting down"),
	[]byte("Inactivity"), []byte("Too many"), []byte("IMAP session state is inconsistent"), []byte("Input line too long"),
}

func isEndOfSession(text []byte) bool {
	for _, beginning := range endsOfSessions {
		if bytes.HasPrefix(text, beginning) {
			return true
		}
	}
	return false
}

// sessionBytes returns what the client sent and got. They stand at the end,
// after a reason of any words: as in=1 out=2 by default for IMAP, bytes=1/2 in
// many configurations, and for POP3 by default only what messages and parts of
// messages went out: "top=0/0, retr=1/2345, del=0/1, size=2345".
func sessionBytes(text []byte) (in, out int64, ok bool) {
	if in, rest, ok := lastNumber(text, " in="); ok {
		out, _, ok := lastNumber(rest, " out=")
		return in, out, ok
	}
	if in, rest, ok := lastNumber(text, " bytes="); ok {
		out, ok := afterSlash(rest)
		return in, out, ok
	}
	_, rest, ok := lastNumber(text, " retr=")
	if !ok {
		return 0, 0, false
	}
	out, ok = afterSlash(rest)
	if _, rest, hasTop := lastNumber(text, " top="); hasTop {
		top, _ := afterSlash(rest)
		out += top
	}
	return 0, out, ok
}

func lastNumber(text []byte, name string) (n int64, rest []byte, ok bool) {
	at := bytes.LastIndex(text, []byte(name))
	if at < 0 {
		return 0, nil, false
	}
	return number(text[at+len(name):])
}

func afterSlash(text []byte) (n int64, ok bool) {
	text, ok = bytes.CutPrefix(text, []byte("/"))
	if !ok {
		return 0, false
	}
	n, _, ok = number(text)
	return n, ok
}

// domainOf returns the domain of a user. Somebody who uses the mailbox of
// another one by a master password may be named behind an asterisk.
func (d *dovecot) domainOf(user []byte, from *origin) []byte {
	user, _, _ = bytes.Cut(user, []byte("*"))
	if at := bytes.LastIndexByte(user, '@'); at >= 0 && at+1 < len(user) {
		return user[at+1:]
	}
	return from.fallback([]byte(d.users[string(user)]))
}

func timesBytes(bytes, times int64) int64 {
	if times > 0 && bytes > math.MaxInt64/times {
		return math.MaxInt64
	}
	return bytes * times
}
