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

// add puts dates in: all those of a group at once, because it copies the set. The
// dates given are each there once, and not the caller's any more.
func (s *dateSet) add(dates ...ledger.Date) {
	fresh := slices.DeleteFunc(dates, s.has)
	if len(fresh) == 0 {
		return
	}
	all := slices.Concat(*s.dates.Load(), fresh)
	slices.Sort(all)
	s.dates.Store(&all)
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
