package ledger

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Cycle is a billing cycle: an ISO 8601 duration of whole units, each from 0 to
// 999999, which is counted on the calendar and not in seconds. A cycle in weeks
// has no other unit. The zero value is no cycle.
type Cycle struct {
	Years, Months, Weeks, Days int
	Hours, Minutes, Seconds    int

	given string // the text the cycle was read from, "" if it was not read
}

const maxCycleDigits = 6

// cyclePattern gives the shape more widely than it is accepted, so that signs,
// fractions and weeks among other units can be refused for what they are. The
// T may end the text: the documentation of the protocol writes one month P1MT.
var cyclePattern = func() *regexp.Regexp {
	unit := func(designator string) string { return `(?:([-+]?[0-9]+(?:[.,][0-9]+)?)` + designator + `)?` }
	return regexp.MustCompile(`^([-+]?)P` + unit("Y") + unit("M") + unit("W") + unit("D") +
		`(?:T` + unit("H") + unit("M") + unit("S") + `)?$`)
}()

// ParseCycle reads an ISO 8601 duration such as P1M, P2W or P1DT12H. The
// designators are in upper case and in the order of the standard, each at most
// once. A T with nothing after it counts for nothing, so P1MT is one month.
//
// A duration of zero, without any unit, with a sign or with a fraction is an
// error, as are weeks together with other units (ISO 8601:2004, 4.4.3.2) and
// numbers of more than six digits.
func ParseCycle(s string) (Cycle, error) {
	m := cyclePattern.FindStringSubmatch(s)
	if m == nil || strings.Join(m[2:], "") == "" {
		return Cycle{}, fmt.Errorf("%s is not an ISO 8601 duration such as P1M or P1Y6M", quoteValue(s))
	}
	if err := checkCycleNumbers(s, m[2:]); err != nil {
		return Cycle{}, err
	}
	c := newCycle(s, m[2:])
	if c.IsZero() {
		return Cycle{}, fmt.Errorf("%s lasts no time: a cycle must be longer than zero", quoteValue(s))
	}
	return c, nil
}

// String returns the cycle in canonical form: no unit of zero, no leading zeros
// and no T without a time, so P1MT becomes P1M. It is "" for the zero value.
func (c Cycle) String() string {
	if c.IsZero() {
		return ""
	}
	date := formatUnit(c.Years, "Y") + formatUnit(c.Months, "M") + formatUnit(c.Weeks, "W") + formatUnit(c.Days, "D")
	clock := formatUnit(c.Hours, "H") + formatUnit(c.Minutes, "M") + formatUnit(c.Seconds, "S")
	if clock == "" {
		return "P" + date
	}
	return "P" + date + "T" + clock
}

// Given returns the text the cycle was read from, or the canonical form of a
// cycle that was not read.
func (c Cycle) Given() string {
	if c.given == "" {
		return c.String()
	}
	return c.given
}

// IsZero reports whether c is no cycle at all.
func (c Cycle) IsZero() bool {
	c.given = ""
	return c == Cycle{}
}

// shortest returns the cycle that means the same and has the fewest units: P1Y
// for P12M, P2W for P14D. Days and hours stay apart, since not all days have 24.
func (c Cycle) shortest() Cycle {
	months, days, seconds := c.length()
	s := Cycle{
		Years: months / 12, Months: months % 12, Days: days,
		Hours: seconds / 3600, Minutes: seconds / 60 % 60, Seconds: seconds % 60,
	}
	if days%7 == 0 && months == 0 && seconds == 0 {
		s.Weeks, s.Days = days/7, 0
	}
	return s
}

// length returns how long the cycle is, in the three measures that do not
// convert into one another.
func (c Cycle) length() (months, days, seconds int) {
	return 12*c.Years + c.Months, 7*c.Weeks + c.Days, 3600*c.Hours + 60*c.Minutes + c.Seconds
}

// compare orders cycles by how long they are in the mean, no cycle last.
func (c Cycle) compare(other Cycle) int {
	return cmp.Or(cmp.Compare(c.meanSeconds(), other.meanSeconds()), strings.Compare(c.String(), other.String()))
}

// meanSeconds returns how long the cycle is in the mean of the Gregorian
// calendar; no cycle is longer than any.
func (c Cycle) meanSeconds() int64 {
	const day, month = 86_400, 2_629_746
	if c.IsZero() {
		return math.MaxInt64
	}
	months, days, seconds := c.length()
	return int64(months)*month + int64(days)*day + int64(seconds)
}

// Next returns the time one cycle after t, in the location of t. Years and
// months come first; a day the month reached does not have becomes its last, so
// that 31 January and one month make 28 or 29 February. Then come weeks and
// days, which keep the time of day, and last hours, minutes and seconds.
//
// The day of t is all Next knows: a month after 28 February is 28 March, even
// if the February date itself was cut short from 31 January.
func (c Cycle) Next(t time.Time) time.Time {
	t = addMonths(t, 12*c.Years+c.Months)
	t = t.AddDate(0, 0, 7*c.Weeks+c.Days)
	return t.Add(time.Duration(c.Hours)*time.Hour +
		time.Duration(c.Minutes)*time.Minute +
		time.Duration(c.Seconds)*time.Second)
}

// checkCycleNumbers refuses the numbers of s that cyclePattern lets through.
func checkCycleNumbers(s string, numbers []string) error {
	switch all := strings.Join(numbers, " "); {
	case strings.HasPrefix(s, "-") || strings.HasPrefix(s, "+") || strings.ContainsAny(all, "-+"):
		return fmt.Errorf("%s has a sign: a cycle must be positive and is written without one", quoteValue(s))
	case strings.ContainsAny(all, ".,"):
		return fmt.Errorf("%s has a fraction: a cycle must be made of whole units", quoteValue(s))
	}
	given := 0
	for _, n := range numbers {
		if len(n) > maxCycleDigits {
			return fmt.Errorf("%s has a number of more than %d digits", quoteValue(s), maxCycleDigits)
		}
		if n != "" {
			given++
		}
	}
	if weeks := numbers[2]; weeks != "" && given > 1 {
		return fmt.Errorf("%s mixes weeks with other units: weeks must stand alone, as in P2W", quoteValue(s))
	}
	return nil
}

// newCycle takes numbers in the order of the fields of Cycle, "" meaning zero.
func newCycle(given string, numbers []string) Cycle {
	c := Cycle{given: given}
	fields := []*int{&c.Years, &c.Months, &c.Weeks, &c.Days, &c.Hours, &c.Minutes, &c.Seconds}
	for i, n := range numbers {
		*fields[i], _ = strconv.Atoi("0" + n)
	}
	return c
}

func formatUnit(n int, designator string) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n) + designator
}

func addMonths(t time.Time, months int) time.Time {
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	// Day 0 of a month is the last of the month before.
	last := time.Date(year, month+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return time.Date(year, month+time.Month(months), min(day, last), hour, minute, second, t.Nanosecond(), t.Location())
}
