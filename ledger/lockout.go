package ledger

import (
	"crypto/sha256"
	"math"
	"net/netip"
	"sync"
	"time"
)

const (
	mostFailures      = 5  // of one login from one source
	mostFailuresOfAll = 50 // of all logins from one source
	shortestLock      = 10 * time.Second
	longestLock       = 15 * time.Minute
	forgottenAfter    = time.Hour // without another failure
	mostTracked       = 100_000   // some 20 MB
)

// lockout refuses logins from where too many have failed: one login that
// failed 5 times, and every login after 50 failures, for 10 seconds at first
// and twice as long after each further failure.
//
// Failures never count for a login alone: then anybody could lock the
// administrator out from anywhere. The price is that somebody with many
// addresses has a few tries from each.
type lockout struct {
	mu      sync.Mutex
	tracked map[party]*failures
}

// party is who fails: a source, with one login or with all of them.
type party struct {
	source netip.Prefix
	login  [sha256.Size]byte // its hash, because it can be long; zero for all
}

type failures struct {
	count int
	last  time.Time
	until time.Time // the end of the lock
}

// attempt is a check of a password. It counts as failed from its beginning,
// so that many at once are not more than one after another, until it is
// taken back.
type attempt struct {
	one, all  party
	countsAll bool          // counted for all logins too
	lockedFor time.Duration // of the lock that begins if it fails, or 0
	locksAll  bool
}

// check tells whether a login is locked.
//
// Errors: ErrLocked.
func (l *lockout) check(source netip.Prefix, login string, now time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.locked(now, party{source: source}, oneLogin(source, login))
}

// begin counts an attempt.
//
// Errors: ErrLocked.
func (l *lockout) begin(source netip.Prefix, login string, now time.Time) (attempt, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	a := attempt{one: oneLogin(source, login), all: party{source: source}}
	if err := l.locked(now, a.one, a.all); err != nil {
		return attempt{}, err
	}
	one := l.failures(a.one, now)
	// A program that goes on with a wrong password is slowed down by its own
	// lock and shall not lock the others at its address.
	a.countsAll = one.count < mostFailures
	a.lockedFor = one.add(mostFailures, now)
	if a.countsAll {
		lock := l.failures(a.all, now).add(mostFailuresOfAll, now)
		a.lockedFor, a.locksAll = max(a.lockedFor, lock), lock > 0
	}
	return a, nil
}

// takeBack forgets the failures of a login whose password was right.
func (l *lockout) takeBack(a attempt) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.tracked, a.one)
	if all := l.tracked[a.all]; all != nil && a.countsAll {
		if all.count--; all.count == 0 {
			delete(l.tracked, a.all)
		}
		all.until = time.Time{} // it was this attempt's, or one short of failures now
	}
}

func (l *lockout) locked(now time.Time, parties ...party) error {
	var wait time.Duration
	for _, p := range parties {
		if f := l.tracked[p]; f != nil {
			wait = max(wait, f.until.Sub(now))
		}
	}
	if wait > 0 {
		return Errorf(ErrLocked, "The login is locked from this address after too many failures. Try again in %.0f s.", math.Ceil(wait.Seconds()))
	}
	return nil
}

// failures returns what a party has to its account.
func (l *lockout) failures(p party, now time.Time) *failures {
	f := l.tracked[p]
	if f == nil {
		if len(l.tracked) >= mostTracked {
			l.forgetOne(now)
		}
		f = &failures{}
		l.tracked[p] = f
	}
	f.count = f.counting(now)
	return f
}

// forgetOne makes room by forgetting who has the fewest failures of some. Who
// comes with many logins, or from many addresses, to have a lock forgotten
// would have to fail as often with all of them.
func (l *lockout) forgetOne(now time.Time) {
	const some = 16
	var least party
	fewest, seen := math.MaxInt, 0
	for p, f := range l.tracked { // begins anywhere
		if count := f.counting(now); count < fewest {
			least, fewest = p, count
		}
		if seen++; seen == some {
			break
		}
	}
	delete(l.tracked, least)
}

// counting returns how many failures are not forgotten.
func (f *failures) counting(now time.Time) int {
	if now.Sub(f.last) >= forgottenAfter {
		return 0
	}
	return f.count
}

// add counts a failure and returns how long the lock is that begins with it,
// or 0.
func (f *failures) add(most int, now time.Time) time.Duration {
	f.count++
	f.last = now
	if f.count < most {
		return 0
	}
	lock := min(shortestLock<<min(f.count-most, 10), longestLock)
	f.until = now.Add(lock)
	return lock
}

func oneLogin(source netip.Prefix, login string) party {
	return party{source, sha256.Sum256([]byte(login))}
}

// LoginError is ErrWrongLogin with what the log of the host may tell and the
// client must not learn.
type LoginError struct {
	Known     bool          // the login exists
	LockedFor time.Duration // of the lock that begins with this failure, or 0
	LocksAll  bool          // it locks all logins from there
}

// Error returns the sentence for the client.
func (*LoginError) Error() string { return errWrongLogin.Text }

// Unwrap lets errors.Is find the kind.
func (*LoginError) Unwrap() error { return errWrongLogin }
