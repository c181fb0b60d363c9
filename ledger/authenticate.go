package ledger

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"
)

// Login finds out who signs in with a login and a password.
//
// What was verified from the same source before passes while the login is
// locked, so that who shares an address with a billing system cannot stop it
// by failing. The price is that he can go on guessing the password in use.
// From anywhere else the right password is refused like any other.
//
// Errors: ErrWrongLogin (a *LoginError), ErrLocked, ErrDisabled for an account
// that is out of service, ErrPermission for a reseller who may not use the
// API, ErrBusy when too many passwords from that address wait to be checked.
func (l *Ledger) Login(ctx context.Context, login, password string, from netip.Addr) (Identity, error) {
	if login == "" {
		return Identity{}, errWrongLogin
	}
	c := credentials{login, password, sourceOf(from)}
	mark := l.remembered.mark("login", login, password, c.source.String())
	known, ok := l.remembered.get(mark)
	if ok && l.remembered.isFresh(known, l.now()) {
		return known.identity(from), nil
	}
	if !ok {
		if err := l.lockout.check(c.source, login, l.now()); err != nil {
			return Identity{}, err
		}
	}
	leave, err := l.queue.enter(c.source)
	if err != nil {
		return Identity{}, err
	}
	defer leave()
	// A client that opens many connections at once has its password checked once.
	checked, err, _ := l.remembered.checks.Do(string(mark[:]), func() (any, error) {
		return l.checkLogin(context.WithoutCancel(ctx), c, known.proof)
	})
	if err != nil {
		return Identity{}, err
	}
	known = checked.(verified)
	l.remembered.put(mark, known)
	return known.identity(from), nil
}

// credentials are a login and a password and where they came from.
type credentials struct {
	login, password string
	source          netip.Prefix
}

// checkLogin looks a login up and checks its password, unless the password was
// checked before and proof is still the hash of the account.
func (l *Ledger) checkLogin(ctx context.Context, c credentials, proof string) (verified, error) {
	generation := l.remembered.generation.Load()
	a, err := l.accountByLogin(ctx, c.login)
	if err != nil {
		return verified{}, err
	}
	if a.PasswordHash != proof {
		if err := l.checkPassword(ctx, c, a); err != nil {
			return verified{}, err
		}
	}
	if err := a.MayUseAPI(); err != nil {
		return verified{}, err
	}
	return verified{account: a.ID, role: a.Role, login: a.Login, proof: a.PasswordHash, generation: generation, at: l.now()}, nil
}

func (l *Ledger) checkPassword(ctx context.Context, c credentials, a *Account) error {
	attempt, err := l.lockout.begin(c.source, c.login, l.now())
	if err != nil {
		return err
	}
	matches, err := l.passwords.matches(ctx, c.password, a.PasswordHash)
	if err != nil {
		return err
	}
	if !matches || a.ID == 0 {
		return &LoginError{Known: a.ID != 0, LockedFor: attempt.lockedFor, LocksAll: attempt.locksAll}
	}
	l.lockout.takeBack(attempt)
	return nil
}

// accountByLogin returns an account that nobody can sign in to when there is
// none, so that an unknown login costs what a wrong password does.
func (l *Ledger) accountByLogin(ctx context.Context, login string) (*Account, error) {
	ids, err := l.store.AccountIDs(ctx, Everything, 0, Selector{ByLogin, login})
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		return &Account{PasswordHash: noSuchPassword}, nil
	}
	a, err := l.account(ctx, ids[0])
	if errors.Is(err, ErrOwnerNotFound) {
		return &Account{PasswordHash: noSuchPassword}, nil
	}
	return a, err
}

// MayUseAPI returns why an account that proved to be itself may send no packets,
// or nil. Errors: ErrDisabled, and ErrPermission for a reseller who may not use
// the API.
func (a *Account) MayUseAPI() error {
	switch {
	case a.Status != StatusActive || a.OwnerStatus != StatusActive:
		return errDisabled
	case a.Role == RoleReseller && !a.may(remoteAccess):
		return errPermission
	}
	return nil
}

