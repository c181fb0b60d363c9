package ledger

import (
	"strings"
	"testing"
	"time"
)

func TestParseCycle(t *testing.T) {
	tests := []struct {
		in        string
		canonical string
		want      Cycle
	}{
		{"P1M", "P1M", Cycle{Months: 1}},
		{"P1MT", "P1M", Cycle{Months: 1}},
		{"P1Y", "P1Y", Cycle{Years: 1}},
		{"P2W", "P2W", Cycle{Weeks: 2}},
		{"P1WT", "P1W", Cycle{Weeks: 1}},
		{"P1M2D", "P1M2D", Cycle{Months: 1, Days: 2}},
		{"P1Y6M", "P1Y6M", Cycle{Years: 1, Months: 6}},
		{"PT12H", "PT12H", Cycle{Hours: 12}},
		{"PT5M", "PT5M", Cycle{Minutes: 5}},
		{"P1DT12H", "P1DT12H", Cycle{Days: 1, Hours: 12}},
		{"P1Y2M3DT4H5M6S", "P1Y2M3DT4H5M6S", Cycle{Years: 1, Months: 2, Days: 3, Hours: 4, Minutes: 5, Seconds: 6}},
		{"P0Y01M0DT0H", "P1M", Cycle{Months: 1}},
		{"P999999D", "P999999D", Cycle{Days: 999999}},
	}
	for _, tt := range tests {
		c, err := ParseCycle(tt.in)
		if err != nil {
			t.Errorf("ParseCycle(%q): %v", tt.in, err)
			continue
		}
		if c.Given() != tt.in || c.String() != tt.canonical || c.IsZero() {
			t.Errorf("ParseCycle(%q) was given %q and is %q; want %q", tt.in, c.Given(), c, tt.canonical)
		}
		tt.want.given = tt.in
		if c != tt.want {
			t.Errorf("ParseCycle(%q) = %+v, want %+v", tt.in, c, tt.want)
		}
	}
}

func TestParseCycleRefuses(t *testing.T) {
	tests := []string{
		"", "P", "PT", "T", "1M", "P1", "PM", "p1m", "P1m", "P1M1Y", "P1M1M", "P1D1M", "PT1S1H", "P1H", "PT1D",
		"P1MTT", "PT1HT", "P 1M", "P1M ", "P1M\n", "monthly", "P0001-01-00", "P1M/P1Y", "R5/P1M", "P٣M",
		"P0D", "P0M", "P0W", "PT0S", "P0Y0M0DT0H0M0S",
		"-P1M", "+P1M", "P-1M", "P+1M", "P1Y-6M", "P1.5M", "P1,5M", "PT0.5H", "P.5M", "P1.M",
		"P1W2D", "P1Y1W", "P1WT1H", "P0Y1W", "P1W0D", "P1000000D", "P0000001D",
	}
	for _, s := range tests {
		if c, err := ParseCycle(s); err == nil || c != (Cycle{}) {
			t.Errorf("ParseCycle(%q) = %+v, %v; want an error", s, c, err)
		}
	}
}

func TestParseCycleErrorText(t *testing.T) {
	tests := []struct{ in, want string }{
		{"monthly", `"monthly" is not an ISO 8601 duration such as P1M or P1Y6M`},
		{"PT", `"PT" is not an ISO 8601 duration such as P1M or P1Y6M`},
		{"P0D", `"P0D" lasts no time: a cycle must be longer than zero`},
		{"-P1M", `"-P1M" has a sign: a cycle must be positive and is written without one`},
		{"P-1M", `"P-1M" has a sign: a cycle must be positive and is written without one`},
		{"P1.5M", `"P1.5M" has a fraction: a cycle must be made of whole units`},
		{"P1W1D", `"P1W1D" mixes weeks with other units: weeks must stand alone, as in P2W`},
		{"P1234567D", `"P1234567D" has a number of more than 6 digits`},
	}
	for _, tt := range tests {
		if _, err := ParseCycle(tt.in); err == nil || err.Error() != tt.want {
			t.Errorf("ParseCycle(%q): %v; want %s", tt.in, err, tt.want)
		}
	}
}

