package ledger

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"
)

// Webspace is a subscription. Its main site has the same id, guid and name.
type Webspace struct {
	ID         int64
	GUID       string
	Name       DomainName
	Created    Date
	Status     Status // as stored; see EffectiveStatus
	ExternalID string // the id in the host's billing system

	Description         string
	AdminDescription    string // for the administrator's eyes
	ResellerDescription string

	OwnerID     int64
	OwnerLogin  string
	OwnerRole   Role
	OwnerStatus Status // with that of the reseller whose customer the owner is
	VendorGUID  string // guid of the account that provides the subscription

	Plan     *Plan    // nil: a custom subscription
	Addons   []Plan   // add-on plans, in the order in which they were added
	Overused Date     // first day of the last month in which it passed its limit of traffic, or 0
	Locked   bool     // customised, so changes of the plans do not reach it
	Own      Settings // what it does not have from its plans; see Settings
}

// EffectiveStatus is the status with the bit for a suspended owner.
func (w *Webspace) EffectiveStatus() Status { return effective(w.Status, w.OwnerStatus) }

// NewWebspace is what AddWebspace needs.
type NewWebspace struct {
	// ID is given by seeding only (the protocol has no such element); 0 lets
	// the store choose.
	ID                  int64
	Name                string
	Owner               *Selector // nil: the caller
	HostingType         HostingType
	IPs                 []string
	Status              *Status
	ExternalID          string
	Description         string
	AdminDescription    string
	ResellerDescription string
	Plan                *Selector
	Settings            SettingsUpdate
}

// WebspaceUpdate changes a subscription; nil leaves a field as it is.
type WebspaceUpdate struct {
	Status              *Status
	Name                *string
	Owner               *Selector
	IPs                 []string
	NewGUID             bool
	ExternalID          *string
	Description         *string
	AdminDescription    *string
	ResellerDescription *string
	Settings            SettingsUpdate
}

// AddWebspace creates a subscription and its main site.
//
// Errors: ErrPermission for a customer, or a reseller without the permission
// create_domains, who calls, ErrInvalid for a name or value that cannot be,
// ErrOwnerNotFound, ErrIPNotFound, ErrNamedNotFound for a plan that is not
// there, ErrStatus, ErrLimit when max_dom of the reseller who provides it is
// reached, ErrExists for a domain that is taken.
func (l *Ledger) AddWebspace(ctx context.Context, who Identity, n NewWebspace) (*Webspace, error) {
	if !who.isProvider() || n.AdminDescription != "" && who.Role != RoleAdmin {
		return nil, errPermission
	}
	if err := l.checkReseller(ctx, who, createDomains); err != nil {
		return nil, err
	}
	name, err := ParseDomainName(n.Name)
	if err != nil {
		return nil, err
	}
	owner, err := l.ownerOf(ctx, who, n.Owner)
	if err != nil {
		return nil, err
	}
	w := &Webspace{
		ID: n.ID, GUID: l.newGUID(), Name: name, Created: l.Today(), ExternalID: n.ExternalID,
		Description: n.Description, AdminDescription: n.AdminDescription, ResellerDescription: n.ResellerDescription,
		OwnerID: owner.ID, OwnerLogin: owner.Login, OwnerRole: owner.Role, VendorGUID: vendorOf(owner),
		Own: Settings{Hosting: Hosting{Type: n.HostingType, IPs: n.IPs}},
	}
	if n.Status != nil {
		if w.Status, err = w.Status.change(who.Role, *n.Status); err != nil {
			return nil, err
		}
	}
	if n.Plan != nil {
		if w.Plan, err = l.planOf(ctx, ServicePlan, providerOf(owner), *n.Plan); err != nil {
			return nil, err
		}
	}
	if err := l.furnish(ctx, w, n.Settings); err != nil {
		return nil, err
	}
	if err := l.store.AddWebspace(l.causedBy(ctx, who), w, admitWebspace); err != nil {
		return nil, planGone(ServicePlan, domainTaken(err, n.Name))
	}
	return w, nil
}

// furnish gives a new subscription its settings.
func (l *Ledger) furnish(ctx context.Context, w *Webspace, settings SettingsUpdate) error {
	if settings.Hosting != nil {
		w.Own.Hosting.Type = settings.Hosting.Type // before it may be parted from a plan, whose properties depend on it
	}
	if err := w.customise(settings); err != nil {
		return err
	}
	if w.Own.Hosting.Type == "" {
		w.Own.Hosting.Type = HostingNone
	}
	if err := l.completeIPs(ctx, &w.Own.Hosting); err != nil {
		return err
	}
	return checkWebspace(w)
}

// FindWebspaces returns what each value of a filter selects of the
// subscriptions that the caller may see.
func (l *Ledger) FindWebspaces(ctx context.Context, who Identity, f Filter) ([]Match, error) {
	return l.find(ctx, who, f, ErrNoWebspace, func(s Selector) ([]int64, error) {
		return l.store.WebspaceIDs(ctx, who.Scope(), normalize(s))
	})
}

// ChangedWebspaces returns the subscriptions that the caller may see whose use
// of resources may have changed since an instant. The ledger keeps use by day:
// what was used on the day of the instant counts as a change.
func (l *Ledger) ChangedWebspaces(ctx context.Context, who Identity, since time.Time) ([]int64, error) {
	return l.store.WebspacesUsedSince(ctx, who.Scope(), DateOf(since.In(l.now().Location())))
}

// Webspaces returns the subscriptions with the given ids, in that order. Ids
// come from FindWebspaces, which has looked at who may see them.
func (l *Ledger) Webspaces(ctx context.Context, ids []int64) ([]Webspace, error) {
	return l.store.Webspaces(ctx, ids)
}

