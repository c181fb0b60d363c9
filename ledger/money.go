package ledger

// Money is a sum in one currency. The sum keeps the scale it was given, which
// need not be the number of digits of the currency's minor unit.
type Money struct {
	Currency Currency
	Sum      Decimal
}

// String returns the sum before the currency code, as in "10.00 USD".
func (m Money) String() string {
	return m.Sum.String() + " " + m.Currency.String()
}
