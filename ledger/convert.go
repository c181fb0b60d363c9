package ledger

import (
	"context"
	"errors"
)

// ConvertToReseller makes a customer that FindCustomers returned a reseller of
// the administrator's. His subscriptions stay his, with the values they have
// but without a plan, since their plans are not his. He may use and do what his
// reseller plan says, and has its addresses, or without one what a reseller has
// who was added without any settings.
//
// Errors: ErrPermission for anyone but the administrator, ErrNamedNotFound for a
// plan that is not there, ErrNotFound for a customer who is gone.
func (l *Ledger) ConvertToReseller(ctx context.Context, who Identity, id int64, planName *string) error {
	if who.Role != RoleAdmin {
		return errPermission
	}
	plan, err := l.planNamed(ctx, ResellerPlan, planName)
	if err != nil {
		return err
	}
	pool, err := l.poolOf(ctx, plan)
	if err != nil {
		return err
	}
	err = l.convert(ctx, who, id, ErrNoCustomer, func(a *Account) error {
		if a.Role != RoleCustomer {
			return ErrNoCustomer
		}
		a.Role, a.OwnerID, a.Plan, a.Reseller.IPPool = RoleReseller, AdminID, plan, pool
		return nil
	}, func(w *Webspace) error {
		w.moveTo(id, nil)
		return nil
	})
	return planGone(ResellerPlan, err)
}

// ConvertToCustomer makes a reseller that FindResellers returned a customer of
// the administrator's. His subscriptions stay his and follow a service plan of
// the administrator's or, when none is named, keep the values they have; his own
// plans and the addresses, limits and permissions of a reseller are gone.
//
// Errors: ErrPermission for anyone but the administrator, ErrNamedNotFound for a
// plan that is not there, ErrFailed for a reseller who has customers,
// ErrNotFound for one who is gone.
func (l *Ledger) ConvertToCustomer(ctx context.Context, who Identity, id int64, planName *string) error {
	if who.Role != RoleAdmin {
		return errPermission
	}
	plan, err := l.planNamed(ctx, ServicePlan, planName)
	if err != nil {
		return err
	}
	err = l.convert(ctx, who, id, ErrNoReseller, func(a *Account) error {
		if a.Role != RoleReseller {
			return ErrNoReseller
		}
		a.Role, a.Reseller, a.Plan, a.Locked = RoleCustomer, ResellerSettings{}, nil, false
		return nil
	}, func(w *Webspace) error {
		w.moveTo(AdminID, plan)
		return nil
	})
	if plan != nil {
		l.unchecked.addAll()
	}
	if errors.Is(err, ErrFailed) {
		return Errorf(ErrFailed, "The reseller has customers: give them to another owner or delete them first.")
	}
	return planGone(ServicePlan, err)
}

// planNamed returns the plan of the administrator's with a name, nil for none.
func (l *Ledger) planNamed(ctx context.Context, kind PlanKind, name *string) (*Plan, error) {
	if name == nil {
		return nil, nil //nolint:nilnil // no plan is asked for
	}
	return l.planOf(ctx, kind, AdminID, Selector{ByName, *name})
}

// convert changes what an account is. It stays or becomes the administrator's,
// whom nothing limits.
func (l *Ledger) convert(ctx context.Context, who Identity, id int64, missing error,
	change func(*Account) error, changeWebspace func(*Webspace) error,
) error {
	admitAll := func(*Provider, int) error { return nil }
	err := l.store.UpdateAccountWithWebspaces(l.causedBy(ctx, who), id, change, admitAll, changeWebspace)
	l.remembered.forget()
	return notFoundAs(missing, err)
}
