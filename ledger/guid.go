package ledger

import (
	"encoding/hex"
	"io"
)

// newGUID returns a random UUID (RFC 9562, version 4) in lower case.
func (l *Ledger) newGUID() string {
	var b [16]byte
	mustRead(l.random, b[:])
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	text := make([]byte, 0, 36)
	for i, part := range [][]byte{b[:4], b[4:6], b[6:8], b[8:10], b[10:]} {
		if i > 0 {
			text = append(text, '-')
		}
		text = hex.AppendEncode(text, part)
	}
	return string(text)
}

// mustRead fills b. A source of randomness that fails leaves no safe way on:
// crypto/rand itself ends the program then.
func mustRead(random io.Reader, b []byte) {
	if _, err := io.ReadFull(random, b); err != nil {
		panic("reading random bytes: " + err.Error())
	}
}
