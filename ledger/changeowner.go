package ledger

import "context"

// NewOwner is what ChangeOwner needs.
type NewOwner struct {
	Login      string   // of a reseller or the administrator
	IPv4, IPv6 []string // one of each at most, for the customer's subscriptions; none: they keep theirs
	PlanName   *string  // a service plan of the new owner's, for all of them
}

// ChangeOwner gives a customer that FindCustomers returned to another owner,
// with his subscriptions. Addresses replace those of all his subscriptions.
// These follow the plan that is named; without one they keep the values they
// have, but no plan of the owner before.
//
// Errors: ErrPermission for anyone but the administrator, ErrOwnerNotFound,
// ErrNamedNotFound for a plan that is not there, ErrInvalid for what is not an address of its family and for
// several of one, ErrIPNotFound, ErrLimit when the new owner cannot have that
// many customers or subscriptions, ErrNotFound for a customer who is gone.
func (l *Ledger) ChangeOwner(ctx context.Context, who Identity, id int64, n NewOwner) error {
	if who.Role != RoleAdmin {
		return errPermission
	}
	owner, err := l.ownerOf(ctx, who, &Selector{ByLogin, n.Login})
	if err != nil {
		return err
	}
	var plan *Plan
	if n.PlanName != nil {
		if plan, err = l.planOf(ctx, ServicePlan, owner.ID, Selector{ByName, *n.PlanName}); err != nil {
			return err
		}
	}
	addresses, err := l.addressesFor(ctx, n)
	if err != nil {
		return err
	}
	err = l.store.UpdateAccountWithWebspaces(l.causedBy(ctx, who), id, func(a *Account) error {
		if a.Role != RoleCustomer {
			return ErrNoCustomer
		}
		a.OwnerID = owner.ID
		return nil
	}, func(p *Provider, webspaces int) error {
		return p.admit(1, webspaces)
	}, func(w *Webspace) error {
		if len(addresses) > 0 {
			w.Own.Hosting.IPs = addresses
		}
		w.moveTo(owner.ID, plan)
		return nil
	})
	l.remembered.forget()
	if plan != nil {
		l.unchecked.addAll()
	}
	return notFoundAs(ErrNoCustomer, planGone(ServicePlan, err))
}

// addressesFor returns the addresses for the subscriptions of a customer with a
// new owner, in their usual form.
func (l *Ledger) addressesFor(ctx context.Context, n NewOwner) ([]string, error) {
	var all []string
	for _, of := range []struct {
		element, family string
		addresses       []string
	}{
		{"ipV4-address", "IPv4", n.IPv4}, {"ipV6-address", "IPv6", n.IPv6},
	} {
		if len(of.addresses) > 1 {
			return nil, Errorf(ErrInvalid, "%s: expected at most one address.", of.element)
		}
		for _, address := range of.addresses {
			addr, err := ParseIP(of.element, address)
			if err != nil {
				return nil, err
			}
			if addr.Is4() != (of.family == "IPv4") {
				return nil, Errorf(ErrInvalid, "%s: %q is not an %s address.", of.element, address, of.family)
			}
			all = append(all, address)
		}
	}
	known, err := l.knownIPs(ctx)
	if err != nil {
		return nil, err
	}
	return all, checkIPs(all, known)
}
