package human

import (
	"strconv"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// Until tells how far a date is from today: "today", "tomorrow", "in 12 days",
// "in 5 weeks", "in 3 months", "in 2 years", or for what is past "yesterday",
// "3 days ago". What is three weeks away and more is rounded to the nearest
// week, month or year.
func (r Reader) Until(today, d ledger.Date) string {
	switch days := today.DaysUntil(d); {
	case days == 0:
		return "today"
	case days == 1:
		return "tomorrow"
	case days == -1:
		return "yesterday"
	case days > 0:
		return "in " + span(days)
	default:
		return span(-days) + " ago"
	}
}

// Ago tells how long ago t was: "just now", "5 minutes ago", "3 hours ago", and
// from a day on what Until says of its date. An instant after now is just now:
// clocks differ a little.
func (r Reader) Ago(now, t time.Time) string {
	switch passed := now.Sub(t); {
	case passed < time.Minute:
		return "just now"
	case passed < time.Hour:
		return counted(int(passed/time.Minute), "minute") + " ago"
	case passed < 24*time.Hour:
		return counted(int(passed/time.Hour), "hour") + " ago"
	default:
		return r.Until(r.Day(now), r.Day(t))
	}
}

// span puts a number of days into the unit that people would take: the largest
// of which there are at least two, or three weeks.
func span(days int) string {
	const daysAYear = 365.2425 // of the Gregorian calendar, on average
	switch {
	case days < 21:
		return counted(days, "day")
	case days < 60:
		return counted(nearest(days, 7), "week")
	case days < 715:
		return counted(nearest(days, daysAYear/12), "month")
	default:
		return counted(nearest(days, daysAYear), "year")
	}
}

func nearest(days int, unit float64) int { return int(float64(days)/unit + 0.5) }

// counted writes a number of things, such as "1 day" or "12 days".
func counted(n int, unit string) string {
	if n != 1 {
		unit += "s"
	}
	return strconv.Itoa(n) + " " + unit
}
