package ledger

import (
	"fmt"
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

// stripLeadingZeros keeps the one zero that stands before a point or alone.
func stripLeadingZeros(s string) string {
	s = strings.TrimLeft(s, "0")
	if s == "" || s[0] == '.' {
		return "0" + s
	}
	return s
}
