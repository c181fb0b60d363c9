package sqlstore

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/bits"

	"github.com/hostledger/hostledger/ledger"
)

// blockSites is how many sites have their totals of a month in one row: a load
// of all sites then changes few rows, and that of one site a small one.
const blockSites = 32

// blockOf returns the block of a site and its place there. Ids are not negative.
func blockOf(site int64) (block int64, place int) {
	return site / blockSites, int(site % blockSites)
}

// totalsBlock is what the sites of a block used in a month.
type totalsBlock [blockSites][8]wide

// wide is an integer of 128 bits, because the counters of a month may add up to
// more than 64 hold.
type wide struct{ hi, lo uint64 }

// add adds a number, which may be negative.
func (w *wide) add(n int64) {
	var carry uint64
	w.lo, carry = bits.Add64(w.lo, uint64(n), 0)
	w.hi += uint64(n>>63) + carry
}

// plus returns the sum of two numbers.
func (w wide) plus(other wide) (sum wide) {
	var carry uint64
	sum.lo, carry = bits.Add64(w.lo, other.lo, 0)
	sum.hi = w.hi + other.hi + carry
	return sum
}

// saturated returns the number, or math.MaxUint64 for what does not fit.
func (w wide) saturated() uint64 {
	if w.hi != 0 {
		return math.MaxUint64
	}
	return w.lo
}

func saturated(totals *[8]wide) (t ledger.Totals) {
	for i, w := range totals {
		t[i] = w.saturated()
	}
	return t
}

// append writes a block: a bit for each site that used anything and then, for
// each of these, a bit for each counter above 0 and these counters, seven bits
// to the byte, the lowest first. A block of nothing is empty.
func (b *totalsBlock) append(to []byte) []byte {
	start := len(to)
	to = append(to, 0, 0, 0, 0)
	var used uint32
	for i := range b {
		counters := maskOf(&b[i])
		if counters == 0 {
			continue
		}
		used |= 1 << i
		to = append(to, counters)
		for _, w := range b[i] {
			if w != (wide{}) {
				to = appendWide(to, w)
			}
		}
	}
	if used == 0 {
		return to[:start]
	}
	binary.LittleEndian.PutUint32(to[start:], used)
	return to
}

// maskOf returns a bit for each of the counters that is not 0.
func maskOf[T comparable](counters *[8]T) (mask byte) {
	var zero T
	for i, c := range counters {
		if c != zero {
			mask |= 1 << i
		}
	}
	return mask
}

func appendWide(to []byte, w wide) []byte {
	for w.hi != 0 || w.lo >= 0x80 {
		to = append(to, byte(w.lo)|0x80)
		w.lo = w.lo>>7 | w.hi<<57
		w.hi >>= 7
	}
	return append(to, byte(w.lo))
}

// errCorrupt is what reading a value gives that no store wrote.
var errCorrupt = errors.New("corrupt value")

// read reads what append wrote into a block of zeros.
func (b *totalsBlock) read(from []byte) error {
	if len(from) == 0 {
		return nil
	}
	if len(from) < 4 {
		return fmt.Errorf("totals of a month: %w", errCorrupt)
	}
	used, from := binary.LittleEndian.Uint32(from), from[4:]
	for ; used != 0; used &= used - 1 {
		site := &b[bits.TrailingZeros32(used)]
		if len(from) == 0 {
			return fmt.Errorf("totals of a month: %w", errCorrupt)
		}
		mask := from[0]
		from = from[1:]
		for ; mask != 0; mask &= mask - 1 {
			n := 0
			site[bits.TrailingZeros8(mask)], n = readWide(from)
			if n == 0 {
				return fmt.Errorf("totals of a month: %w", errCorrupt)
			}
			from = from[n:]
		}
	}
	return nil
}

// readWide returns a number and how many bytes it takes, 0 if there is none.
func readWide(from []byte) (w wide, n int) {
	for shift := uint(0); n < len(from) && shift < 128; shift += 7 {
		c := from[n]
		n++
		septet := uint64(c & 0x7f)
		w.lo |= septet << shift // nothing from 64 on
		switch {
		case shift >= 64:
			w.hi |= septet << (shift - 64)
		case shift > 57:
			w.hi |= septet >> (64 - shift)
		}
		if c < 0x80 {
			return w, n
		}
	}
	return wide{}, 0
}
