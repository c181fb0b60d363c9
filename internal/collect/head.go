package collect

import (
	"bytes"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// entry is a line of a mail log, taken apart from what syslog, journald or
// Dovecot put before its text.
type entry struct {
	line    []byte
	day     ledger.Date
	host    []byte
	program []byte // such as postfix/smtp; nil where the line names none
	text    []byte
}

// heads reads the heads of lines. It remembers the day of the last stamp, which
// is mostly that of the next.
type heads struct {
	shown  []byte // the date as the last stamp has it
	latest ledger.Date
	day    ledger.Date
}

func (h *heads) read(line []byte, from *origin) (e entry, ok bool) {
	if bytes.HasPrefix(line, []byte("{")) {
		return readJournal(line, from)
	}
	e.line = line
	rest, isStructured := bytes.CutPrefix(withoutPriority(line), []byte("1 "))
	if rest, ok = h.stamp(&e, rest, from.latest); !ok {
		return e, false
	}
	if isStructured {
		return e, e.structured(rest)
	}
	return e, e.tagged(rest)
}

// withoutPriority drops the <22> that some receivers leave before a line.
func withoutPriority(line []byte) []byte {
	const most = len("<191>")
	if len(line) > 0 && line[0] == '<' {
		if end := bytes.IndexByte(line[:min(most, len(line))], '>'); end > 0 {
			return line[end+1:]
		}
	}
	return line
}

// stamp reads "Nov 22 13:06:43 ", "2026-11-22T13:06:43.123456+01:00 " or
// "2026-11-22 13:06:43 ".
func (h *heads) stamp(e *entry, line []byte, latest ledger.Date) (rest []byte, ok bool) {
	const traditional, date = len("Nov 22 13:06:43 "), len("2026-11-22")
	if len(line) < traditional {
		return nil, false
	}
	if line[3] == ' ' && line[6] == ' ' && line[9] == ':' && line[12] == ':' && line[15] == ' ' {
		return line[traditional:], h.date(e, line[:len("Nov 22")], latest)
	}
	end := bytes.IndexByte(line[date+1:], ' ')
	if line[4] != '-' || (line[date] != 'T' && line[date] != ' ') || end < 0 {
		return nil, false
	}
	return line[date+1+end+1:], h.date(e, line[:date], latest)
}

// date sets the day of an entry by the date that its stamp shows.
func (h *heads) date(e *entry, shown []byte, latest ledger.Date) bool {
	if string(shown) != string(h.shown) || latest != h.latest {
		day, ok := dateShown(string(shown), latest)
		if !ok {
			return false
		}
		h.shown, h.latest, h.day = append(h.shown[:0], shown...), latest, day
	}
	e.day = h.day
	return true
}

func dateShown(shown string, latest ledger.Date) (ledger.Date, bool) {
	if len(shown) > len("Nov 22") {
		day, err := ledger.ParseDate(shown)
		return day, err == nil
	}
	const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec "
	month := strings.Index(months, shown[:len("Nov ")])
	day, rest, ok := number([]byte(strings.TrimLeft(shown[len("Nov "):], " ")))
	if month < 0 || !ok || len(rest) > 0 {
		return 0, false
	}
	return latestDate(month/len("Nov ")+1, int(day), latest)
}

// latestDate returns the last date of the month and day that is not after
// latest. The 29th of February may be eight years ago.
func latestDate(month, day int, latest ledger.Date) (ledger.Date, bool) {
	const leapYearsApart = 8
	year := int(latest) / 10000
	for back := range leapYearsApart + 1 {
		if d, ok := ledger.NewDate(year-back, month, day); ok && d <= latest {
			return d, true
		}
	}
	return 0, false
}

// tagged reads "host postfix/smtp[123]: text", or what Dovecot writes by itself,
// which has no host and begins with the session: "imap(user)<123><id>: text".
func (e *entry) tagged(rest []byte) bool {
	host, tag, ok := bytes.Cut(rest, []byte(" "))
	if bytes.IndexByte(host, '(') >= 0 {
		e.program, e.text = []byte(dovecotProgram), rest
		return true
	}
	end := bytes.IndexByte(tag, ' ')
	if !ok || end < 0 {
		return ok
	}
	e.host, e.text = host, tag[end+1:]
	if name, isTag := bytes.CutSuffix(tag[:end], []byte(":")); isTag {
		e.program = name
		if process := bytes.IndexByte(name, '['); process >= 0 {
			e.program = name[:process]
		}
	}
	return true
}

// structured reads what RFC 5424 has after the stamp: host, program, process,
// kind of message, data and the text.
func (e *entry) structured(rest []byte) bool {
	var fields [4][]byte
	for i := range fields {
		var ok bool
		if fields[i], rest, ok = bytes.Cut(rest, []byte(" ")); !ok {
			return false
		}
	}
	e.host, e.program = fields[0], fields[1]
	e.text = bytes.TrimPrefix(withoutData(rest), []byte("\uFEFF"))
	return true
}

// withoutData drops RFC 5424's data: "-" or elements such as [id name="value"],
// whose values may have brackets.
func withoutData(rest []byte) []byte {
	quoted := false
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case c == ' ' && !quoted && i > 0 && (rest[i-1] == ']' || rest[i-1] == '-'):
			return rest[i+1:]
		}
	}
	return nil
}
