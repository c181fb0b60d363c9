package human

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/currency"

	"github.com/hostledger/hostledger/ledger"
)

// Money returns a sum with every digit it has and at least those that its
// currency is counted in, its thousands set apart, and
// with the symbol that people with the reader's locale know the currency by, or
// else its code: "€1,234.50", "1.234,50 €", "CHF 10.00". Spaces do not break. It
// is "" for no sum.
func (r Reader) Money(m ledger.Money) string {
	if m.Sum == "" {
		return ""
	}
	symbol, pattern := r.symbol(m.Currency), r.style.money
	if last, _ := utf8.DecodeLastRuneInString(symbol); pattern == before && !unicode.IsSymbol(last) {
		pattern = beforeSpaced // a word must not touch the digits
	}
	return r.isolated(strings.NewReplacer("¤", symbol, "#", r.number(padded(m))).Replace(pattern))
}

// padded returns a sum with zeros up to the digits of its currency's minor unit.
func padded(m ledger.Money) string {
	unit, err := currency.ParseISO(m.Currency.String())
	if err != nil {
		return m.Sum.String()
	}
	whole, fraction, _ := strings.Cut(m.Sum.String(), ".")
	digits, _ := currency.Standard.Rounding(unit)
	fraction += strings.Repeat("0", max(0, digits-len(fraction)))
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

func (r Reader) symbol(c ledger.Currency) string {
	unit, err := currency.ParseISO(c.String())
	if err != nil {
		return c.String() // younger than the library's table
	}
	return r.printer.Sprint(currency.Symbol(unit))
}
