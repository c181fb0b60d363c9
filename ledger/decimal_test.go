package ledger

import (
	"strings"
	"testing"
)

func TestParseDecimal(t *testing.T) {
	tests := []struct{ in, want string }{
		{"0", "0"},
		{"000", "0"},
		{"0.00", "0.00"},
		{"00.5", "0.5"},
		{"0.5", "0.5"},
		{"10", "10"},
		{"10.00", "10.00"},
		{"007.50", "7.50"},
		{"100", "100"},
		{"999999999999999999.999999999999999999", "999999999999999999.999999999999999999"},
	}
	for _, tt := range tests {
		if d, err := ParseDecimal(tt.in); err != nil || d.String() != tt.want {
			t.Errorf("ParseDecimal(%q) = %q, %v; want %q", tt.in, d, err, tt.want)
		}
	}
}

func TestParseDecimalRefuses(t *testing.T) {
	tests := []string{
		"", ".", ".5", "5.", "+1", "--1", "-", "-.5", "1e3", "1E3", "0x10", "1,00", "1,000.00",
		"1 000", " 1", "1 ", "1\n", "1.2.3", "NaN", "Inf", "1_000", "١٠",
		strings.Repeat("1", 19), strings.Repeat("0", 19), "0." + strings.Repeat("1", 19),
	}
	for _, s := range tests {
		if d, err := ParseDecimal(s); err == nil || d != "" {
			t.Errorf("ParseDecimal(%q) = %q, %v; want an error", s, d, err)
		}
	}
}

func TestParseDecimalErrorText(t *testing.T) {
	tests := []struct{ in, want string }{
		{"1,00", `"1,00" is not a decimal number such as 10.00`},
		{"-1,00", `"-1,00" is not a decimal number such as 10.00`},
		{"-1.00", `"-1.00" is negative: the sum must not be negative`},
		{"-0", `"-0" is negative: the sum must not be negative`},
		{"-1234567890123456789", `"-1234567890123456789" is negative: the sum must not be negative`},
		{"1234567890123456789", `"1234567890123456789" is too long: expected at most 18 digits, and 18 more after a point`},
		{"0.1234567890123456789", `"0.1234567890123456789" is too long: expected at most 18 digits, and 18 more after a point`},
	}
	for _, tt := range tests {
		if _, err := ParseDecimal(tt.in); err == nil || err.Error() != tt.want {
			t.Errorf("ParseDecimal(%q): %v; want %s", tt.in, err, tt.want)
		}
	}
}

func FuzzParseDecimal(f *testing.F) {
	for _, s := range []string{"10.00", "007.50", "0", ".5", "5.", "-1", "1e9", "1,00", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDecimal(s)
		if err != nil {
			requireErrorText(t, err)
			return
		}
		if !strings.HasSuffix(s, d.String()) || strings.Trim(strings.TrimSuffix(s, d.String()), "0") != "" {
			t.Errorf("ParseDecimal(%q) = %q drops more than leading zeros", s, d)
		}
		if again, err := ParseDecimal(d.String()); err != nil || again != d {
			t.Errorf("ParseDecimal(%q) = %q, %v; want it unchanged", d, again, err)
		}
	})
}

func TestDecimalsAddUp(t *testing.T) {
	for _, tt := range []struct{ a, b, want Decimal }{
		{"", "", "0"},
		{"", "0.50", "0.50"},
		{"1", "2", "3"},
		{"10.00", "5", "15.00"},
		{"0.1", "0.02", "0.12"},
		{"0.05", "0.05", "0.10"},
		{"9.99", "0.01", "10.00"},
		{"999999999999999999.999999999999999999", "0.000000000000000001", "1000000000000000000.000000000000000000"},
	} {
		if got, turned := tt.a.Plus(tt.b), tt.b.Plus(tt.a); got != tt.want || turned != tt.want {
			t.Errorf("%s + %s = %s, turned %s; want %s", tt.a, tt.b, got, turned, tt.want)
		}
	}
}

func TestDecimalsMultiply(t *testing.T) {
	for _, tt := range []struct {
		d    Decimal
		n    int
		want Decimal
	}{
		{"9.90", 0, "0.00"},
		{"9.90", 1, "9.90"},
		{"9.90", 3, "29.70"},
		{"5", 20, "100"},
		{"0.000000000000000001", 1_000_000, "0.000000000001000000"},
		{"999999999999999999", 100_000, "99999999999999999900000"},
	} {
		if got := tt.d.Times(tt.n); got != tt.want {
			t.Errorf("%s taken %d times is %s, want %s", tt.d, tt.n, got, tt.want)
		}
	}
}
