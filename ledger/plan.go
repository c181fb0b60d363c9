package ledger

import (
	"context"
	"errors"
)

// PlanKind is what a plan is for. Each kind has names of its own.
type PlanKind uint8

// The kinds of plans.
const (
	ServicePlan      PlanKind = iota + 1 // what a subscription follows
	ServicePlanAddon                     // what may be added to a subscription
	ResellerPlan                         // what a reseller follows
)

// Plan is a set of values that subscriptions or resellers follow: a change of
// the plan is a change of all of them that are not locked.
type Plan struct {
	ID         int64
	GUID       string
	Kind       PlanKind
	OwnerID    int64
	OwnerLogin string
	OwnerRole  Role
	Name       string
	ExternalID string // the id in the host's billing system
	Settings   PlanSettings
}

// NewPlan is what AddPlan needs besides a name. Owner nil means the caller.
type NewPlan struct {
	Kind   PlanKind
	Owner  *Selector
	Values PlanUpdate
}

// AddPlan creates a plan. Plans for resellers are the administrator's.
//
// Errors: ErrPermission, ErrOwnerNotFound for an owner who is not there, is out
// of the caller's sight or sells nothing, ErrInvalid, ErrIPNotFound, ErrExists
// for a name that another plan of the owner has.
func (l *Ledger) AddPlan(ctx context.Context, who Identity, n NewPlan) (*Plan, error) {
	if !n.Kind.mayBeManagedBy(who) {
		return nil, errPermission
	}
	owner, err := l.planOwner(ctx, who, n.Owner)
	if err != nil {
		return nil, err
	}
	if err := l.checkPool(ctx, n.Values.IPPool); err != nil {
		return nil, err
	}
	p := &Plan{
		Kind: n.Kind, GUID: l.newGUID(), OwnerID: owner.ID, OwnerLogin: owner.Login, OwnerRole: owner.Role,
		Settings: PlanSettings{Settings: Settings{Hosting: Hosting{Type: HostingVirtual}}},
	}
	if err := n.Values.apply(p); err != nil {
		return nil, err
	}
	return p, planTaken(l.store.AddPlan(l.causedBy(ctx, who), p), p.Name)
}

func (k PlanKind) mayBeManagedBy(who Identity) bool {
	return who.Role == RoleAdmin || who.Role == RoleReseller && k != ResellerPlan
}

// planOwner returns the account whose plans are meant: the one selected, which
// the caller must be able to see and which must have something to sell, or the
// caller.
func (l *Ledger) planOwner(ctx context.Context, who Identity, s *Selector) (*Account, error) {
	owner, err := l.ownerOf(ctx, who, s)
	if err == nil && owner.Role == RoleCustomer {
		return nil, errOwnerNotFound
	}
	return owner, err
}

// PlanFilter picks plans of one kind. Owner nil means the caller's, unless
// AllOwners.
type PlanFilter struct {
	Kind PlanKind
	Filter
	Owner     *Selector
	AllOwners bool
}

// FindPlans returns what each value of a filter selects of the plans that the
// caller may see: the administrator those of all providers, a reseller his own.
//
// Errors: ErrPermission, ErrOwnerNotFound.
func (l *Ledger) FindPlans(ctx context.Context, who Identity, f PlanFilter) ([]Match, error) {
	if !f.Kind.mayBeManagedBy(who) {
		return nil, errPermission
	}
	owner := who.AccountID
	switch {
	case f.AllOwners && who.Role == RoleAdmin:
		owner = anyOwner
	case f.Owner != nil:
		account, err := l.planOwner(ctx, who, f.Owner)
		if err != nil {
			return nil, err
		}
		owner = account.ID
	}
	return l.find(ctx, who, f.Filter, f.Kind.Missing(), func(s Selector) ([]int64, error) {
		return l.store.PlanIDs(ctx, f.Kind, owner, s)
	})
}

// anyOwner stands for the plans of all owners.
const anyOwner = 0

// Plans returns the plans with the given ids, in that order. Ids come from
// FindPlans, which has looked at who may see them.
func (l *Ledger) Plans(ctx context.Context, ids []int64) ([]Plan, error) {
	return l.store.Plans(ctx, ids)
}

// PlanFollowers counts, by id, the subscriptions that follow plans which FindPlans
// returned or have them added, and of a plan for resellers the resellers. A plan
// that nobody follows is left out.
func (l *Ledger) PlanFollowers(ctx context.Context, ids []int64) (map[int64]int, error) {
	return l.store.PlanFollowers(ctx, ids)
}

// UpdatePlan changes a plan that FindPlans returned, and with it every
// subscription or reseller that follows it.
//
// Errors: ErrInvalid, ErrIPNotFound, ErrNamedNotFound for something that is to be
// removed and not there, ErrExists for a name that is taken, ErrNotFound for a
// plan that is gone.
func (l *Ledger) UpdatePlan(ctx context.Context, who Identity, kind PlanKind, id int64, u PlanUpdate) error {
	if err := l.checkPool(ctx, u.IPPool); err != nil {
		return err
	}
	err := l.store.UpdatePlan(l.causedBy(ctx, who), id, u.apply)
	if kind == ResellerPlan {
		l.remembered.forget() // it says who may use the API
	}
	if kind != ResellerPlan && !u.Settings.Limits.isEmpty() {
		l.unchecked.addAll()
	}
	if u.Name != nil {
		err = planTaken(err, *u.Name)
	}
	return notFoundAs(kind.Missing(), err)
}

