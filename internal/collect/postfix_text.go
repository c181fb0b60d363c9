package collect

import "bytes"

// address is what stands between the angle brackets of an address in a log.
type address struct {
	local  []byte
	domain []byte // empty where there is none
}

// readAddress reads "<a@example.com>". Postfix since 3.5 quotes a local part
// like mail itself does, so that a ">" in it stands in quotes.
func readAddress(text []byte) (a address, rest []byte, ok bool) {
	if len(text) == 0 || text[0] != '<' {
		return address{}, nil, false
	}
	text = text[1:]
	quoted := quotedLength(text)
	end := bytes.IndexByte(text[quoted:], '>')
	if end < 0 {
		return address{}, nil, false
	}
	end += quoted
	a.local, rest = text[:end], text[end+1:]
	if at := bytes.LastIndexByte(text[quoted:end], '@'); at >= 0 {
		a.local, a.domain = text[:quoted+at], text[quoted+at+1:end]
	}
	return a, rest, true
}

// quotedLength returns how long the quoted string is that text begins with, 0
// where there is none.
func quotedLength(text []byte) int {
	if len(text) == 0 || text[0] != '"' {
		return 0
	}
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}

// readAttributes reads ", relay=…, delay=…, status=sent (…)". Whatever other
// attributes there are is passed over; the status ends them.
func readAttributes(text []byte) (relay, status, response []byte) {
	for {
		attribute, ok := bytes.CutPrefix(text, []byte(", "))
		if !ok {
			return nil, nil, nil
		}
		if value, isStatus := bytes.CutPrefix(attribute, []byte("status=")); isStatus {
			status, response, _ = bytes.Cut(value, []byte(" "))
			return relay, status, response
		}
		end := bytes.IndexByte(attribute, ',')
		if end < 0 {
			return nil, nil, nil
		}
		if value, isRelay := bytes.CutPrefix(attribute[:end], []byte("relay=")); isRelay {
			relay = value
		}
		text = attribute[end:]
	}
}
