package ledger

import (
	"fmt"
	"time"
)

// Date is a civil date (no zone) of the years 0001 to 9999, held as the number
// yyyymmdd: it sorts, compares and prints as people write it. The zero Date is
// no date.
type Date int32

// MaxDate is the last date that there is.
const MaxDate Date = 9999_12_31

// NewDate returns the date, which must exist in the Gregorian calendar;
// otherwise ok is false.
func NewDate(year, month, day int) (d Date, ok bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return 0, false
	}
	return Date(year*10000 + month*100 + day), true
}

// ParseDate reads a date of the form 2006-01-02 (ISO 8601, extended).
func ParseDate(s string) (Date, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return 0, fmt.Errorf("%q is not a date of the form YYYY-MM-DD", s)
	}
	year, ok1 := digits(s[:4])
	month, ok2 := digits(s[5:7])
	day, ok3 := digits(s[8:])
	d, ok := NewDate(year, month, day)
	if !ok || !ok1 || !ok2 || !ok3 {
		return 0, fmt.Errorf("%q is not a date of the form YYYY-MM-DD", s)
	}
	return d, nil
}

// DateOf returns the civil date of an instant in the instant's own zone.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date(year*10000 + int(month)*100 + day)
}

// Time returns midnight UTC of the date.
func (d Date) Time() time.Time {
	return time.Date(int(d)/10000, time.Month(int(d)/100%100), int(d)%100, 0, 0, 0, 0, time.UTC)
}

// AddDays returns the date n days later (earlier for a negative n).
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// DaysUntil returns how many days lie between d and end; negative when end is
// the earlier one.
func (d Date) DaysUntil(end Date) int {
	const secondsADay = 24 * 60 * 60
	return int((end.Time().Unix() - d.Time().Unix()) / secondsADay)
}

// FirstOfMonth returns the first day of the date's month.
func (d Date) FirstOfMonth() Date { return d - d%100 + 1 }

// String returns the date as 2006-01-02.
func (d Date) String() string { return string(d.Append(nil)) }

// Append appends the date as 2006-01-02 to b.
func (d Date) Append(b []byte) []byte {
	n := int(d)
	year, month, day := n/10000, n/100%100, n%100
	return append(b,
		byte('0'+year/1000), byte('0'+year/100%10), byte('0'+year/10%10), byte('0'+year%10), '-',
		byte('0'+month/10), byte('0'+month%10), '-',
		byte('0'+day/10), byte('0'+day%10))
}

// MarshalText writes the date as 2006-01-02 (encoding.TextMarshaler).
func (d Date) MarshalText() ([]byte, error) { return d.Append(nil), nil }

// UnmarshalText reads a date of the form 2006-01-02 (encoding.TextUnmarshaler).
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := ParseDate(string(text))
	if err == nil {
		*d = parsed
	}
	return err
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

func digits(s string) (n int, ok bool) {
	for i := range len(s) {
		c := s[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = n*10 + int(c)
	}
	return n, true
}
