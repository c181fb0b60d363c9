package sqlstore

import (
	"encoding/binary"
	"fmt"
	"math/bits"

	"github.com/hostledger/hostledger/ledger"
)

// archivedMonth is the records of a site for a month.
type archivedMonth struct {
	days     uint32 // bit n is set when there is a record for day n + 1
	counters [31]ledger.Counters
}

// set puts in the record for a day of the month, counted from 0.
func (m *archivedMonth) set(day int, c *ledger.Counters) {
	m.days |= 1 << day
	m.counters[day] = *c
}

// appendCounters writes the records: for each a bit for each counter above 0
// and then these counters, as [binary.AppendUvarint] does.
func (m *archivedMonth) appendCounters(to []byte) []byte {
	for days := m.days; days != 0; days &= days - 1 {
		counters := valuesOf(&m.counters[bits.TrailingZeros32(days)])
		to = append(to, maskOf(&counters))
		for _, c := range counters {
			if c != 0 {
				to = binary.AppendUvarint(to, uint64(c))
			}
		}
	}
	return to
}

// valuesOf returns counters in the order of the columns.
func valuesOf(c *ledger.Counters) (values [8]int64) {
	for i, counter := range c.List() {
		values[i] = *counter
	}
	return values
}

// eachArchived calls do with each of the records that appendCounters wrote and
// its day, counted from 0.
func eachArchived(days uint32, from []byte, do func(day int, c *ledger.Counters)) error {
	for ; days != 0; days &= days - 1 {
		if len(from) == 0 {
			return fmt.Errorf("days of a month: %w", errCorrupt)
		}
		var c ledger.Counters
		list, mask := c.List(), from[0]
		from = from[1:]
		for ; mask != 0; mask &= mask - 1 {
			value, n := binary.Uvarint(from)
			if n <= 0 {
				return fmt.Errorf("days of a month: %w", errCorrupt)
			}
			*list[bits.TrailingZeros8(mask)] = int64(value)
			from = from[n:]
		}
		do(bits.TrailingZeros32(days), &c)
	}
	return nil
}
