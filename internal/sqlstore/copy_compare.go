package sqlstore

import (
	"context"
	"fmt"
	"hash/maphash"
	"slices"

	"github.com/hostledger/hostledger/ledger"
)

// tally is what the rows of a table come to, in whatever order they are.
type tally struct {
	table    string
	rows     int64
	counters [8]wide // the sums of those of traffic
	checksum uint64  // the sum of those of the rows
}

// compare compares the copy with the source, as both are now.
func (c *copying) compare(ctx context.Context) ([]Copied, error) {
	want, err := c.tallies(ctx, c.from, 1)
	if err != nil {
		return nil, fmt.Errorf("reading the source again: %w", err)
	}
	got, err := c.tallies(ctx, c.to, 2)
	if err != nil {
		return nil, fmt.Errorf("reading the copy: %w", err)
	}
	copied := make([]Copied, len(want))
	for i := range want {
		if got[i] != want[i] {
			return nil, fmt.Errorf("%w: %s has %d rows in the source and %d in the copy, or other values",
				ErrCopyDiffers, want[i].table, want[i].rows, got[i].rows)
		}
		copied[i] = Copied{want[i].table, want[i].rows, want[i].bytes()}
	}
	return copied, nil
}

// tallies returns what each table of a store comes to. The store is the first
// or the second of two to be read.
func (c *copying) tallies(ctx context.Context, s *Store, number int64) (tallies []tally, err error) {
	err = s.withSnapshot(ctx, func(q querier) error {
		if tallies, err = tallyParts(ctx, q); err != nil {
			return err
		}
		days, months := tally{table: "traffic of days"}, tally{table: "traffic of months"}
		err := s.eachTraffic(ctx, q, 0, func(traffic *siteTraffic, done, all int64) error {
			days.addDays(traffic.days)
			months.addMonths(traffic.months)
			c.Progress("comparison", (number-1)*all+done, 2*all)
			return nil
		})
		tallies = append(tallies, days, months)
		return err
	})
	return tallies, err
}

func tallyParts(ctx context.Context, q querier) (tallies []tally, err error) {
	for i := range copiedParts {
		part := &copiedParts[i]
		place := slices.IndexFunc(tallies, func(t tally) bool { return t.table == part.table })
		if place < 0 {
			place = len(tallies)
			tallies = append(tallies, tally{table: part.table})
		}
		if err := tallies[place].addPart(ctx, q, part); err != nil {
			return nil, fmt.Errorf("%s: %w", part.table, err)
		}
	}
	return tallies, nil
}

// seed is that of all checksums.
var seed = maphash.MakeSeed()

func (t *tally) addPart(ctx context.Context, q querier, part *copiedPart) error {
	columns, err := part.columns(ctx, q)
	if err != nil {
		return err
	}
	return part.eachRow(ctx, q, columns, 0, func(row []any) error {
		var checksum maphash.Hash
		checksum.SetSeed(seed)
		for _, value := range row {
			maphash.WriteComparable(&checksum, value)
		}
		t.rows++
		t.checksum += checksum.Sum64()
		return nil
	})
}

func (t *tally) addDays(days []ledger.SiteDay) {
	for i := range days {
		t.rows++
		t.checksum += maphash.Comparable(seed, days[i])
		for c, n := range valuesOf(&days[i].Counters) {
			t.counters[c].add(n)
		}
	}
}

func (t *tally) addMonths(months []siteTotals) {
	for i := range months {
		t.rows++
		t.checksum += maphash.Comparable(seed, months[i])
		for c, n := range months[i].totals {
			t.counters[c] = t.counters[c].plus(n)
		}
	}
}

// bytes returns the sum of all counters.
func (t *tally) bytes() (bytes uint64) {
	for _, n := range t.counters {
		bytes = ledger.AddBytes(bytes, n.saturated())
	}
	return bytes
}
