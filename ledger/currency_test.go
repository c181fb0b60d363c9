package ledger

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestParseCurrency(t *testing.T) {
	tests := []struct {
		code   string
		name   string
		digits int
	}{
		{"AED", "UAE Dirham", 2},
		{"BHD", "Bahraini Dinar", 3},
		{"CLF", "Unidad de Fomento", 4},
		{"EUR", "Euro", 2},
		{"JPY", "Yen", 0},
		{"MRU", "Ouguiya", 2},
		{"SLE", "Leone", 2},
		{"USD", "US Dollar", 2},
		{"UYW", "Unidad Previsional", 4},
		{"VED", "Bolívar Soberano", 2},
		{"XAD", "Arab Accounting Dinar", 2},
		{"XAU", "Gold", -1},
		{"XCG", "Caribbean Guilder", 2},
		{"XTS", "Codes specifically reserved for testing purposes", -1},
		{"XXX", "The codes assigned for transactions where no currency is involved", -1},
		{"ZWG", "Zimbabwe Gold", 2},
	}
	for _, tt := range tests {
		c, err := ParseCurrency(tt.code)
		if err != nil {
			t.Errorf("ParseCurrency(%q): %v", tt.code, err)
			continue
		}
		if c.String() != tt.code || c.Name() != tt.name || c.Digits() != tt.digits {
			t.Errorf("ParseCurrency(%q) = %s, %q, %d; want %q, %d",
				tt.code, c, c.Name(), c.Digits(), tt.name, tt.digits)
		}
	}
}

func TestParseCurrencyRefuses(t *testing.T) {
	withdrawn := []string{"ANG", "BGN", "CUC", "HRK", "SLL", "USS", "ZWL"}
	malformed := []string{"", "US", "usd", "Usd", "USDD", " USD", "USD\n", "840", "€", "AAA", "ZZZ"}
	for _, s := range append(withdrawn, malformed...) {
		if c, err := ParseCurrency(s); err == nil || c != "" {
			t.Errorf("ParseCurrency(%q) = %q, %v; want an error", s, c, err)
		}
	}
}

func TestParseCurrencyErrorText(t *testing.T) {
	tests := []struct{ in, want string }{
		{"US", `"US" is not an ISO 4217 currency code`},
		{"a\x00b", `"a\x00b" is not an ISO 4217 currency code`},
		{strings.Repeat("ä", 64), `"` + strings.Repeat("ä", 64) + `" is not an ISO 4217 currency code`},
		{strings.Repeat("ä", 65), `"` + strings.Repeat("ä", 64) + `…" is not an ISO 4217 currency code`},
	}
	for _, tt := range tests {
		if _, err := ParseCurrency(tt.in); err == nil || err.Error() != tt.want {
			t.Errorf("ParseCurrency(%q): %v; want %s", tt.in, err, tt.want)
		}
	}
}

func TestUnknownCurrency(t *testing.T) {
	if c := Currency("BGN"); c.Name() != "" || c.Digits() != -1 {
		t.Errorf("BGN has name %q and %d digits; want none", c.Name(), c.Digits())
	}
}

func TestCurrencyTable(t *testing.T) {
	// List one of 25 June 2024 has 179 codes; since then ANG, BGN and CUC left
	// and XAD and XCG came.
	if len(currencyTable) != 178 {
		t.Errorf("table has %d codes, want 178", len(currencyTable))
	}
	if !slices.IsSortedFunc(currencyTable, func(a, b currencyEntry) int {
		return strings.Compare(string(a.code), string(b.code))
	}) {
		t.Error("table is not sorted by code")
	}
	for i, e := range currencyTable {
		if len(e.code) != 3 || strings.Trim(string(e.code), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			t.Errorf("%q is not three upper-case letters", e.code)
		}
		if i > 0 && currencyTable[i-1].code == e.code {
			t.Errorf("%s stands twice", e.code)
		}
		if e.name == "" || e.name != strings.TrimSpace(e.name) {
			t.Errorf("%s has name %q", e.code, e.name)
		}
		if e.digits < noMinorUnit || e.digits > 4 {
			t.Errorf("%s has %d digits", e.code, e.digits)
		}
	}
}

// TestCurrencyDigits pins the codes whose minor unit is not two places.
func TestCurrencyDigits(t *testing.T) {
	want := map[int]string{
		-1: "XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX",
		0:  "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
		3:  "BHD IQD JOD KWD LYD OMR TND",
		4:  "CLF UYW",
	}
	got := map[int][]string{}
	for _, e := range currencyTable {
		if e.digits != 2 {
			got[e.digits] = append(got[e.digits], string(e.code))
		}
	}
	if len(got) != len(want) {
		t.Errorf("minor units %v, want %v", got, want)
	}
	for digits, codes := range want {
		if s := strings.Join(got[digits], " "); s != codes {
			t.Errorf("%d digits: %s; want %s", digits, s, codes)
		}
	}
}

func FuzzParseCurrency(f *testing.F) {
	for _, s := range []string{"EUR", "XXX", "usd", "", "BGN", "\xff\xff\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ParseCurrency(s)
		if err != nil {
			requireErrorText(t, err)
			return
		}
		if string(c) != s || len(s) != 3 || c.Name() == "" {
			t.Errorf("ParseCurrency(%q) = %q, %q", s, c, c.Name())
		}
	})
}

// requireErrorText checks that an error can be sent to a client as it is: one
// line of valid UTF-8 that can be printed and whose quotation is bounded.
func requireErrorText(t *testing.T, err error) {
	t.Helper()
	text := err.Error()
	if !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\r\n") {
		t.Errorf("error text %q is not one line of UTF-8", text)
	}
	// A rune escapes to ten characters at most: \U0010ffff.
	if n := utf8.RuneCountInString(text); n > 64*10+200 {
		t.Errorf("error text has %d runes", n)
	}
}
