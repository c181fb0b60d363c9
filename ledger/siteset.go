package ledger

import (
	"math/bits"
	"sync"
)

// siteSet is a set of sites. A bit for each id makes it quick to add to.
type siteSet struct {
	mu    sync.Mutex
	all   bool
	words []uint64
}

func (s *siteSet) addAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all, s.words = true, nil
}

// add adds the site of each record that was stored for a day from since on.
func (s *siteSet) add(run *TrafficRun, since Date) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all {
		return
	}
	for i, record := range run.All() {
		if record.Date >= since && run.Err(i) == nil {
			s.addSite(record.SiteID)
		}
	}
}

// addOne adds the main site of a subscription.
func (s *siteSet) addOne(id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.addSite(id)
}

func (s *siteSet) addSite(id int64) {
	word := int(id / 64)
	if more := word + 1 - len(s.words); more > 0 {
		s.words = append(s.words, make([]uint64, more)...)
	}
	s.words[word] |= 1 << (id % 64)
}

// take empties the set and returns what was in it.
func (s *siteSet) take() (ids []int64, all bool) {
	s.mu.Lock()
	words, all := s.words, s.all
	s.all, s.words = false, nil
	s.mu.Unlock()
	for i, word := range words {
		for ; word != 0; word &= word - 1 {
			ids = append(ids, int64(i*64+bits.TrailingZeros64(word)))
		}
	}
	return ids, all
}
