package ledger

import (
	"context"
	"errors"
)

// ResellerSettings are what a reseller may use and do. The ledger acts on the
// limits and permissions named below and keeps the rest for the programs that
// serve the host.
type ResellerSettings struct {
	Oversell    *bool            `json:"oversell,omitempty"` // may promise more than he has; nil: yes
	Limits      Limits           `json:"limits"`
	Permissions Properties[bool] `json:"permissions,omitempty"`
	PowerUser   *bool            `json:"power_user,omitempty"` // which of the panel's views is his
	IPPool      []PoolAddress    `json:"ip_pool,omitempty"`    // in the order in which they were given
}

// The permissions of a reseller that the ledger acts on.
const (
	remoteAccess  = "remote_access_interface" // may use the API
	panelAccess   = "cp_access"               // may use the control panel
	createClients = "create_clients"
	createDomains = "create_domains" // subscriptions
)

// The limits of a reseller that the ledger acts on.
const (
	maxCustomers = "max_cl"
	maxWebspaces = "max_dom" // subscriptions, those of his customers included
)

// CompletePermissions returns every known permission in a fixed order, then the
// others that were set. Those never set are denied, but for what makes a
// reseller one: having customers, domains and access.
func (s ResellerSettings) CompletePermissions() Properties[bool] {
	return complete(resellerPermissions, s.Permissions)
}

// CompleteLimits returns every known limit in a fixed order, then the others
// that were set; those never set are unlimited.
func (s ResellerSettings) CompleteLimits() Properties[int64] {
	return complete(resellerLimits, s.Limits.Values)
}

// may tells whether a reseller has a permission.
func (a *Account) may(permission string) bool {
	granted, _ := a.ResellerSettings().CompletePermissions().Get(permission)
	return granted
}

// MayAddCustomers tells whether the account may add customers, as far as
// permissions go.
func (a *Account) MayAddCustomers() bool {
	return a.Role == RoleAdmin || a.Role == RoleReseller && a.may(createClients)
}

// checkReseller tells why a caller who is a reseller may not do what takes a
// permission, or nil.
func (l *Ledger) checkReseller(ctx context.Context, who Identity, permission string) error {
	if who.Role != RoleReseller {
		return nil
	}
	caller, err := l.account(ctx, who.AccountID)
	if err == nil && !caller.may(permission) {
		err = errPermission
	}
	return err
}

// NewReseller is what AddReseller needs.
type NewReseller struct {
	NewAccount
	Settings ResellerSettingsUpdate
	Plan     *Selector
}

// ResellerUpdate changes a reseller; nil leaves a field as it is.
type ResellerUpdate struct {
	AccountUpdate
	Settings ResellerSettingsUpdate
}

// ResellerSettingsUpdate changes ResellerSettings; nil leaves a field as it is.
type ResellerSettingsUpdate struct {
	Oversell, PowerUser *bool
	Limits              LimitsUpdate
	Permissions         Properties[bool]
}

func (u ResellerSettingsUpdate) isEmpty() bool { return u.PowerUser == nil && u.keepsToPlan() }

// keepsToPlan tells whether the update leaves alone what a plan says.
func (u ResellerSettingsUpdate) keepsToPlan() bool {
	return u.Oversell == nil && u.Limits.Overuse == nil && u.Limits.Values == nil && u.Permissions == nil
}

// customiseReseller changes a reseller's own values. Limits or permissions of
// his own part him from his plan.
func (a *Account) customiseReseller(u ResellerSettingsUpdate) error {
	if a.Plan != nil && !a.Locked && !u.keepsToPlan() {
		a.lock()
	}
	return a.Reseller.apply(u)
}

func (s *ResellerSettings) apply(u ResellerSettingsUpdate) error {
	keep(&s.Oversell, u.Oversell)
	keep(&s.PowerUser, u.PowerUser)
	settings := Settings{Limits: s.Limits, Permissions: s.Permissions}
	if err := settings.change(SettingsUpdate{Limits: &u.Limits, Permissions: &PermissionsUpdate{Values: u.Permissions}}); err != nil {
		return err
	}
	s.Limits, s.Permissions = settings.Limits, settings.Permissions
	return s.Limits.check()
}