// UseKey finds out who makes a request with a secret key.
//
// Errors: ErrKeyUnknown, ErrKeyMisused for an address that the key is not
// bound to, ErrDisabled for an account that is out of service, ErrPermission
// for a reseller who may not use the API.
func (l *Ledger) UseKey(ctx context.Context, key string, from netip.Addr) (Identity, error) {
	mark := l.remembered.mark("key", key)
	generation := l.remembered.generation.Load()
	known, ok := l.remembered.get(mark)
	if !ok || !l.remembered.isFresh(known, l.now()) {
		k, err := l.store.SecretKey(ctx, hashKey(key))
		if errors.Is(err, ErrNotFound) {
			return Identity{}, errKeyUnknown
		}
		if err != nil {
			return Identity{}, err
		}
		a, err := l.account(ctx, k.AccountID)
		if errors.Is(err, ErrOwnerNotFound) {
			return Identity{}, errKeyUnknown
		}
		if err != nil {
			return Identity{}, err
		}
		if err := a.MayUseAPI(); err != nil {
			return Identity{}, err
		}
		known = verified{account: a.ID, role: a.Role, login: a.Login, addresses: k.Addresses, generation: generation, at: l.now()}
		l.remembered.put(mark, known)
	}
	if !slices.Contains(known.addresses, from) {
		return Identity{}, errKeyMisused
	}
	return known.identity(from), nil
}

var (
	errWrongLogin = Errorf(ErrWrongLogin, "You have entered incorrect username or password.")
	errDisabled   = Errorf(ErrDisabled, "The account is disabled.")
	errKeyUnknown = Errorf(ErrKeyUnknown, "PleskAPIInvalidSecretKeyException : key is not found")
	errKeyMisused = Errorf(ErrKeyMisused, "PleskAPIInvalidSecretKeyException : Invalid secret key usage. Please check logs for details.")
)

// remembered holds credentials that were verified, as keyed hashes, because
// every request carries its credentials and a password takes 25 ms to check.
// A password is remembered for the source that it came from: others must not
// find it by guessing past the lockout.
// Whatever changes an account or a key calls forget; what another process
// changed is noticed within freshFor.
type remembered struct {
	secret     [32]byte
	generation atomic.Uint64
	checks     singleflight.Group // passwords being checked
	mu         sync.RWMutex
	entries    map[[32]byte]verified
}

const (
	freshFor      = time.Second
	mostRemembred = 10_000
)

// verified is a credential that was good at a time and in a generation.
type verified struct {
	account    int64
	role       Role
	login      string
	addresses  []netip.Addr // of a secret key
	proof      string       // the password hash that it was checked against
	generation uint64
	at         time.Time
}

func (v verified) identity(from netip.Addr) Identity {
	return Identity{AccountID: v.account, Role: v.role, Login: v.login, Address: from}
}

func newRemembered(random io.Reader) *remembered {
	r := &remembered{entries: map[[32]byte]verified{}}
	mustRead(random, r.secret[:])
	return r
}

// mark returns the keyed hash of a credential: how it is used comes first, so
// that a key is never taken for a password. Marks stay in memory, where a hash
// that begins with the secret is as good as an HMAC.
func (r *remembered) mark(parts ...string) [32]byte {
	keyed := append(make([]byte, 0, 256), r.secret[:]...)
	for _, part := range parts {
		keyed = append(append(keyed, part...), 0)
	}
	return sha256.Sum256(keyed)
}

func (r *remembered) get(mark [32]byte) (verified, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	v, ok := r.entries[mark]
	return v, ok
}

func (r *remembered) put(mark [32]byte, v verified) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.entries[mark]; !ok && len(r.entries) >= mostRemembred {
		for some := range r.entries {
			delete(r.entries, some)
			break
		}
	}
	r.entries[mark] = v
}

func (r *remembered) isFresh(v verified, now time.Time) bool {
	return v.generation == r.generation.Load() && now.Sub(v.at) < freshFor
}

// forget makes every credential be looked at again before it is used.
func (r *remembered) forget() { r.generation.Add(1) }
