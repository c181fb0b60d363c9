package human

import (
	"strconv"
	"strings"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// Date returns a date in the long form, such as "December 22, 2026"; "" for
// the zero date.
func (r Reader) Date(d ledger.Date) string {
	if d == 0 {
		return ""
	}
	return r.isolated(r.style.dates().FmtDateLong(d.Time()))
}

// ShortDate returns a date without its year and with a short name of the
// month, such as "Dec 22"; "" for the zero date.
func (r Reader) ShortDate(d ledger.Date) string {
	if d == 0 {
		return ""
	}
	t := d.Time()
	return r.isolated(fill(r.style.shortDate, t, r.style.dates().MonthAbbreviated(t.Month())))
}

// Month returns the month of a date, such as "December 2026"; "" for the zero
// date.
func (r Reader) Month(d ledger.Date) string {
	if d == 0 {
		return ""
	}
	t := d.Time()
	name := r.style.dates().MonthWide(t.Month())
	if alone := r.style.monthsAlone; alone != "" {
		name = strings.Fields(alone)[t.Month()-1]
	}
	return r.isolated(fill(r.style.month, t, name))
}

// Day returns the civil date of an instant in the reader's zone.
func (r Reader) Day(t time.Time) ledger.Date { return ledger.DateOf(t.In(r.zone)) }

// Midnight returns the instant at which a date begins in the reader's zone, which
// is not 0:00 where clocks are put forward then.
func (r Reader) Midnight(d ledger.Date) time.Time {
	t := d.Time()
	t = time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, r.zone)
	if _, begins := t.ZoneBounds(); r.Day(t) < d {
		return begins
	}
	return t
}

// Time returns an instant to the minute, with the abbreviation of the reader's
// zone, such as "December 22, 2026, 14:33 CET".
func (r Reader) Time(t time.Time) string {
	return r.Date(r.Day(t)) + ", " + t.In(r.zone).Format("15:04 MST")
}

// fill writes a date by a pattern of style.
func fill(pattern string, t time.Time, month string) string {
	return strings.NewReplacer(
		"{d}", strconv.Itoa(t.Day()),
		"{m}", month,
		"{n}", strconv.Itoa(int(t.Month())),
		"{y}", strconv.Itoa(t.Year()),
	).Replace(pattern)
}
