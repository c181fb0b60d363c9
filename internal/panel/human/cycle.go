package human

import (
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// Cycle returns a billing cycle in words, such as "every month", "every 2
// weeks" or "every year and 6 months"; "" for no cycle.
func Cycle(c ledger.Cycle) string {
	var parts []string
	for _, part := range []struct {
		n    int
		unit string
	}{
		{c.Years, "year"}, {c.Months, "month"}, {c.Weeks, "week"}, {c.Days, "day"},
		{c.Hours, "hour"}, {c.Minutes, "minute"}, {c.Seconds, "second"},
	} {
		if part.n != 0 {
			parts = append(parts, counted(part.n, part.unit))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	parts[0] = strings.TrimPrefix(parts[0], "1 ") // every month, not every 1 month
	return "every " + list(parts)
}

// list joins parts as in "a, b and c".
func list(parts []string) string {
	last := len(parts) - 1
	if last == 0 {
		return parts[0]
	}
	return strings.Join(parts[:last], ", ") + " and " + parts[last]
}