// UpdateWebspace changes a subscription that FindWebspaces returned. A
// customer may suspend and resume his own and describe it, nothing else; the
// administrator's description is the administrator's alone.
//
// Errors: ErrPermission, ErrInvalid, ErrStatus, ErrOwnerNotFound,
// ErrIPNotFound, ErrNamedNotFound for a service or an application that is to be
// removed and not there, ErrLimit when max_dom of the reseller who gets it is
// reached, ErrExists for a name that is taken, ErrNotFound for a subscription
// that is gone.
func (l *Ledger) UpdateWebspace(ctx context.Context, who Identity, id int64, u WebspaceUpdate) error {
	if !who.isProvider() && !u.isCustomersOwn() || who.Role != RoleAdmin && u.AdminDescription != nil {
		return errPermission
	}
	named, err := l.namedBy(ctx, who, u)
	if err != nil {
		return err
	}
	err = l.store.UpdateWebspace(l.causedBy(ctx, who), id, admitWebspace, func(w *Webspace) error {
		if u.NewGUID {
			w.GUID = l.newGUID()
		}
		if u.Status != nil {
			var err error
			if w.Status, err = w.Status.change(who.Role, *u.Status); err != nil {
				return err
			}
		}
		return u.apply(w, named)
	})
	if !u.Settings.Limits.isEmpty() || u.Owner != nil {
		l.unchecked.addOne(id)
	}
	if u.Name != nil {
		err = domainTaken(err, *u.Name)
	}
	return notFoundAs(ErrNoWebspace, planGone(ServicePlan, err))
}

// namedByUpdate is what the values of a WebspaceUpdate stand for.
type namedByUpdate struct {
	name  *DomainName
	owner *Account
	hosts []string // the addresses that the host has
}

func (l *Ledger) namedBy(ctx context.Context, who Identity, u WebspaceUpdate) (n namedByUpdate, err error) {
	if u.Name != nil {
		name, err := ParseDomainName(*u.Name)
		if err != nil {
			return n, err
		}
		n.name = &name
	}
	if u.Owner != nil {
		if n.owner, err = l.ownerOf(ctx, who, u.Owner); err != nil {
			return n, err
		}
	}
	n.hosts, err = l.knownIPs(ctx)
	return n, err
}

// apply changes what is neither the guid nor the status.
func (u WebspaceUpdate) apply(w *Webspace, named namedByUpdate) error {
	set(&w.Name, named.name)
	if owner := named.owner; owner != nil {
		w.OwnerID, w.OwnerLogin = owner.ID, owner.Login
		w.moveTo(providerOf(owner), nil)
	}
	set(&w.ExternalID, u.ExternalID)
	set(&w.Description, u.Description)
	set(&w.AdminDescription, u.AdminDescription)
	set(&w.ResellerDescription, u.ResellerDescription)
	if err := w.customise(u.Settings); err != nil {
		return err
	}
	if len(u.IPs) > 0 {
		w.Own.Hosting.IPs = u.IPs
	}
	if err := checkIPs(w.Own.Hosting.IPs, named.hosts); err != nil {
		return err
	}
	return checkWebspace(w)
}

// customise changes the subscription's own values. Limits or permissions of its
// own part it from its plan, and so does the removal of what its plans provide.
//
// Errors: those of SettingsUpdate.check and Settings.change.
func (w *Webspace) customise(u SettingsUpdate) error {
	have := w.Settings()
	if err := u.check(&have); err != nil {
		return err
	}
	if w.follows() && u.parts(w.provided()) {
		w.lock()
	}
	return w.Own.change(u)
}

// isCustomersOwn tells whether the update holds only what a customer may set.
func (u WebspaceUpdate) isCustomersOwn() bool {
	return u.Name == nil && u.Owner == nil && u.IPs == nil && !u.NewGUID && u.ExternalID == nil &&
		u.AdminDescription == nil && u.ResellerDescription == nil && u.Settings.isEmpty()
}

// DeleteWebspace removes a subscription with its sites, their aliases and
// traffic, and billing information.
//
// Errors: ErrPermission for a customer who calls, ErrNotFound.
func (l *Ledger) DeleteWebspace(ctx context.Context, who Identity, id int64) error {
	if !who.isProvider() {
		return errPermission
	}
	err := l.store.DeleteWebspace(l.causedBy(ctx, who), id)
	if errors.Is(err, ErrNotFound) {
		return ErrNoWebspace
	}
	return err
}

func domainTaken(err error, name string) error {
	if errors.Is(err, ErrExists) {
		return Errorf(ErrExists, "Domain with name \"%s\" already exists.", name)
	}
	return err
}

// vendorOf returns the guid of the account that provides for a.
func vendorOf(a *Account) string {
	if a.Role == RoleCustomer {
		return a.OwnerGUID
	}
	return a.GUID
}

func checkWebspace(w *Webspace) error {
	for _, text := range []string{w.ExternalID, w.Description, w.AdminDescription, w.ResellerDescription} {
		if utf8.RuneCountInString(text) > maxDescription {
			return errLongDescription
		}
	}
	if err := w.Own.Limits.check(); err != nil {
		return err
	}
	for i, ip := range w.Own.Mail.IPs {
		addr, err := ParseIP("mail/ip_address", ip)
		if err != nil {
			return err
		}
		w.Own.Mail.IPs[i] = addr.String()
	}
	if err := checkPerformance(w.Own.Performance); err != nil {
		return err
	}
	return checkHosting(&w.Own.Hosting)
}

const maxDescription = 1024

var errLongDescription = Errorf(ErrInvalid, "A description or external-id must not be longer than %d characters.", maxDescription)
