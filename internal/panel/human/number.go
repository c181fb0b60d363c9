package human

import (
	"math/big"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/number"
)

// Count returns a whole number with its thousands set apart, such as "1,234".
func (r Reader) Count(n uint64) string { return r.number(strconv.FormatUint(n, 10)) }

var byteUnits = []string{"B", "kB", "MB", "GB", "TB", "PB", "EB"}

// Bytes returns a size in units of 1000, as traffic is billed, rounded to three
// significant digits: "0 B", "999 B", "1.00 kB", "12.3 GB". The space does not
// break.
func (r Reader) Bytes(n uint64) string {
	unit, size := 0, uint64(1)
	for unit < len(byteUnits)-1 && n >= size*1000-size/2 { // what would round to 1000
		unit, size = unit+1, size*1000
	}
	sum := strconv.FormatUint(n, 10)
	if unit > 0 {
		sum = threeDigits(n, size)
	}
	return r.number(sum) + "\u00a0" + byteUnits[unit]
}

// threeDigits returns n in a unit of some size, in plain notation.
func threeDigits(n, size uint64) string {
	step, fraction := size/100, 2
	for ; fraction > 0; step, fraction = step*10, fraction-1 {
		if rounded(n, step) < 1000 {
			break
		}
	}
	digits := strconv.FormatUint(rounded(n, step), 10)
	if fraction == 0 {
		return digits
	}
	point := len(digits) - fraction
	return digits[:point] + "." + digits[point:]
}

// Milliseconds returns how long something took, such as "1.5 ms". The space does
// not break.
func (r Reader) Milliseconds(d time.Duration) string {
	return r.number(strconv.FormatFloat(float64(d.Microseconds())/1000, 'f', 1, 64)) + "\u00a0ms"
}

// rounded returns how many steps n is, to the nearest one. A step is even.
func rounded(n, step uint64) uint64 { return n/step + n%step/(step/2) }

// Percent returns how much of a limit is used, such as "87%", rounded down so
// that 100% is not said before all is used; "" when there is no limit.
func (r Reader) Percent(used, limit uint64) string {
	if limit == 0 {
		return ""
	}
	share := new(big.Int).SetUint64(used)
	share.Mul(share, big.NewInt(100))
	share.Div(share, new(big.Int).SetUint64(limit))
	pattern := r.printer.Sprint(number.Percent(0))
	return strings.Replace(pattern, "0", r.number(share.String()), 1)
}

// number writes a number in plain notation, exactly, as the reader separates.
func (r Reader) number(plain string) string {
	whole, fraction, broken := strings.Cut(plain, ".")
	var b strings.Builder
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(r.group)
		}
		b.WriteByte(whole[i])
	}
	if broken {
		b.WriteString(r.decimal + fraction)
	}
	return b.String()
}
