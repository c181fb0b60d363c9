package collect

import (
	"bytes"
	"strings"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// stamp tells where the date stands in a time as a log has it. The zero stamp
// is that of a time in seconds since 1970.
type stamp struct {
	width            int
	year, month, day int // where they begin; -1 where the time has none
	named            bool
}

// newStamp returns the stamp of times that are written as Go's reference time
// is in layout, in a fixed width.
func newStamp(layout string) stamp {
	s := stamp{
		width: len(layout),
		year:  strings.Index(layout, "2006"),
		month: strings.Index(layout, "01"),
		day:   max(strings.Index(layout, "02"), strings.Index(layout, "_2")),
	}
	if s.month < 0 {
		s.month, s.named = strings.Index(layout, "Jan"), true
	}
	return s
}

// hasDate tells whether times of the stamp have a date.
func (s *stamp) hasDate() bool {
	return s.width == 0 || s.year >= 0 && s.month >= 0 && s.day >= 0
}

// date reads the date of a time: the one that it shows, or, of seconds since
// 1970, that of the zone.
func (s *stamp) date(text []byte, zone *time.Location) (ledger.Date, bool) {
	if s.width == 0 {
		return epochDate(text, zone)
	}
	if len(text) < s.width {
		return 0, false
	}
	month := 0
	if s.named {
		month = monthNamed(text[s.month:])
	} else {
		month = twoDigits(text[s.month:])
	}
	year := 100*twoDigits(text[s.year:]) + twoDigits(text[s.year+2:])
	return ledger.NewDate(year, month, twoDigits(text[s.day:]))
}

// noNumber makes any date invalid that is computed with it.
const noNumber = -1_000_000

// twoDigits reads a number of two digits, of which the first may be a blank.
func twoDigits(b []byte) int {
	tens, ones := b[0]-'0', b[1]-'0'
	if b[0] == ' ' {
		tens = 0
	}
	if tens > 9 || ones > 9 {
		return noNumber
	}
	return int(tens)*10 + int(ones)
}

// monthNamed reads the name of a month, or 0.
func monthNamed(b []byte) int {
	const names = "JanFebMarAprMayJunJulAugSepOctNovDec"
	i := strings.Index(names, string(b[:3]))
	if i%3 != 0 {
		return 0
	}
	return i/3 + 1
}

// epochDate reads a time in seconds since 1970, with or without a fraction, or
// in milli-, micro- or nanoseconds, which no seconds of this age are as large as.
func epochDate(text []byte, zone *time.Location) (ledger.Date, bool) {
	whole, _, _ := bytes.Cut(text, []byte{'.'})
	seconds, ok := byteCount(whole)
	if !ok || seconds <= 0 {
		return 0, false
	}
	for seconds >= 1e11 {
		seconds /= 1000
	}
	return ledger.DateOf(time.Unix(seconds, 0).In(zone)), true
}

var (
	isoDate    = newStamp("2006-01-02")
	commonDate = newStamp("02/Jan/2006")
)

// dateOfAny reads the date of a time in one of the forms of access logs: that of
// ISO 8601, of Apache's %t, or epochDate's.
func dateOfAny(text []byte, zone *time.Location) (ledger.Date, bool) {
	text = bytes.TrimPrefix(text, []byte{'['})
	switch {
	case len(text) > 4 && text[4] == '-':
		return isoDate.date(text, zone)
	case len(text) > 2 && text[2] == '/':
		return commonDate.date(text, zone)
	}
	return epochDate(text, zone)
}
