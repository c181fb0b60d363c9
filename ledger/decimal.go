package ledger

import (
	"fmt"
	"math/big"
	"regexp"
	"strings"
)

// Decimal is an exact number of zero or more in plain notation: 1 to 18 digits
// and, after a point, 1 to 18 more. It keeps the scale it was given, so 10.00
// and 10 are different Decimals of the same value. The zero value is no number;
// zero itself is "0".
type Decimal string

var (
	decimalPattern    = regexp.MustCompile(`^[0-9]{1,18}(\.[0-9]{1,18})?$`)
	anyDecimalPattern = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)
)

// ParseDecimal reads s, such as "10", "10.00" or "0.5", and drops redundant
// leading zeros. Signs, exponents, separators of thousands, spaces and a point
// without digits on both sides are errors, as are numbers too long for Decimal.
func ParseDecimal(s string) (Decimal, error) {
	switch {
	case decimalPattern.MatchString(s):
		return Decimal(stripLeadingZeros(s)), nil
	case !anyDecimalPattern.MatchString(s):
		return "", fmt.Errorf("%s is not a decimal number such as 10.00", quoteValue(s))
	case s[0] == '-':
		return "", fmt.Errorf("%s is negative: the sum must not be negative", quoteValue(s))
	}
	return "", fmt.Errorf("%s is too long: expected at most 18 digits, and 18 more after a point", quoteValue(s))
}

// String returns the number in plain notation.
func (d Decimal) String() string { return string(d) }

// Plus returns the exact sum of two numbers, with as many digits after the point
// as the one that has more of them. No number counts as 0.
func (d Decimal) Plus(other Decimal) Decimal {
	scale := max(d.scale(), other.scale())
	sum := d.units(scale)
	return newDecimal(sum.Add(sum, other.units(scale)), scale)
}

// Times returns the number n times, exactly, with its digits after the point.
// n is not negative.
func (d Decimal) Times(n int) Decimal {
	product := d.units(d.scale())
	return newDecimal(product.Mul(product, big.NewInt(int64(n))), d.scale())
}

// scale returns how many digits are after the point.
func (d Decimal) scale() int {
	_, fraction, _ := strings.Cut(string(d), ".")
	return len(fraction)
}

// units returns the number in units of its last digit, of which a scale that is
// no less than its own tells the place.
func (d Decimal) units(scale int) *big.Int {
	whole, fraction, _ := strings.Cut(string(d), ".")
	n, _ := new(big.Int).SetString("0"+whole+fraction+strings.Repeat("0", scale-len(fraction)), 10)
	return n
}

// newDecimal returns the number that so many units of a scale are.
func newDecimal(units *big.Int, scale int) Decimal {
	digits := fmt.Sprintf("%0*d", scale+1, units)
	if scale == 0 {
		return Decimal(digits)
	}
	point := len(digits) - scale
	return Decimal(digits[:point] + "." + digits[point:])
}

// stripLeadingZeros keeps the one zero that stands before a point or alone.
func stripLeadingZeros(s string) string {
	s = strings.TrimLeft(s, "0")
	if s == "" || s[0] == '.' {
		return "0" + s
	}
	return s
}
