package ledger

import (
	"context"
	"net/netip"
	"slices"
)

// PoolAddress is an address of the host that was given to a reseller for his
// customers. Subscriptions may use any address of the host: the pool says
// which the administrator meant for him.
type PoolAddress struct {
	Address netip.Addr `json:"address"`
	Type    IPType     `json:"type"` // how he shares it, whatever the host does
}

// AddPoolAddress gives an address to a reseller that FindResellers returned;
// ipType nil means the type that it has on the host.
//
// Errors: ErrPermission for anyone but the administrator, ErrIPNotFound for an
// address that the host does not have, ErrFailed for one that the reseller has
// already, ErrNotFound for a reseller who is gone.
func (l *Ledger) AddPoolAddress(ctx context.Context, who Identity, resellerID int64, addr netip.Addr, ipType *IPType) error {
	host, err := l.store.IPAddresses(ctx)
	if err != nil {
		return err
	}
	return l.changePool(ctx, who, resellerID, func(pool *[]PoolAddress) error {
		i := slices.IndexFunc(host, func(ip IPAddress) bool { return ip.Address == addr })
		if i < 0 {
			return ipError(addr, ErrNotFound)
		}
		if indexInPool(*pool, addr) >= 0 {
			// Not ErrExists: clients go on after 1023, and only after that.
			return Errorf(ErrFailed, "IP address %s is in the reseller's pool already.", addr)
		}
		added := PoolAddress{Address: addr, Type: host[i].Type}
		set(&added.Type, ipType)
		*pool = append(*pool, added)
		return nil
	})
}

// SetPoolAddress changes the type of an address in a reseller's pool.
//
// Errors: ErrPermission for anyone but the administrator, ErrIPNotFound for an
// address that is not in the pool, ErrNotFound for a reseller who is gone.
func (l *Ledger) SetPoolAddress(ctx context.Context, who Identity, resellerID int64, addr netip.Addr, ipType IPType) error {
	return l.changePool(ctx, who, resellerID, func(pool *[]PoolAddress) error {
		i := indexInPool(*pool, addr)
		if i < 0 {
			return errNotInPool(addr)
		}
		(*pool)[i].Type = ipType
		return nil
	})
}

// DeletePoolAddress takes an address out of a reseller's pool. Subscriptions
// that use it keep it.
//
// Errors: ErrPermission for anyone but the administrator, ErrIPNotFound for an
// address that is not in the pool, ErrNotFound for a reseller who is gone.
func (l *Ledger) DeletePoolAddress(ctx context.Context, who Identity, resellerID int64, addr netip.Addr) error {
	return l.changePool(ctx, who, resellerID, func(pool *[]PoolAddress) error {
		i := indexInPool(*pool, addr)
		if i < 0 {
			return errNotInPool(addr)
		}
		*pool = slices.Delete(*pool, i, i+1)
		return nil
	})
}

// poolOf returns what a reseller gets with a plan: those of its addresses that
// the host has, with the types that they have there.
func (l *Ledger) poolOf(ctx context.Context, p *Plan) (pool []PoolAddress, err error) {
	if p == nil {
		return nil, nil
	}
	host, err := l.store.IPAddresses(ctx)
	if err != nil {
		return nil, err
	}
	for _, ip := range host {
		if slices.Contains(p.Settings.IPPool.Addresses, ip.Address.String()) {
			pool = append(pool, PoolAddress{Address: ip.Address, Type: ip.Type})
		}
	}
	return pool, nil
}

func (l *Ledger) changePool(ctx context.Context, who Identity, resellerID int64, change func(*[]PoolAddress) error) error {
	if who.Role != RoleAdmin {
		return errPermission
	}
	err := l.store.UpdateAccount(l.causedBy(ctx, who), resellerID, func(a *Account) error {
		if a.Role != RoleReseller {
			return ErrNoReseller
		}
		a.Reseller.IPPool = slices.Clone(a.Reseller.IPPool)
		return change(&a.Reseller.IPPool)
	})
	return notFoundAs(ErrNoReseller, err)
}

func indexInPool(pool []PoolAddress, addr netip.Addr) int {
	return slices.IndexFunc(pool, func(ip PoolAddress) bool { return ip.Address == addr })
}

func errNotInPool(addr netip.Addr) error {
	return Errorf(ErrIPNotFound, "IP address %s is not in the reseller's pool.", addr)
}
