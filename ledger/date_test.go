package ledger_test

import (
	"testing"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

func TestParseDate(t *testing.T) {
	for _, text := range []string{"0001-01-01", "2000-02-29", "2005-12-12", "2024-02-29", "9999-12-31"} {
		d, err := ledger.ParseDate(text)
		if err != nil || d.String() != text {
			t.Errorf("ParseDate(%q) = %v, %v", text, d, err)
		}
	}
	for _, text := range []string{
		"", "2005-12-1", "2005-13-01", "2005-00-10", "2005-02-30", "1900-02-29", "0000-01-01", "05-12-12",
		"2005/12/12", "2005-12-12Z", "20051212", "-001-01-01", "2005-1a-01",
	} {
		if d, err := ledger.ParseDate(text); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", text, d)
		}
	}
}

func TestDatesAgreeWithTheCalendar(t *testing.T) {
	start, _ := ledger.ParseDate("1896-02-27")
	for d, day := start, start.Time(); day.Year() < 2105; d, day = d.AddDays(1), day.AddDate(0, 0, 1) {
		if want := day.Format(time.DateOnly); d.String() != want {
			t.Fatalf("%s follows %s, want %s", d, d.AddDays(-1), want)
		}
		if parsed, err := ledger.ParseDate(d.String()); err != nil || parsed != d {
			t.Fatalf("%s parses as %v, %v", d, parsed, err)
		}
	}
	end, _ := ledger.ParseDate("2005-03-01")
	begin, _ := ledger.ParseDate("2004-02-28")
	if got := begin.DaysUntil(end); got != 367 {
		t.Errorf("days from %s to %s: %d, want 367", begin, end, got)
	}
	first, _ := ledger.ParseDate("0001-01-01")
	last, _ := ledger.ParseDate("9999-12-31")
	if got := first.DaysUntil(last); got != 3_652_058 {
		t.Errorf("days from %s to %s: %d, want 3652058", first, last, got)
	}
	if got := end.AddDays(-1).FirstOfMonth().String(); got != "2005-02-01" {
		t.Errorf("first day of that month: %s", got)
	}
}

func FuzzParseDate(f *testing.F) {
	f.Add("2005-12-12")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ledger.ParseDate(text)
		want, timeErr := time.Parse(time.DateOnly, text)
		if (err == nil) != (timeErr == nil && want.Year() >= 1) {
			t.Fatalf("ParseDate(%q): %v; package time says %v", text, err, timeErr)
		}
		if err == nil && d.String() != text {
			t.Fatalf("%q became %s", text, d)
		}
	})
}
