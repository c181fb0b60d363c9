package human_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

func TestCount(t *testing.T) {
	tests := []struct {
		locale string
		n      uint64
		want   string
	}{
		{"en-US", 0, "0"},
		{"en-US", 999, "999"},
		{"en-US", 1000, "1,000"},
		{"en-US", 1_234_567, "1,234,567"},
		{"en-US", math.MaxUint64, "18,446,744,073,709,551,615"},
		{"de-DE", 1_234_567, "1.234.567"},
		{"sv-SE", 1_234_567, "1 234 567"},
		{"ar", 1_234_567, "1,234,567"},
	}
	for _, tt := range tests {
		check(t, tt.locale, shown(reader(tt.locale).Count(tt.n)), tt.want)
	}
}

func TestBytes(t *testing.T) {
	tests := []struct {
		n    uint64
		want string
	}{
		{0, "0 B"},
		{1, "1 B"},
		{999, "999 B"},
		{1000, "1.00 kB"},
		{1004, "1.00 kB"},
		{1005, "1.01 kB"},
		{9_994, "9.99 kB"},
		{9_995, "10.0 kB"},
		{99_949, "99.9 kB"},
		{99_950, "100 kB"},
		{999_499, "999 kB"},
		{999_500, "1.00 MB"},
		{1_000_000, "1.00 MB"},
		{1_234_567_890, "1.23 GB"},
		{12_345_678_901_234, "12.3 TB"},
		{999_499_999_999_999_999, "999 PB"},
		{999_500_000_000_000_000, "1.00 EB"},
		{math.MaxUint64, "18.4 EB"},
	}
	for _, tt := range tests {
		check(t, tt.want, reader("en-US").Bytes(tt.n), strings.ReplaceAll(tt.want, " ", "\u00a0"))
	}
	check(t, "German", shown(reader("de-DE").Bytes(1_234_567)), "1,23 MB")
}

func TestMilliseconds(t *testing.T) {
	check(t, "en-US", shown(reader("en-US").Milliseconds(1549*time.Microsecond)), "1.5 ms")
	check(t, "de-DE", shown(reader("de-DE").Milliseconds(1234567*time.Microsecond)), "1.234,6 ms")
}

func TestPercent(t *testing.T) {
	tests := []struct {
		used, limit uint64
		want        string
	}{
		{0, 0, ""},
		{5, 0, ""},
		{0, 100, "0%"},
		{869, 1000, "86%"},
		{math.MaxUint64 - 1, math.MaxUint64, "99%"},
		{math.MaxUint64, math.MaxUint64, "100%"},
		{1_234, 100, "1,234%"},
		{math.MaxUint64, 1, "1,844,674,407,370,955,161,500%"},
		{1, math.MaxUint64, "0%"},
	}
	for _, tt := range tests {
		check(t, tt.want, reader("en-US").Percent(tt.used, tt.limit), tt.want)
	}
}

func TestMoney(t *testing.T) {
	tests := []struct {
		locale   string
		currency ledger.Currency
		sum      ledger.Decimal
		want     string
	}{
		{"en-US", "USD", "0", "$0.00"},
		{"en-US", "USD", "0.5", "$0.50"},
		{"en-US", "EUR", "1234.50", "€1,234.50"},
		{"en-US", "JPY", "1234", "¥1,234"},
		{"en-US", "KWD", "1.500", "KWD 1.500"},
		{"en-US", "SEK", "1000000", "SEK 1,000,000.00"},
		{"en-US", "XCG", "10.00", "XCG 10.00"},
		{"en-US", "CAD", "10.00", "CA$10.00"},
		{"de-DE", "EUR", "1234.50", "1.234,50 €"},
		{"de-DE", "USD", "1234.50", "1.234,50 $"},
		{"de-DE", "CHF", "10", "10,00 CHF"},
		{"pl-PL", "PLN", "1234.50", "1 234,50 zł"},
		{"pt-BR", "BRL", "1234.50", "R$ 1.234,50"},
		{"zh-TW", "TWD", "100", "$100.00"},
		{"id-ID", "IDR", "10000", "Rp 10.000"},
		{"nl-NL", "USD", "1.00", "US$ 1,00"},
		{"en-US", "USD", "", ""},
	}
	for _, tt := range tests {
		money := ledger.Money{Currency: tt.currency, Sum: tt.sum}
		check(t, tt.locale+" "+money.String(), shown(reader(tt.locale).Money(money)), tt.want)
	}
	check(t, "spaces", reader("de-DE").Money(ledger.Money{Currency: "CHF", Sum: "10"}), "10,00\u00a0CHF")
}

// Digits of a sum are the same ones, in the same order, in every locale; zeros
// of the currency's minor unit may follow.
func TestMoneyIsExact(t *testing.T) {
	sums := []ledger.Decimal{
		"0", "0.10", "9007199254740993", "123456789012345678.123456789012345678", "0.000000000000000001",
		"123456789012345678901234567890.10", // a sum of many
	}
	digits := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, s)
	}
	for _, w := range written {
		for _, sum := range sums {
			for _, currency := range []ledger.Currency{"EUR", "USD", "JPY", "BHD", "XCG"} {
				money := ledger.Money{Currency: currency, Sum: sum}
				rest, ok := strings.CutPrefix(digits(reader(w.locale).Money(money)), digits(sum.String()))
				if !ok || strings.Trim(rest, "0") != "" {
					t.Errorf("%s %s is written %s", w.locale, money, reader(w.locale).Money(money))
				}
			}
		}
	}
}