// AddReseller creates a reseller's account. The addresses of his plan are given
// to him once.
//
// Errors: ErrPermission for anyone but the administrator, ErrInvalid for a
// login that is taken and for a login, password, contact or limit that cannot
// be, ErrStatus, ErrNamedNotFound for a plan that is not there.
func (l *Ledger) AddReseller(ctx context.Context, who Identity, n NewReseller) (*Account, error) {
	if who.Role != RoleAdmin {
		return nil, errPermission
	}
	if err := n.check(); err != nil {
		return nil, err
	}
	admin, err := l.Admin(ctx)
	if err != nil {
		return nil, err
	}
	a := &Account{Role: RoleReseller, OwnerID: admin.ID, OwnerLogin: admin.Login, OwnerRole: admin.Role, OwnerGUID: admin.GUID}
	if n.Plan != nil {
		if a.Plan, err = l.planOf(ctx, ResellerPlan, admin.ID, *n.Plan); err != nil {
			return nil, err
		}
	}
	if a.Reseller.IPPool, err = l.poolOf(ctx, a.Plan); err != nil {
		return nil, err
	}
	if err := a.customiseReseller(n.Settings); err != nil {
		return nil, err
	}
	if err := l.addAccount(ctx, who, a, n.NewAccount, nil); err != nil {
		return nil, planGone(ResellerPlan, resellerLoginTaken(err, n.Login))
	}
	return a, nil
}

// FindResellers returns what each value of a filter selects of the resellers
// that the caller may see: a reseller sees himself.
func (l *Ledger) FindResellers(ctx context.Context, who Identity, f Filter) ([]Match, error) {
	return l.find(ctx, who, f, ErrNoReseller, func(s Selector) ([]int64, error) {
		return l.store.AccountIDs(ctx, who.Scope(), RoleReseller, s)
	})
}

// UpdateReseller changes a reseller that FindResellers returned. A reseller may
// change his own contact and password, and nothing else.
//
// Errors: ErrPermission, ErrInvalid, for a login that is taken too, ErrStatus,
// ErrNotFound for an account that is gone.
func (l *Ledger) UpdateReseller(ctx context.Context, who Identity, id int64, u ResellerUpdate) error {
	if who.Role != RoleAdmin && !u.isResellersOwn() {
		return errPermission
	}
	err := l.updateAccount(ctx, who, id, u.AccountUpdate, func(a *Account) error { return a.customiseReseller(u.Settings) })
	if u.Login != nil {
		err = resellerLoginTaken(err, *u.Login)
	}
	return notFoundAs(ErrNoReseller, err)
}

// isResellersOwn tells whether the update holds only what a reseller may set
// on himself.
func (u ResellerUpdate) isResellersOwn() bool {
	return u.Login == nil && u.ExternalID == nil && u.Description == nil && u.Status == nil && !u.NewGUID && u.Settings.isEmpty()
}

// SwitchReseller makes a reseller follow another plan, or none, with plan nil:
// then he keeps the limits and permissions that he has.
//
// Errors: ErrPermission for anyone but the administrator, ErrNotFound for a
// reseller who is gone, ErrNamedNotFound for a plan that is not there.
func (l *Ledger) SwitchReseller(ctx context.Context, who Identity, id int64, plan *Selector) error {
	var chosen *Plan
	if plan != nil {
		var err error
		if chosen, err = l.planOf(ctx, ResellerPlan, AdminID, *plan); err != nil {
			return err
		}
	}
	return l.resubscribeReseller(ctx, who, id, func(a *Account) error {
		if chosen == nil {
			a.Reseller = a.ResellerSettings()
		}
		a.Plan, a.Locked = chosen, false
		return nil
	})
}

// SyncReseller makes a locked reseller follow his plan again.
//
// Errors: ErrPermission for anyone but the administrator, ErrFailed for a
// reseller without a plan, ErrNotFound for one who is gone.
func (l *Ledger) SyncReseller(ctx context.Context, who Identity, id int64) error {
	return l.resubscribeReseller(ctx, who, id, func(a *Account) error {
		if a.Plan == nil {
			return errNoResellersPlan
		}
		a.Locked = false
		return nil
	})
}

var errNoResellersPlan = Errorf(ErrFailed, "The reseller is not associated with a reseller plan.")

func (l *Ledger) resubscribeReseller(ctx context.Context, who Identity, id int64, change func(*Account) error) error {
	if who.Role != RoleAdmin {
		return errPermission
	}
	err := l.store.UpdateAccount(l.causedBy(ctx, who), id, change)
	l.remembered.forget()
	return notFoundAs(ErrNoReseller, planGone(ResellerPlan, err))
}

// DeleteReseller removes a reseller with his customers, all their
// subscriptions, and their secret keys.
//
// Errors: ErrPermission for anyone but the administrator, ErrNotFound.
func (l *Ledger) DeleteReseller(ctx context.Context, who Identity, id int64) error {
	if who.Role != RoleAdmin {
		return errPermission
	}
	err := l.store.DeleteAccount(l.causedBy(ctx, who), id)
	l.remembered.forget()
	return notFoundAs(ErrNoReseller, err)
}

// resellerLoginTaken gives the answer to a login that is taken. The protocol's
// server takes it for an invalid value of a reseller and for a duplicate of a
// customer.
func resellerLoginTaken(err error, login string) error {
	if errors.Is(err, ErrExists) {
		return Errorf(ErrInvalid, "Unable to set login or password argument: A user with username \"%s\" already exists.", login)
	}
	return err
}