// DuplicatePlan adds a plan of the same owner with the values of the one plan
// that a filter selects.
//
// Errors: ErrPermission, ErrOwnerNotFound, ErrInvalid for a filter that selects
// several plans too, ErrExists for a name that is taken, ErrNotFound.
func (l *Ledger) DuplicatePlan(ctx context.Context, who Identity, f PlanFilter, name string) (*Plan, error) {
	p, err := l.onePlan(ctx, who, f)
	if err != nil {
		return nil, err
	}
	p.ID, p.GUID, p.Name, p.ExternalID = 0, l.newGUID(), name, ""
	if err := p.check(); err != nil {
		return nil, err
	}
	return p, planTaken(l.store.AddPlan(l.causedBy(ctx, who), p), name)
}

// onePlan returns the one plan that a filter selects.
func (l *Ledger) onePlan(ctx context.Context, who Identity, f PlanFilter) (*Plan, error) {
	matches, err := l.FindPlans(ctx, who, f)
	switch {
	case err != nil:
		return nil, err
	case len(matches) == 0:
		return nil, f.Kind.Missing()
	case len(matches) > 1:
		return nil, Errorf(ErrInvalid, "filter: expected one plan, not %d.", len(matches))
	case matches[0].Err != nil:
		return nil, matches[0].Err
	}
	found, err := l.store.Plans(ctx, []int64{matches[0].ID})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, f.Kind.Missing()
	}
	return &found[0], nil
}

// DeletePlan removes a plan that FindPlans returned and nobody follows.
//
// Errors: ErrFailed while somebody does, ErrNotFound.
func (l *Ledger) DeletePlan(ctx context.Context, who Identity, kind PlanKind, id int64) error {
	err := l.store.DeletePlan(l.causedBy(ctx, who), id)
	if errors.Is(err, ErrFailed) {
		followers := "subscriptions"
		if kind == ResellerPlan {
			followers = "resellers"
		}
		return Errorf(ErrFailed, "Unable to remove the plan: there are %s that use it.", followers)
	}
	return notFoundAs(kind.Missing(), err)
}

// Missing is the answer to the name of a plan that is not there.
func (k PlanKind) Missing() error {
	if k == ResellerPlan {
		return errNoResellerPlan
	}
	return errNoServicePlan
}

var (
	errNoServicePlan  = Errorf(ErrNotFound, "Service plan does not exist")
	errNoResellerPlan = Errorf(ErrNotFound, "Reseller plan does not exist")
	errNoAddon        = Errorf(ErrNamedNotFound, "Service plan add-on does not exist")
)

func planTaken(err error, name string) error {
	if errors.Is(err, ErrExists) {
		return Errorf(ErrExists, "Plan with name \"%s\" already exists.", name)
	}
	return err
}

// planOf returns the plan of a provider that a selector names.
//
// Errors: ErrNamedNotFound.
func (l *Ledger) planOf(ctx context.Context, kind PlanKind, provider int64, s Selector) (*Plan, error) {
	ids, err := l.store.PlanIDs(ctx, kind, provider, s)
	if err != nil {
		return nil, err
	}
	found, err := l.store.Plans(ctx, ids[:min(len(ids), 1)])
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, kind.notThere()
	}
	return &found[0], nil
}

// notThere is the answer to a value that names a plan that is not there.
func (k PlanKind) notThere() error {
	if k == ServicePlanAddon {
		return errNoAddon
	}
	return Errorf(ErrNamedNotFound, "%s", k.Missing())
}

// planGone gives the answer to a plan that was there when it was chosen, and
// is not any more, or not the provider's.
func planGone(kind PlanKind, err error) error {
	if told := (*Error)(nil); errors.Is(err, ErrNamedNotFound) && !errors.As(err, &told) {
		return kind.notThere()
	}
	return err
}

// providerOf returns the id of the account whose plans an account's
// subscriptions may follow: its own, or its owner's for a customer.
func providerOf(a *Account) int64 {
	if a.Role == RoleCustomer {
		return a.OwnerID
	}
	return a.ID
}

// standardPlans are the service plans that clients expect to be there.
var standardPlans = []string{"Default Domain", "Default Simple", "Admin Simple", "Unlimited"}

func (l *Ledger) addStandardPlans(ctx context.Context) error {
	for _, name := range standardPlans {
		p := &Plan{
			Kind: ServicePlan, GUID: l.newGUID(), OwnerID: AdminID, Name: name,
			Settings: PlanSettings{Settings: Settings{Hosting: Hosting{Type: HostingVirtual}}},
		}
		if err := l.store.AddPlan(ctx, p); err != nil && !errors.Is(err, ErrExists) {
			return err
		}
	}
	return nil
}
