package ledger

import (
	"context"
	"errors"
)

// ConvertToReseller makes a customer that FindCustomers returned a reseller of
// the administrator's. His subscriptions stay his, and he may use and do what a
// reseller may who was added without any settings.
//
// Errors: ErrPermission for anyone but the administrator, ErrPlanNotFound:
// there are none for resellers, ErrNotFound for a customer who is gone.
func (l *Ledger) ConvertToReseller(ctx context.Context, who Identity, id int64, planName *string) error {
	if who.Role != RoleAdmin {
		return errPermission
	}
	if planName != nil {
		return Errorf(ErrPlanNotFound, "Reseller plan does not exist")
	}
	err := l.store.UpdateAccount(ctx, id, func(a *Account) error {
		if a.Role != RoleCustomer {
			return ErrNoCustomer
		}
		a.Role, a.OwnerID = RoleReseller, AdminID
		return nil
	})
	l.remembered.forget()
	return notFoundAs(ErrNoCustomer, err)
}

// ConvertToCustomer makes a reseller that FindResellers returned a customer of
// the administrator's. His subscriptions stay his; the addresses, limits and
// permissions of a reseller are gone.
//
// Errors: ErrPermission for anyone but the administrator, ErrPlanNotFound,
// ErrFailed for a reseller who has customers, ErrNotFound for one who is gone.
func (l *Ledger) ConvertToCustomer(ctx context.Context, who Identity, id int64, planName *string) error {
	if who.Role != RoleAdmin {
		return errPermission
	}
	if err := checkPlanName(planName); err != nil {
		return err
	}
	err := l.store.UpdateAccount(ctx, id, func(a *Account) error {
		if a.Role != RoleReseller {
			return ErrNoReseller
		}
		a.Role, a.Reseller = RoleCustomer, ResellerSettings{}
		return nil
	})
	l.remembered.forget()
	if errors.Is(err, ErrFailed) {
		return Errorf(ErrFailed, "The reseller has customers: give them to another owner or delete them first.")
	}
	return notFoundAs(ErrNoReseller, err)
}

// checkPlanName refuses a plan for all subscriptions of an account.
func checkPlanName(name *string) error {
	if name != nil {
		return planError(ErrNotFound)
	}
	return nil
}
