package ledger

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Currency is the alphabetic code of a currency or fund in ISO 4217 list one:
// three upper-case Latin letters, such as "EUR". The zero value is no currency.
type Currency string

// ParseCurrency returns the currency whose code is exactly s. Lower case,
// surrounding space, numeric codes and withdrawn codes are errors.
func ParseCurrency(s string) (Currency, error) {
	if _, ok := lookUpCurrency(Currency(s)); !ok {
		return "", fmt.Errorf("%s is not an ISO 4217 currency code", quoteValue(s))
	}
	return Currency(s), nil
}

// Currencies returns the currencies and funds of the list, sorted by code.
func Currencies() []Currency {
	all := make([]Currency, len(currencyTable))
	for i, entry := range currencyTable {
		all[i] = entry.code
	}
	return all
}

// String returns the code.
func (c Currency) String() string { return string(c) }

// Name returns the English name the standard lists, such as "Swiss Franc", or
// "" when c is not in the list.
func (c Currency) Name() string {
	entry, _ := lookUpCurrency(c)
	return entry.name
}

// Digits returns the number of decimal places of the minor unit, 0 to 4: 2 for
// EUR, 0 for JPY. It is -1 where the standard has no minor unit ("N.A.", as for
// XAU) and when c is not in the list.
func (c Currency) Digits() int {
	entry, ok := lookUpCurrency(c)
	if !ok {
		return noMinorUnit
	}
	return entry.digits
}

func lookUpCurrency(c Currency) (currencyEntry, bool) {
	i, ok := slices.BinarySearchFunc(currencyTable, c, func(e currencyEntry, c Currency) int {
		return strings.Compare(string(e.code), string(c))
	})
	if !ok {
		return currencyEntry{}, false
	}
	return currencyTable[i], true
}

// quoteValue returns s in double quotes for an error text. A long value is cut
// after 64 runes, and what cannot be printed is escaped, so that the text stays
// short and fit for XML whatever the client sent.
func quoteValue(s string) string {
	const most = 64
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most]) + "…"
	}
	return strconv.Quote(s)
}
