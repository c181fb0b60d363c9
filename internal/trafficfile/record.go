// Package trafficfile reads the traffic of sites from files: CSV, and dumps of
// Plesk's database.
package trafficfile

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// Record is the traffic of a site and day with the line that it is on.
type Record struct {
	Line               int
	Name               string // domain name of the site; "" when the file has SiteID
	ledger.SiteTraffic        // SiteID is 0 when the file has a name
}

// LineError says why a record cannot be taken, with what could be read of it.
// Who reads a file goes on behind it.
type LineError struct {
	Record
	Err error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap returns why the record is refused.
func (e *LineError) Unwrap() error { return e.Err }

// Reader reads the records of a file.
type Reader interface {
	// Read returns the next record: io.EOF at the end of the file, [*LineError] for
	// a record that is wrong.
	Read() (Record, error)
}

// Plain returns what a file holds: unpacked, if it is packed by gzip, and without
// the mark with which some programs begin a text.
func Plain(source io.Reader) (*bufio.Reader, error) {
	plain := bufio.NewReaderSize(source, bufferBytes)
	if start, _ := plain.Peek(2); string(start) == "\x1f\x8b" {
		unpacked, err := gzip.NewReader(plain)
		if err != nil {
			return nil, err
		}
		plain = bufio.NewReaderSize(unpacked, bufferBytes)
	}
	if start, _ := plain.Peek(3); string(start) == "\xef\xbb\xbf" {
		_, _ = plain.Discard(3)
	}
	return plain, nil
}

const bufferBytes = 64 << 10

// IsDump tells by its beginning whether a file is a dump of a database: such
// begin with a comment or a statement, CSV with the names of columns.
func IsDump(plain *bufio.Reader) bool {
	start, _ := plain.Peek(bufferBytes / 2)
	text := strings.TrimLeft(string(start), " \t\r\n")
	if strings.HasPrefix(text, "--") || strings.HasPrefix(text, "/*") {
		return true
	}
	word, _, _ := strings.Cut(strings.TrimRight(text, ";"), " ")
	switch strings.ToUpper(word) {
	case "CREATE", "DROP", "INSERT", "REPLACE", "LOCK", "SET", "USE", "START", "BEGIN":
		return true
	}
	return false
}

// parseBytes reads a counter; one that is empty is 0.
func parseBytes(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	bytes, err := strconv.ParseUint(text, 10, 63)
	if err != nil {
		return 0, fmt.Errorf("%q is not a whole number of bytes from 0 to 9223372036854775807", text)
	}
	return int64(bytes), nil //nolint:gosec // 63 bits
}
