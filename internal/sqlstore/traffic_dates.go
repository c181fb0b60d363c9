package sqlstore

import (
	"slices"
	"sync/atomic"

	"github.com/hostledger/hostledger/ledger"
)

// dateSet is a set of dates that one goroutine at a time changes while others
// read it.
type dateSet struct {
	dates atomic.Pointer[[]ledger.Date] // ascending
}

func newDateSet(ascending []ledger.Date) *dateSet {
	s := &dateSet{}
	s.dates.Store(&ascending)
	return s
}

// add puts a date in.
func (s *dateSet) add(date ledger.Date) {
	dates := *s.dates.Load()
	if at, isThere := slices.BinarySearch(dates, date); !isThere {
		dates = slices.Insert(slices.Clone(dates), at, date)
		s.dates.Store(&dates)
	}
}

// remove takes a date out.
func (s *dateSet) remove(date ledger.Date) {
	dates := *s.dates.Load()
	if at, isThere := slices.BinarySearch(dates, date); isThere {
		dates = slices.Delete(slices.Clone(dates), at, at+1)
		s.dates.Store(&dates)
	}
}

func (s *dateSet) has(date ledger.Date) bool {
	_, isThere := slices.BinarySearch(*s.dates.Load(), date)
	return isThere
}

// between returns the dates from since to to as they are now, ascending.
func (s *dateSet) between(since, to ledger.Date) []ledger.Date {
	dates := *s.dates.Load()
	first, _ := slices.BinarySearch(dates, since)
	end, _ := slices.BinarySearch(dates, to+1)
	return dates[first:max(first, end)]
}
