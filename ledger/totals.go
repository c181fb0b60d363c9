package ledger

import (
	"math"
	"math/bits"
)

// Totals are what the counters of some days add up to, in bytes and in the
// order of [Counters]. math.MaxUint64 stands for any sum that does not fit.
type Totals [8]uint64

// SiteMonth is what a site used in a month.
type SiteMonth struct {
	SiteID int64
	Totals
}

// WebspaceMonth is how much a subscription used in a month, over all its sites
// and protocols: bytes, math.MaxUint64 for more than fits.
type WebspaceMonth struct {
	WebspaceID int64
	Bytes      uint64
}

// Sum adds up all counters; ok is false when they come to more than fits.
func (t *Totals) Sum() (sum uint64, ok bool) {
	ok = true
	for _, bytes := range t {
		more := uint64(0)
		sum, more = bits.Add64(sum, bytes, 0)
		ok = ok && more == 0 && bytes != math.MaxUint64
	}
	return sum, ok
}

// AtMost is Sum with math.MaxUint64 for more than fits.
func (t *Totals) AtMost() uint64 {
	if sum, ok := t.Sum(); ok {
		return sum
	}
	return math.MaxUint64
}

// totals returns the counters of one day.
func (c *Counters) totals() *Totals {
	var t Totals
	for i, bytes := range c.List() {
		t[i] = uint64(*bytes)
	}
	return &t
}

// add adds the counters of a day.
func (t *Totals) add(c *Counters) {
	for i, bytes := range c.List() {
		t[i] = AddBytes(t[i], uint64(*bytes))
	}
}

// addAll adds other totals.
func (t *Totals) addAll(more *Totals) {
	for i, bytes := range more {
		t[i] = AddBytes(t[i], bytes)
	}
}

// AddBytes adds up two numbers of bytes, to math.MaxUint64 if they come to more
// than fits.
func AddBytes(a, b uint64) uint64 {
	sum, carry := bits.Add64(a, b, 0)
	if carry != 0 {
		return math.MaxUint64
	}
	return sum
}
