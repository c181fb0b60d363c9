package panel

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/hostledger/hostledger/ledger"
)

// unit is what sizes are given in.
type unit struct {
	Name  string
	bytes int64
}

// units are those that forms offer, in the order in which they are tried for a
// size that is there: traffic is billed in units of 1000, but other programs
// set limits in units of 1024.
var units = []unit{
	{"TB", 1e12}, {"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3},
	{"TiB", 1 << 40}, {"GiB", 1 << 30}, {"MiB", 1 << 20}, {"B", 1},
}

// splitSize writes a size exactly: in the first of the units in which it is a
// short number.
func splitSize(bytes int64) (number, unit string) {
	const most, digits = 100_000, 2
	for _, u := range units {
		r := big.NewRat(bytes, u.bytes)
		isShort := bytes >= u.bytes && bytes/u.bytes < most
		if text := r.FloatString(digits); isShort && isExactly(r, text) || u.bytes == 1 {
			return trimZeros(text), u.Name
		}
	}
	return "", ""
}

func isExactly(r *big.Rat, text string) bool {
	short, ok := new(big.Rat).SetString(text)
	return ok && short.Cmp(r) == 0
}

// trimZeros drops what a number does not need after its point.
func trimZeros(number string) string {
	for number[len(number)-1] == '0' {
		number = number[:len(number)-1]
	}
	if number[len(number)-1] == '.' {
		number = number[:len(number)-1]
	}
	return number
}

// joinSize reads a size, rounded down to whole bytes.
func joinSize(number, unit string) (int64, error) {
	factor := int64(1)
	for _, u := range units {
		if u.Name == unit {
			factor = u.bytes
		}
	}
	decimal, err := ledger.ParseDecimal(number)
	if err != nil {
		return 0, fmt.Errorf("“%s” is not a number such as 100 or 1.5", number)
	}
	r, _ := new(big.Rat).SetString(decimal.String())
	r.Mul(r, new(big.Rat).SetInt64(factor))
	bytes := new(big.Int).Quo(r.Num(), r.Denom())
	if !bytes.IsInt64() {
		return 0, errors.New("this is more than the ledger can hold")
	}
	return bytes.Int64(), nil
}
