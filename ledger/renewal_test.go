package ledger

import (
	"testing"
	"time"
)

func TestParseRenewalDate(t *testing.T) {
	tests := []struct {
		in      string
		utc     string // in the format of time.RFC3339Nano
		hasTime bool
	}{
		{"2010-12-22T14:33:12+0600", "2010-12-22T08:33:12Z", true},
		{"2010-12-22T14:33:12+06:00", "2010-12-22T08:33:12Z", true},
		{"2010-12-22T14:33:12+06", "2010-12-22T08:33:12Z", true},
		{"2010-12-22T14:33:12-0330", "2010-12-22T18:03:12Z", true},
		{"2010-12-22T14:33:12Z", "2010-12-22T14:33:12Z", true},
		{"2010-12-22T14:33:12", "2010-12-22T14:33:12Z", true},
		{"2010-12-22T14:33:12.5+0600", "2010-12-22T08:33:12.5Z", true},
		{"2010-12-22T14:33:12,123456789Z", "2010-12-22T14:33:12.123456789Z", true},
		{"2010-12-22T14:33", "2010-12-22T14:33:00Z", true},
		{"2010-12-22T14:33+05:45", "2010-12-22T08:48:00Z", true},
		{"2010-12-22", "2010-12-22T00:00:00Z", false},
		{"2012-02-29", "2012-02-29T00:00:00Z", false},
		{"2000-02-29", "2000-02-29T00:00:00Z", false},
		{"0001-01-01", "0001-01-01T00:00:00Z", false},
		{"9999-12-31T23:59:59", "9999-12-31T23:59:59Z", true},
		{"2010-12-22T00:00:00+14:00", "2010-12-21T10:00:00Z", true},
		{"2010-12-22T00:00:00-1400", "2010-12-22T14:00:00Z", true},
		{"2010-12-22T00:00:00+0000", "2010-12-22T00:00:00Z", true},
	}
	for _, tt := range tests {
		r, err := ParseRenewalDate(tt.in)
		if err != nil {
			t.Errorf("ParseRenewalDate(%q): %v", tt.in, err)
			continue
		}
		if r.String() != tt.in || r.IsZero() || r.HasTime() != tt.hasTime {
			t.Errorf("ParseRenewalDate(%q) reads back %q, time %v", tt.in, r, r.HasTime())
		}
		if got := r.Time().UTC().Format(time.RFC3339Nano); got != tt.utc {
			t.Errorf("ParseRenewalDate(%q) is %s, want %s", tt.in, got, tt.utc)
		}
	}
}

func TestRenewalDateKeepsOffset(t *testing.T) {
	r, err := ParseRenewalDate("2010-12-22T14:33:12-0330")
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Time().Format(time.RFC3339); got != "2010-12-22T14:33:12-03:30" {
		t.Errorf("time is %s", got)
	}
}

func TestParseRenewalDateRefuses(t *testing.T) {
	tests := []string{
		"", "tomorrow", "20101222", "20101222T143312Z", "2010-12", "2010-W51-3", "2010-356", "10-12-22",
		"2010-12-22 14:33:12", "2010-12-22t14:33:12", "2010-12-22T14:33:12z", " 2010-12-22", "2010-12-22\n",
		"2010-12-22T", "2010-12-22T14", "2010-12-22T4:33", "2010-12-22T14:33.5", "2010-12-22Z", "2010-12-22+06:00",
		"2010-12-22T14:33:12.", "2010-12-22T14:33:12.1234567890", "2010-12-22T14:33:12+6", "2010-12-22T14:33:12+060",
		"2010-12-22T14:33:12+06:0", "2010-12-22T14:33:12 +0600", "2010-12-22T14:33:12+0660", "+2010-12-22", "-2010-12-22",
		"2010-02-30", "2010-02-29", "1900-02-29", "2010-13-01", "2010-00-10", "2010-04-31", "2010-12-00",
		"2010-12-22T24:00:00", "2010-12-22T14:60", "2016-12-31T23:59:60Z",
		"2010-12-22T14:33:12+14:01", "2010-12-22T14:33:12-1500", "2010-12-22T14:33:12+99",
		"0000-01-01", "0001-01-01T00:00+01:00", "0000-12-31T23:30-01:00", "9999-12-31T23:59:59-01:00",
	}
	for _, s := range tests {
		if r, err := ParseRenewalDate(s); err == nil || !r.IsZero() {
			t.Errorf("ParseRenewalDate(%q) = %q, %v; want an error", s, r, err)
		}
	}
}

func TestParseRenewalDateErrorText(t *testing.T) {
	tests := []struct{ in, want string }{
		{"soon", `"soon" is not an ISO 8601 date such as 2010-12-22T14:33:12+0600`},
		{"2010-02-30", `"2010-02-30" is a date or time that does not exist`},
		{"2010-12-22T24:00", `"2010-12-22T24:00" is a date or time that does not exist`},
		{"2010-12-22T14:33+15", `"2010-12-22T14:33+15" has an offset from UTC of more than 14:00`},
		{"0000-01-01", `"0000-01-01" lies outside the years 0001 to 9999`},
	}
	for _, tt := range tests {
		if _, err := ParseRenewalDate(tt.in); err == nil || err.Error() != tt.want {
			t.Errorf("ParseRenewalDate(%q): %v; want %s", tt.in, err, tt.want)
		}
	}
}

func TestRenewalDateZero(t *testing.T) {
	var r RenewalDate
	if !r.IsZero() || r.String() != "" || r.HasTime() || !r.Time().IsZero() {
		t.Errorf("zero value is %q at %v", r, r.Time())
	}
}

func FuzzParseRenewalDate(f *testing.F) {
	for _, s := range []string{
		"2010-12-22T14:33:12+0600", "2010-12-22T14:33:12.5Z", "2010-12-22T14:33", "2010-12-22", "2010-02-30",
		"9999-12-31T23:59:59-14:00", "0001-01-01T00:00+14", "2016-12-31T23:59:60Z", "",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := ParseRenewalDate(s)
		if err != nil {
			requireErrorText(t, err)
			return
		}
		if r.String() != s {
			t.Errorf("ParseRenewalDate(%q) reads back %q", s, r)
		}
		local := r.Time()
		if got := local.Format(time.DateOnly); got != s[:len(time.DateOnly)] {
			t.Errorf("ParseRenewalDate(%q) is on %s", s, got)
		}
		if again, err := ParseRenewalDate(local.Format(time.RFC3339Nano)); err != nil || !again.Time().Equal(local) {
			t.Errorf("%q does not survive RFC 3339: %q, %v", s, again, err)
		}
	})
}
