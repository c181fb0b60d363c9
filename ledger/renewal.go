package ledger

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// RenewalDate is the ISO 8601 date, or date and time, at which a subscription
// is next renewed. It remembers the text it was read from, which is what is
// stored and read back: an offset, a fraction or their absence is never
// rewritten. Two RenewalDates are equal (==) when their texts are. The zero
// value is no date.
type RenewalDate struct {
	text string // accepted by parseInstant, or ""
}

// renewalPattern gives the shape: the date; then, optionally, hour and minute,
// the second with its fraction, and the offset from UTC.
var renewalPattern = regexp.MustCompile(`^([0-9]{4}-[0-9]{2}-[0-9]{2})` +
	`(?:(T[0-9]{2}:[0-9]{2})(:[0-9]{2}(?:[.,][0-9]{1,9})?)?(Z|[+-][0-9]{2}(?::?[0-5][0-9])?)?)?$`)

// ParseRenewalDate reads an ISO 8601 calendar date in extended format, alone or
// with a time of day to the minute, the second or a fraction of up to nine
// digits. The offset may be basic (+0600), extended (+06:00), hours only (+06),
// Z or missing, and reaches from -14:00 to +14:00. Years run from 0001 to 9999.
//
// A missing offset means UTC and a missing time means midnight. Days missing
// from the calendar, hour 24 and leap seconds are errors.
func ParseRenewalDate(s string) (RenewalDate, error) {
	if _, err := parseInstant(s); err != nil {
		return RenewalDate{}, err
	}
	return RenewalDate{text: s}, nil
}

// String returns the text exactly as it was accepted, or "" for the zero value.
func (r RenewalDate) String() string { return r.text }

// Time returns the instant, in a zone with the offset given. It is the zero
// time for the zero value.
func (r RenewalDate) Time() time.Time {
	if r.IsZero() {
		return time.Time{}
	}
	// The text has been accepted before, so there is no error to see.
	t, _ := parseInstant(r.text)
	return t
}

// HasTime reports whether a time of day was given besides the date.
func (r RenewalDate) HasTime() bool { return strings.Contains(r.text, "T") }

// IsZero reports whether r is no date at all.
func (r RenewalDate) IsZero() bool { return r.text == "" }

func parseInstant(s string) (time.Time, error) {
	m := renewalPattern.FindStringSubmatch(s)
	if m == nil {
		return time.Time{}, fmt.Errorf("%s is not an ISO 8601 date such as 2010-12-22T14:33:12+0600", quoteValue(s))
	}
	date, clock, second, offset := m[1], m[2], m[3], m[4]
	zone, ok := parseOffset(offset)
	if !ok {
		return time.Time{}, fmt.Errorf("%s has an offset from UTC of more than 14:00", quoteValue(s))
	}
	t, err := time.ParseInLocation(renewalLayout(clock, second), date+clock+second, zone)
	if err != nil {
		return time.Time{}, fmt.Errorf("%s is a date or time that does not exist", quoteValue(s))
	}
	// The offset can move an instant out of the years that four digits hold.
	if y, utc := t.Year(), t.UTC().Year(); y < 1 || utc < 1 || utc > 9999 {
		return time.Time{}, fmt.Errorf("%s lies outside the years 0001 to 9999", quoteValue(s))
	}
	return t, nil
}

// renewalLayout returns the layout of package time for the parts present. A
// fraction needs none: time.Parse takes it after any second.
func renewalLayout(clock, second string) string {
	layout := time.DateOnly
	if clock != "" {
		layout += "T15:04"
	}
	if second != "" {
		layout += ":05"
	}
	return layout
}

// parseOffset returns the zone of an offset that matched renewalPattern, and
// false when it is more than 14 hours, the farthest in civil use.
func parseOffset(s string) (*time.Location, bool) {
	if s == "" || s == "Z" {
		return time.UTC, true
	}
	digits := strings.ReplaceAll(s[1:], ":", "")
	hours, _ := strconv.Atoi(digits[:2])
	minutes, _ := strconv.Atoi("0" + digits[2:])
	minutes += 60 * hours
	if minutes > 14*60 {
		return nil, false
	}
	if s[0] == '-' {
		minutes = -minutes
	}
	return time.FixedZone("", 60*minutes), true
}
