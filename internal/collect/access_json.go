package collect

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// jsonAccess reads access logs that have a JSON object in each line. What an
// object within it has goes by both names, with a dot between them.
type jsonAccess struct {
	stateless
	names map[string]jsonName
	path  []byte // kept for the next line
}

// jsonName is what the value of a name tells.
type jsonName struct {
	holds role
	rank  int // among the names that hold the same: the lowest counts
}

// jsonNames are the names that servers and their manuals use, the best first.
var jsonNames = [roleCount][]string{
	when:       {"time_iso8601", "@timestamp", "timestamp", "time", "time_local", "msec", "ts"},
	serverName: {"server_name", "vhost", "virtual_host"},
	hostName:   {"host", "http_host", "request.host"},
	sent:       {"bytes_sent", "bytes_out", "body_bytes_sent", "size", "bytes"},
	received:   {"request_length", "bytes_in", "bytes_received", "bytes_read"},
}

// newJSONAccess returns a parser for lines whose names are these fields; those
// of jsonNames stand for the ones that are not given.
func newJSONAccess(fields map[string]string) (*jsonAccess, error) {
	names := jsonNames
	for field, name := range fields {
		switch field {
		case "time":
			names[when] = []string{name}
		case "in":
			names[received] = []string{name}
		case "out":
			names[sent] = []string{name}
		case "domain":
			isHost := slices.Contains(names[hostName], name)
			names[serverName], names[hostName] = []string{name}, nil
			if isHost {
				names[serverName], names[hostName] = nil, []string{name}
			}
		default:
			return nil, fmt.Errorf("fields: %q is none of time, domain, in and out", field)
		}
	}
	j := &jsonAccess{names: map[string]jsonName{}}
	for holds, list := range names {
		for rank, name := range list {
			if _, twice := j.names[name]; twice || name == "" {
				return nil, fmt.Errorf("fields: %q cannot be the name of a field, or not of two", name)
			}
			j.names[name] = jsonName{role(holds), rank}
		}
	}
	return j, nil
}

func (j *jsonAccess) parse(line []byte, from *origin, found *tally) {
	l := jsonLine{names: j.names, rest: line, path: j.path[:0]}
	ok := l.take('{') && l.object() && l.isAtEnd()
	j.path = l.path
	if !ok || l.values[when] == nil || l.values[sent] == nil {
		found.miss(notUnderstood, line)
		return
	}
	date, ok := dateOfAny(l.values[when], from.zone)
	if !ok {
		found.miss(notUnderstood, line)
		return
	}
	l.values.count(line, date, from, found)
}

// jsonLine is a line that is being read.
type jsonLine struct {
	names  map[string]jsonName
	rest   []byte
	path   []byte // to the value that comes next
	depth  int
	values values
	ranks  [roleCount]int // of the values
}

// jsonDepth bounds how deep values are nested.
const jsonDepth = 32

// isAtEnd moves over blanks and tells whether nothing is left.
func (l *jsonLine) isAtEnd() bool {
	for len(l.rest) > 0 && (l.rest[0] == ' ' || l.rest[0] == '\t' || l.rest[0] == '\r') {
		l.rest = l.rest[1:]
	}
	return len(l.rest) == 0
}

// take moves over c where it is what comes next.
func (l *jsonLine) take(c byte) bool {
	if l.isAtEnd() || l.rest[0] != c {
		return false
	}
	l.rest = l.rest[1:]
	return true
}

// object reads what follows the brace of an object.
func (l *jsonLine) object() bool {
	if l.take('}') {
		return true
	}
	for {
		name, ok := l.text()
		if !ok || !l.take(':') || !l.valueAt(name) {
			return false
		}
		if !l.take(',') {
			return l.take('}')
		}
	}
}

// array reads what follows the bracket of an array, whose values have no name.
func (l *jsonLine) array() bool {
	if l.take(']') {
		return true
	}
	for {
		if !l.valueAt([]byte("[]")) {
			return false
		}
		if !l.take(',') {
			return l.take(']')
		}
	}
}

// valueAt reads the value of a name.
func (l *jsonLine) valueAt(name []byte) bool {
	outer := len(l.path)
	if outer > 0 {
		l.path = append(l.path, '.')
	}
	l.path = append(l.path, name...)
	l.depth++
	ok := l.depth <= jsonDepth && l.value()
	l.depth--
	l.path = l.path[:outer]
	return ok
}

func (l *jsonLine) value() bool {
	switch {
	case l.take('{'):
		return l.object()
	case l.take('['):
		return l.array()
	case l.isAtEnd():
		return false
	case l.rest[0] == '"':
		text, ok := l.text()
		return ok && l.keep(text, true)
	}
	end := bytes.IndexAny(l.rest, ",}] \t\r")
	if end <= 0 {
		return false
	}
	word := l.rest[:end]
	l.rest = l.rest[end:]
	return string(word) == "null" || l.keep(word, false)
}

// text reads a string, whose escapes stay as they are. Servers write some that
// JSON does not have, such as \x22.
func (l *jsonLine) text() ([]byte, bool) {
	if !l.take('"') {
		return nil, false
	}
	end := indexUnescaped(l.rest, '"')
	if end < 0 {
		return nil, false
	}
	text := l.rest[:end]
	l.rest = l.rest[end+1:]
	return text, true
}

// keep notes a value that counts. A name that comes twice is an error, so that
// nobody who gets a second one into the line can replace the first.
func (l *jsonLine) keep(text []byte, isString bool) bool {
	name, counts := l.names[string(l.path)]
	if !counts {
		return true
	}
	if l.values[name.holds] != nil && l.ranks[name.holds] <= name.rank {
		return l.ranks[name.holds] < name.rank
	}
	if isString && bytes.IndexByte(text, '\\') >= 0 {
		var unescaped string
		if json.Unmarshal(slices.Concat([]byte{'"'}, text, []byte{'"'}), &unescaped) != nil {
			return false
		}
		text = []byte(unescaped)
	}
	l.values[name.holds], l.ranks[name.holds] = text, name.rank
	return true
}
