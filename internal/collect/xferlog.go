package collect

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// xferlog reads the log of transfers that wu-ftpd had first, and that ProFTPD
// and vsftpd write, too.
type xferlog struct {
	stateless
	users map[string][]byte // domains of users whose names have none
	paths []sitePath
}

// sitePath is where sites lie: what stands before and after their names.
type sitePath struct{ before, after []byte }

func newXferlog(users map[string]string, paths []string) (*xferlog, error) {
	x := &xferlog{users: map[string][]byte{}}
	for user, domain := range users {
		x.users[user] = []byte(domain)
	}
	for _, path := range paths {
		before, after, ok := strings.Cut(path, placeholder)
		if !ok || strings.Contains(after, placeholder) {
			return nil, fmt.Errorf("paths: %q needs one %s", path, placeholder)
		}
		if after == "" {
			after = "/"
		}
		x.paths = append(x.paths, sitePath{[]byte(before), []byte(after)})
	}
	return x, nil
}

func (x *xferlog) parse(line []byte, from *origin, found *tally) {
	var t transfer
	if !t.read(line) {
		found.miss(notUnderstood, line)
		return
	}
	if t.size < 0 {
		found.miss(badSize, line)
		return
	}
	if t.direction == deleted {
		return
	}
	var room [256]byte
	domain := x.domain(&t, append(room[:0], from.domain...))
	if len(domain) == 0 {
		found.miss(noDomain, line)
		return
	}
	c := ftpOut
	if t.direction == incoming {
		c = ftpIn
	}
	found.add(domain, ours, t.date, c, t.size)
}

// domain returns the site that a transfer is of, else that of the whole log.
// Anonymous users call themselves as they like.
func (x *xferlog) domain(t *transfer, ofLog []byte) []byte {
	if t.access != anonymous {
		if at := bytes.LastIndexByte(t.user, '@'); at >= 0 && at+1 < len(t.user) {
			return t.user[at+1:]
		}
		if domain := x.users[string(t.user)]; domain != nil {
			return domain
		}
	}
	for i := range x.paths {
		if domain := x.paths[i].domain(t.file); domain != nil {
			return domain
		}
	}
	return ofLog
}

// domain returns the name of the site that a file lies in, or nil.
func (p *sitePath) domain(file []byte) []byte {
	rest, ok := bytes.CutPrefix(file, p.before)
	if !ok {
		return nil
	}
	name, _, isWhole := bytes.Cut(rest, p.after)
	if !isWhole || len(name) == 0 || bytes.IndexByte(name, '/') >= 0 {
		return nil
	}
	return name
}

// transfer is what a line tells:
//
//	Sun Nov 22 13:20:34 2026 1 192.0.2.1 1024 /a file b _ i r user ftp 0 * c
type transfer struct {
	date      ledger.Date
	size      int64
	file      []byte
	direction byte
	access    byte
	user      []byte
}

const (
	incoming  = 'i' // directions
	deleted   = 'd'
	anonymous = 'a' // access
)

var xferlogTime = newStamp("Mon Jan _2 15:04:05 2006")

// read reads a line. Names of files and users may have blanks; a line that
// could be read in more than one way is not understood.
func (t *transfer) read(line []byte) bool {
	if len(line) <= xferlogTime.width || line[xferlogTime.width] != ' ' {
		return false
	}
	var ok, isSeconds bool
	if t.date, ok = xferlogTime.date(line, nil); !ok {
		return false
	}
	seconds, rest, _ := bytes.Cut(line[xferlogTime.width+1:], []byte{' '})
	_, rest, _ = bytes.Cut(rest, []byte{' '}) // the client's host
	size, rest, _ := bytes.Cut(rest, []byte{' '})
	if _, isSeconds = xferlogNumber(seconds); !isSeconds {
		return false
	}
	if t.size, ok = xferlogNumber(size); !ok {
		return false
	}
	rest, ok = withoutOutcome(rest)
	return ok && t.names(rest)
}

func xferlogNumber(text []byte) (int64, bool) {
	n, ok := byteCount(text)
	return n, ok && len(text) > 0 && text[0] != '-'
}

// withoutOutcome cuts off the end of a line: the service, how the user was
// authenticated and by which name, and whether all was transferred. What was
// transferred of the rest counts as well.
func withoutOutcome(b []byte) (rest []byte, ok bool) {
	rest, ok = bytes.CutSuffix(b, []byte(" c"))
	if !ok {
		rest, ok = bytes.CutSuffix(b, []byte(" i"))
	}
	for range 3 {
		i := bytes.LastIndexByte(rest, ' ')
		if i < 0 {
			return nil, false
		}
		rest = rest[:i]
	}
	return rest, ok
}

// names reads the name of the file, the type of the transfer, special actions,
// direction, kind of access and the name of the user.
func (t *transfer) names(b []byte) bool {
	found := false
	for at := bytes.IndexByte(b, ' '); at >= 0; {
		if flags := flagsOf(b[at:]); flags > 0 {
			if found {
				return false
			}
			found = true
			t.file, t.user = b[:at], b[at+flags:]
			t.direction, t.access = b[at+flags-4], b[at+flags-2]
		}
		next := bytes.IndexByte(b[at+1:], ' ')
		if next < 0 {
			break
		}
		at += 1 + next
	}
	return found && len(t.file) > 0 && len(t.user) > 0
}

// flagsOf returns the length of the flags that b begins with, such as
// " b _ i r ", or 0.
func flagsOf(b []byte) int {
	const before, after = len(" b "), len(" i r ")
	if len(b) < before || b[1] != 'a' && b[1] != 'b' || b[2] != ' ' {
		return 0
	}
	actions := bytes.IndexByte(b[before:], ' ')
	if actions <= 0 || len(bytes.Trim(b[before:before+actions], "_CUT")) > 0 {
		return 0
	}
	size := before + actions + after
	if len(b) < size {
		return 0
	}
	flags := b[before+actions : size]
	if flags[0] != ' ' || !isOneOf(flags[1], "iod") || flags[2] != ' ' || !isOneOf(flags[3], "agr") || flags[4] != ' ' {
		return 0
	}
	return size
}

func isOneOf(c byte, set string) bool { return strings.IndexByte(set, c) >= 0 }
