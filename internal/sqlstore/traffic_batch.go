package sqlstore

import (
	"cmp"
	"iter"
	"math/bits"
	"slices"

	"github.com/hostledger/hostledger/ledger"
)

// trafficBatch puts the records of a group in the order in which the database
// takes them several times faster: that of its key. It sorts 16 bytes for each
// record and leaves the records where they are.
type trafficBatch struct {
	runs   []*ledger.TrafficRun
	starts []int // the number of each run's first record in the group
	keys   []trafficKey
}

// trafficKey says where a record goes. Records are numbered over all runs of
// the group: the higher number is the later record.
type trafficKey struct {
	site   int64
	date   ledger.Date
	record uint32
}

// byDate is the order of date and site.
func byDate(x, y trafficKey) int {
	if x.date != y.date {
		return cmp.Compare(x.date, y.date)
	}
	if x.site != y.site {
		return cmp.Compare(x.site, y.site)
	}
	return cmp.Compare(x.record, y.record)
}

// bySite is the order of site and date.
func bySite(x, y trafficKey) int {
	if x.site != y.site {
		return cmp.Compare(x.site, y.site)
	}
	if x.date != y.date {
		return cmp.Compare(x.date, y.date)
	}
	return cmp.Compare(x.record, y.record)
}

func newTrafficBatch(group []*trafficRequest, order func(x, y trafficKey) int) *trafficBatch {
	b := &trafficBatch{}
	total := 0
	for _, r := range group {
		b.runs = append(b.runs, r.run)
		b.starts = append(b.starts, total)
		total += r.run.Len()
	}
	b.keys = make([]trafficKey, 0, total)
	for r, run := range b.runs {
		for i, record := range run.All() {
			if run.Err(i) == nil {
				number := uint32(b.starts[r] + i) //nolint:gosec // the records would need 200 GB to overflow it
				b.keys = append(b.keys, trafficKey{site: record.SiteID, date: record.Date, record: number})
			}
		}
	}
	slices.SortFunc(b.keys, order)
	return b
}

// merged yields one record for each site and day, in the order of the batch:
// what the records for it come to when they are applied in turn. It is good
// until the next.
func (b *trafficBatch) merged() iter.Seq[*ledger.SiteTraffic] {
	return func(yield func(*ledger.SiteTraffic) bool) {
		var merged ledger.SiteTraffic // one for all: it escapes, and a million of them would be garbage
		for i := 0; i < len(b.keys); {
			key := b.keys[i]
			merged = b.record(key.record)
			for i++; i < len(b.keys) && b.keys[i].site == key.site && b.keys[i].date == key.date; i++ {
				later := b.record(b.keys[i].record)
				merged.Given |= later.Given
				replace(&merged.Counters, &later)
			}
			if !yield(&merged) {
				return
			}
		}
	}
}

// dates returns the dates of a batch in the order of date and site, each once.
func (b *trafficBatch) dates() (dates []ledger.Date) {
	for _, key := range b.keys {
		if last := len(dates) - 1; last < 0 || dates[last] != key.date {
			dates = append(dates, key.date)
		}
	}
	return dates
}

// parts cuts the keys of a batch in the order of site and date into parts of
// about so many, none of them within a month of a site.
func (b *trafficBatch) parts(size int) (parts [][]trafficKey) {
	for start := 0; start < len(b.keys); {
		end := min(start+size, len(b.keys))
		for end < len(b.keys) && b.keys[end].site == b.keys[end-1].site && b.keys[end].date.FirstOfMonth() == b.keys[end-1].date.FirstOfMonth() {
			end++
		}
		parts = append(parts, b.keys[start:end])
		start = end
	}
	return parts
}

// part returns the batch of some of the keys, without records that have failed.
func (b *trafficBatch) part(keys []trafficKey) *trafficBatch {
	return &trafficBatch{runs: b.runs, starts: b.starts, keys: slices.DeleteFunc(keys, func(key trafficKey) bool {
		run, i := b.find(key.record)
		return run.Err(i) != nil
	})}
}

// record returns the record with a number.
func (b *trafficBatch) record(number uint32) ledger.SiteTraffic {
	run, i := b.find(number)
	return run.Record(i)
}

// find returns the run that the record with a number is in, and its place there.
func (b *trafficBatch) find(number uint32) (*ledger.TrafficRun, int) {
	n := int(number)
	run := len(b.starts) - 1
	if run > 0 {
		after, _ := slices.BinarySearch(b.starts, n+1)
		run = after - 1
	}
	return b.runs[run], n - b.starts[run]
}

// replace sets the counters that a record gives.
func replace(c *ledger.Counters, record *ledger.SiteTraffic) {
	to, from := c.List(), record.List()
	for given := uint8(record.Given); given != 0; given &= given - 1 {
		i := bits.TrailingZeros8(given)
		*to[i] = *from[i]
	}
}

// sitesOf returns the ids of sites that the records of runs name, ascending,
// each once. Records that have failed are left out.
func sitesOf(requests []*trafficRequest) []int64 {
	var sites []int64
	for _, r := range requests {
		for i, record := range r.run.All() {
			isRepeated := len(sites) > 0 && sites[len(sites)-1] == record.SiteID
			if !isRepeated && r.run.Err(i) == nil {
				sites = append(sites, record.SiteID)
			}
		}
	}
	slices.Sort(sites)
	return slices.Compact(sites)
}

// byScope returns the runs of a group by what may be seen: those of the same
// scope are looked at together.
func byScope(group []*trafficRequest) map[ledger.Scope][]*trafficRequest {
	requests := map[ledger.Scope][]*trafficRequest{}
	for _, r := range group {
		requests[r.scope] = append(requests[r.scope], r)
	}
	return requests
}

// failMissing fails the records whose site is among those missing, which
// ascend.
func (r *trafficRequest) failMissing(missing []int64) {
	if len(missing) == 0 {
		return
	}
	for i, record := range r.run.All() {
		if _, isMissing := slices.BinarySearch(missing, record.SiteID); isMissing && r.run.Err(i) == nil {
			r.run.Fail(i, r.missing)
		}
	}
}
