package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/netip"
	"slices"
	"strings"
)

// SecretKey stands for a login and a password in requests that come from the
// addresses it is bound to. Only a hash of the key is kept; the key itself is
// shown once, when it is made.
type SecretKey struct {
	ID          string // names the key in lists; useless for signing in
	Hash        string // SHA-256, hex: a key is 122 random bits, so nothing slower is needed
	AccountID   int64
	Login       string
	Addresses   []netip.Addr
	Description string
}

// NewSecretKey is what CreateSecretKey needs. Empty values take the caller's.
type NewSecretKey struct {
	Addresses   string // one or more IP addresses, separated by commas
	Description string
	Login       string
}

// CreateSecretKey makes a key and returns it; it cannot be shown again.
//
// Errors: ErrPermission for anyone but the administrator, ErrInvalid for an
// address that is none, ErrNotFound for an unknown login.
func (l *Ledger) CreateSecretKey(ctx context.Context, who Identity, n NewSecretKey) (key string, err error) {
	if who.Role != RoleAdmin {
		return "", errPermission
	}
	owner := who.AccountID
	if n.Login != "" {
		ids, err := l.store.AccountIDs(ctx, who.Scope(), 0, Selector{ByLogin, n.Login})
		if err != nil {
			return "", err
		}
		if len(ids) == 0 {
			return "", ErrNoCustomer
		}
		owner = ids[0]
	}
	addresses := []netip.Addr{who.Address}
	if n.Addresses != "" {
		if addresses, err = parseAddresses(n.Addresses); err != nil {
			return "", err
		}
	}
	key = l.newGUID()
	return key, l.store.AddSecretKey(l.causedBy(ctx, who), &SecretKey{
		ID: l.newGUID(), Hash: hashKey(key), AccountID: owner, Addresses: addresses, Description: n.Description,
	})
}

func parseAddresses(list string) ([]netip.Addr, error) {
	var addresses []netip.Addr
	for part := range strings.SplitSeq(list, ",") {
		addr, err := ParseIP("ip_address", strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		addresses = append(addresses, addr)
	}
	return addresses, nil
}

// SecretKeyMatch is what one value of a key filter came to.
type SecretKeyMatch struct {
	Value string // as requested; for a blank filter the key's id
	Key   *SecretKey
	Err   error
}

// FindSecretKeys returns the keys that the values name, each by the key itself
// or by its id; all keys when there are no values.
//
// Errors: ErrPermission for anyone but the administrator.
func (l *Ledger) FindSecretKeys(ctx context.Context, who Identity, values []string) ([]SecretKeyMatch, error) {
	if who.Role != RoleAdmin {
		return nil, errPermission
	}
	keys, err := l.store.SecretKeys(ctx)
	if err != nil {
		return nil, err
	}
	var matches []SecretKeyMatch
	if len(values) == 0 {
		for i := range keys {
			matches = append(matches, SecretKeyMatch{Value: keys[i].ID, Key: &keys[i]})
		}
		return matches, nil
	}
	for _, value := range values {
		hash := hashKey(value)
		i := slices.IndexFunc(keys, func(k SecretKey) bool { return k.ID == value || k.Hash == hash })
		if i < 0 {
			matches = append(matches, SecretKeyMatch{Value: value, Err: errNoKey})
			continue
		}
		matches = append(matches, SecretKeyMatch{Value: value, Key: &keys[i]})
	}
	return matches, nil
}

// DeleteSecretKey removes a key that FindSecretKeys returned.
//
// Errors: ErrNotFound for a key that is gone.
func (l *Ledger) DeleteSecretKey(ctx context.Context, who Identity, id string) error {
	err := l.store.DeleteSecretKey(l.causedBy(ctx, who), id)
	l.remembered.forget()
	if errors.Is(err, ErrNotFound) {
		return errNoKey
	}
	return err
}

var errNoKey = Errorf(ErrNotFound, "Key is not found")

func hashKey(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}
