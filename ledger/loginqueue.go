package ledger

import (
	"net/netip"
	"sync"
)

// mostWaiting is how many passwords from one address may wait to be checked,
// or be checked, at a time. With a few checks for each hundredth of a second
// nobody waits long for another address, however many it sends.
const mostWaiting = 64

// loginQueue counts who waits for a password to be checked.
type loginQueue struct {
	mu      sync.Mutex
	waiting map[netip.Prefix]int
}

// enter takes a place, which leave gives back.
//
// Errors: ErrBusy when the source has all its places taken.
func (q *loginQueue) enter(source netip.Prefix) (leave func(), err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.waiting[source] >= mostWaiting {
		return nil, errBusy
	}
	if q.waiting == nil {
		q.waiting = map[netip.Prefix]int{}
	}
	q.waiting[source]++
	return func() { q.leave(source) }, nil
}

func (q *loginQueue) leave(source netip.Prefix) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.waiting[source]--; q.waiting[source] == 0 {
		delete(q.waiting, source)
	}
}

// sourceOf returns what one party has of addresses: one of IPv4, a /64 of IPv6.
func sourceOf(from netip.Addr) netip.Prefix {
	from = from.Unmap()
	bits := 64
	if from.Is4() {
		bits = 32
	}
	prefix, err := from.Prefix(bits)
	if err != nil {
		return netip.Prefix{} // no address: from within
	}
	return prefix
}

var errBusy = Errorf(ErrBusy, "Too many logins from this address are being checked. Try again in a moment.")
