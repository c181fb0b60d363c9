package human_test

import (
	"testing"
	"time"

	"github.com/hostledger/hostledger/internal/panel/human"
	"github.com/hostledger/hostledger/ledger"
)

func TestDates(t *testing.T) {
	american, russian, catalan := reader("en-US"), reader("ru-RU"), reader("ca-ES")
	leap, last := date(t, "2024-02-29"), date(t, "9999-12-31")
	check(t, "leap day", american.Date(leap), "February 29, 2024")
	check(t, "last date", american.Date(last), "December 31, 9999")
	check(t, "first date", american.Date(date(t, "0001-01-01")), "January 1, 1")
	check(t, "a day of May", russian.Date(date(t, "2026-05-01")), "1 мая 2026 г.")
	check(t, "May", russian.Month(date(t, "2026-05-01")), "май 2026 г.")
	check(t, "a day of April", catalan.Date(date(t, "2026-04-03")), "3 d’abril de 2026")
	check(t, "April", catalan.Month(date(t, "2026-04-03")), "abril de 2026")
}

func TestNoDate(t *testing.T) {
	for _, w := range written {
		r := reader(w.locale)
		check(t, w.locale, r.Date(0)+r.ShortDate(0)+r.Month(0), "")
	}
}

func TestEveryMonthHasAName(t *testing.T) {
	for _, w := range written {
		names := map[string]bool{}
		for month := 1; month <= 12; month++ {
			d, _ := ledger.NewDate(2026, month, 7)
			r := reader(w.locale)
			names[r.Date(d)], names[r.ShortDate(d)], names[r.Month(d)] = true, true, true
		}
		if len(names) != 3*12 {
			t.Errorf("%s has %d different texts for 12 months, want 36", w.locale, len(names))
		}
	}
}

func TestTimeInAZone(t *testing.T) {
	instant := time.Date(2026, 12, 22, 23, 33, 59, 0, time.UTC)
	tests := []struct{ locale, zone, time, day string }{
		{"en-US", "UTC", "December 22, 2026, 23:33 UTC", "2026-12-22"},
		{"en-US", "America/New_York", "December 22, 2026, 18:33 EST", "2026-12-22"},
		{"de-DE", "Europe/Berlin", "23. Dezember 2026, 00:33 CET", "2026-12-23"},
		{"ja-JP", "Asia/Tokyo", "2026年12月23日, 08:33 JST", "2026-12-23"},
		{"en-US", "Asia/Dubai", "December 23, 2026, 03:33 +04", "2026-12-23"},
	}
	for _, tt := range tests {
		r := human.NewReader(tt.locale, human.Zone(tt.zone))
		check(t, tt.zone, r.Time(instant), tt.time)
		check(t, tt.zone, r.Day(instant).String(), tt.day)
	}
	summer := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	check(t, "summer", human.NewReader("en-US", human.Zone("Europe/Berlin")).Time(summer), "July 1, 2026, 14:00 CEST")
	check(t, "no zone", human.NewReader("en-US", nil).Time(summer), "July 1, 2026, 12:00 UTC")
}

func TestMidnight(t *testing.T) {
	for _, tt := range []struct{ zone, date, want string }{
		{"UTC", "2026-12-22", "2026-12-22T00:00:00Z"},
		{"America/New_York", "2026-12-22", "2026-12-22T05:00:00Z"},
		{"Pacific/Kiritimati", "2026-12-22", "2026-12-21T10:00:00Z"},
		{"America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z"}, // 1:00 follows 23:59
		{"America/Havana", "2026-03-08", "2026-03-08T05:00:00Z"},
		{"Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z"},
	} {
		midnight := human.NewReader("en-US", human.Zone(tt.zone)).Midnight(date(t, tt.date))
		check(t, tt.zone, midnight.UTC().Format(time.RFC3339), tt.want)
	}
}

func TestUntil(t *testing.T) {
	today := date(t, "2026-12-10")
	tests := []struct{ date, want string }{
		{"2026-12-10", "today"},
		{"2026-12-11", "tomorrow"},
		{"2026-12-09", "yesterday"},
		{"2026-12-12", "in 2 days"},
		{"2026-12-22", "in 12 days"},
		{"2026-12-07", "3 days ago"},
		{"2026-12-30", "in 20 days"},
		{"2026-12-31", "in 3 weeks"},
		{"2027-01-14", "in 5 weeks"},
		{"2026-11-05", "5 weeks ago"},
		{"2027-02-07", "in 8 weeks"},
		{"2027-02-08", "in 2 months"},
		{"2027-03-10", "in 3 months"},
		{"2027-12-10", "in 12 months"},
		{"2028-11-23", "in 23 months"},
		{"2028-11-24", "in 2 years"},
		{"2028-12-10", "in 2 years"},
		{"2016-12-10", "10 years ago"},
		{"9999-12-31", "in 7973 years"},
		{"0001-01-01", "2026 years ago"},
	}
	for _, tt := range tests {
		check(t, tt.date, reader("en-US").Until(today, date(t, tt.date)), tt.want)
	}
}

func TestAgo(t *testing.T) {
	r := human.NewReader("de-DE", human.Zone("Europe/Berlin"))
	now := time.Date(2026, 12, 22, 0, 30, 0, 0, human.Zone("Europe/Berlin"))
	tests := []struct {
		passed time.Duration
		want   string
	}{
		{-time.Hour, "just now"},
		{0, "just now"},
		{59 * time.Second, "just now"},
		{time.Minute, "1 minute ago"},
		{59*time.Minute + 59*time.Second, "59 minutes ago"},
		{time.Hour, "1 hour ago"},
		{24*time.Hour - 1, "23 hours ago"},
		{24 * time.Hour, "yesterday"},
		{25 * time.Hour, "2 days ago"},
		{30 * 24 * time.Hour, "4 weeks ago"},
	}
	for _, tt := range tests {
		check(t, tt.passed.String(), r.Ago(now, now.Add(-tt.passed)), tt.want)
	}
	check(t, "the zero time", r.Ago(now, time.Time{}), "2026 years ago")
}

func TestCycle(t *testing.T) {
	tests := []struct{ cycle, want string }{
		{"P1M", "every month"},
		{"P1MT", "every month"},
		{"P12M", "every 12 months"},
		{"P2W", "every 2 weeks"},
		{"P1W", "every week"},
		{"P1Y", "every year"},
		{"P1Y6M", "every year and 6 months"},
		{"P2Y1M", "every 2 years and 1 month"},
		{"P1DT12H", "every day and 12 hours"},
		{"PT36H", "every 36 hours"},
		{"P11Y", "every 11 years"},
		{"PT1S", "every second"},
		{"P1Y1M1DT1H1M1S", "every year, 1 month, 1 day, 1 hour, 1 minute and 1 second"},
		{"P999999D", "every 999999 days"},
	}
	for _, tt := range tests {
		cycle, err := ledger.ParseCycle(tt.cycle)
		if err != nil {
			t.Fatal(err)
		}
		check(t, tt.cycle, human.Cycle(cycle), tt.want)
	}
	check(t, "no cycle", human.Cycle(ledger.Cycle{}), "")
}