func TestCycleNext(t *testing.T) {
	tests := []struct{ cycle, from, want string }{
		{"P1M", "2010-12-22T14:33:12+06:00", "2011-01-22T14:33:12+06:00"},
		{"P1MT", "2010-12-22T14:33:12+06:00", "2011-01-22T14:33:12+06:00"},
		{"P1M", "2011-01-31T00:00:00Z", "2011-02-28T00:00:00Z"},
		{"P1M", "2012-01-31T00:00:00Z", "2012-02-29T00:00:00Z"},
		{"P1M", "2012-02-29T00:00:00Z", "2012-03-29T00:00:00Z"},
		{"P2M", "2011-01-31T00:00:00Z", "2011-03-31T00:00:00Z"},
		{"P1M", "2011-12-31T00:00:00Z", "2012-01-31T00:00:00Z"},
		{"P1Y", "2012-02-29T00:00:00Z", "2013-02-28T00:00:00Z"},
		{"P4Y", "2012-02-29T00:00:00Z", "2016-02-29T00:00:00Z"},
		{"P1Y1M", "2011-01-31T00:00:00Z", "2012-02-29T00:00:00Z"},
		{"P18M", "2011-08-31T00:00:00Z", "2013-02-28T00:00:00Z"},
		{"P1M1D", "2011-01-31T00:00:00Z", "2011-03-01T00:00:00Z"},
		{"P2W", "2011-02-20T00:00:00Z", "2011-03-06T00:00:00Z"},
		{"P30D", "2011-01-31T00:00:00Z", "2011-03-02T00:00:00Z"},
		{"PT12H", "2011-12-31T18:00:00Z", "2012-01-01T06:00:00Z"},
		{"P1MT1H1M1S", "2011-01-31T23:00:00Z", "2011-03-01T00:01:01Z"},
		// The month ends by the clock of the anchor, not by that of UTC.
		{"P1M", "2011-01-31T23:00:00-05:00", "2011-02-28T23:00:00-05:00"},
		{"P1M", "2011-01-31T10:00:00.5Z", "2011-02-28T10:00:00.5Z"},
	}
	for _, tt := range tests {
		c, err := ParseCycle(tt.cycle)
		if err != nil {
			t.Fatal(err)
		}
		from, err := time.Parse(time.RFC3339, tt.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Next(from).Format(time.RFC3339Nano); got != tt.want {
			t.Errorf("%s after %s is %s, want %s", tt.cycle, tt.from, got, tt.want)
		}
	}
}

func TestCycleNextIsLaterAtLimits(t *testing.T) {
	const most = 999999
	from := time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)
	c := Cycle{Years: most, Months: most, Days: most, Hours: most, Minutes: most, Seconds: most}
	if !c.Next(from).After(from) {
		t.Errorf("%s after %s is %s", c, from, c.Next(from))
	}
}

func TestCycleNotRead(t *testing.T) {
	if got := (Cycle{Months: 1}).Given(); got != "P1M" {
		t.Errorf("one month is given as %q", got)
	}
	var zero Cycle
	if !zero.IsZero() || zero.String() != "" || zero.Given() != "" {
		t.Errorf("zero value is %q", zero)
	}
}

func FuzzParseCycle(f *testing.F) {
	for _, s := range []string{"P1M", "P1MT", "P2W", "P1Y6M", "P1DT12H", "P", "PT", "P0D", "-P1M", "P1.5M", "P1W1D", ""} {
		f.Add(s)
	}
	from := time.Date(2011, 1, 31, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ParseCycle(s)
		if err != nil {
			requireErrorText(t, err)
			return
		}
		canonical := c.String()
		if c.Given() != s || strings.HasSuffix(canonical, "T") {
			t.Errorf("ParseCycle(%q) was given %q and is %q", s, c.Given(), canonical)
		}
		again, err := ParseCycle(canonical)
		if err != nil || again.String() != canonical {
			t.Errorf("ParseCycle(%q) = %q, %v; want it unchanged", canonical, again, err)
		}
		if next := c.Next(from); !next.After(from) || !next.Equal(again.Next(from)) {
			t.Errorf("%s after %s is %s", s, from, next)
		}
	})
}
