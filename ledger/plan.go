package ledger

import (
	"context"
	"errors"
	"slices"
	"unicode/utf8"
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

// PlanSettings are the values of a plan. A plan for resellers has limits,
// permissions, packages and what is marked as a reseller's, and nothing else.
type PlanSettings struct {
	Settings
	Preferences PlanPreferences `json:"preferences"`
	LogRotation *LogRotation    `json:"log_rotation,omitempty"`
	WebServer   WebServer       `json:"web_server"`
	Oversell    *bool           `json:"oversell,omitempty"` // a reseller's: may promise more than he has
	IPPool      IPPool          `json:"ip_pool"`            // a reseller's
}

// PlanPreferences are preferences of sites; nil means the server's default.
type PlanPreferences struct {
	StatTTL     *int64  `json:"stat,omitempty"` // months that statistics are kept
	MailLists   *bool   `json:"maillists,omitempty"`
	MailService *bool   `json:"mailservice,omitempty"`
	DNSZoneType *string `json:"dns_zone_type,omitempty"` // master or slave
}

func (p *PlanPreferences) merge(u PlanPreferences) {
	keep(&p.StatTTL, u.StatTTL)
	keep(&p.MailLists, u.MailLists)
	keep(&p.MailService, u.MailService)
	keep(&p.DNSZoneType, u.DNSZoneType)
}

// LogRotation says when the logs of sites are rotated; the zero value is never.
type LogRotation struct {
	On       bool    `json:"on"`
	Bytes    *int64  `json:"bytes,omitempty"`  // rotate at this size
	Period   string  `json:"period,omitempty"` // or so often: Daily, Weekly or Monthly
	MaxFiles *int64  `json:"max_files,omitempty"`
	Compress *bool   `json:"compress,omitempty"`
	Email    *string `json:"email,omitempty"` // where processed logs are sent
}

// WebServer holds what is added to the configuration of a site's web server.
type WebServer struct {
	Additional             *string `json:"additional,omitempty"`
	AdditionalSSL          *string `json:"additional_ssl,omitempty"`
	AdditionalNginx        *string `json:"additional_nginx,omitempty"`
	RestrictFollowSymLinks *string `json:"restrict_follow_sym_links,omitempty"`
	NginxProxyMode         *string `json:"nginx_proxy_mode,omitempty"`
}

func (w *WebServer) merge(u WebServer) {
	keep(&w.Additional, u.Additional)
	keep(&w.AdditionalSSL, u.AdditionalSSL)
	keep(&w.AdditionalNginx, u.AdditionalNginx)
	keep(&w.RestrictFollowSymLinks, u.RestrictFollowSymLinks)
	keep(&w.NginxProxyMode, u.NginxProxyMode)
}

// IPPool says which addresses a reseller of a plan gets.
type IPPool struct {
	Addresses    []string `json:"addresses,omitempty"`     // shared ones
	AllocateIPv4 *int64   `json:"allocate_ipv4,omitempty"` // how many of his own
	AllocateIPv6 *int64   `json:"allocate_ipv6,omitempty"`
}

// PlanUpdate changes a plan; nil leaves a field as it is.
type PlanUpdate struct {
	Name, ExternalID *string
	Settings         SettingsUpdate
	Preferences      PlanPreferences
	LogRotation      *LogRotation
	WebServer        WebServer
	Oversell         *bool
	IPPool           *IPPool
}

func (u PlanUpdate) apply(p *Plan) error {
	set(&p.Name, u.Name)
	set(&p.ExternalID, u.ExternalID)
	s := &p.Settings
	if err := u.Settings.check(&s.Settings); err != nil {
		return err
	}
	if filter := u.Settings.APSFilter; filter != nil && *filter {
		s.Packages = nil // a plan that is filtered begins with none
	}
	s.apply(u.Settings)
	s.Preferences.merge(u.Preferences)
	keep(&s.LogRotation, u.LogRotation)
	s.WebServer.merge(u.WebServer)
	keep(&s.Oversell, u.Oversell)
	set(&s.IPPool, u.IPPool)
	return p.check()
}

func (p *Plan) check() error {
	if n := utf8.RuneCountInString(p.Name); n < 1 || n > 255 {
		return Errorf(ErrInvalid, "name: expected 1 to 255 characters.")
	}
	if utf8.RuneCountInString(p.ExternalID) > maxDescription {
		return errLongDescription
	}
	if t := p.Settings.Hosting.Type; t != HostingVirtual && t != HostingNone {
		return Errorf(ErrInvalid, "hosting-type: expected %s or %s.", HostingVirtual, HostingNone)
	}
	if err := p.Settings.checkCounts(); err != nil {
		return err
	}
	if err := p.Settings.Limits.check(); err != nil {
		return err
	}
	return checkPerformance(p.Settings.Performance)
}

// checkCounts wants numbers that count something.
func (p *PlanSettings) checkCounts() error {
	var rotation LogRotation
	set(&rotation, p.LogRotation)
	for _, count := range []struct {
		element string
		n       *int64
		least   int64
	}{
		{"stat", p.Preferences.StatTTL, 0},
		{"log-bysize", rotation.Bytes, 1},
		{"log-max-num-files", rotation.MaxFiles, 0},
		{"allocate-ip", p.IPPool.AllocateIPv4, 0},
		{"allocate-ipv6", p.IPPool.AllocateIPv6, 0},
	} {
		if count.n != nil && *count.n < count.least {
			return Errorf(ErrInvalid, "%s: expected a number from %d up, not %d.", count.element, count.least, *count.n)
		}
	}
	return nil
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

// checkPool makes sure that the host has the addresses of a pool, and writes
// each in its usual form.
func (l *Ledger) checkPool(ctx context.Context, pool *IPPool) error {
	if pool == nil {
		return nil
	}
	known, err := l.knownIPs(ctx)
	if err != nil {
		return err
	}
	for i, ip := range pool.Addresses {
		addr, err := ParseIP("ip-address", ip)
		if err != nil {
			return err
		}
		if pool.Addresses[i] = addr.String(); !slices.Contains(known, pool.Addresses[i]) {
			return ipError(addr, ErrNotFound)
		}
	}
	return nil
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
	if u.Settings.Limits != nil {
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
		return Errorf(ErrFailed, "Unable to remove the plan: there are subscriptions that use it.")
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
		return nil, Errorf(ErrNamedNotFound, "%s", kind.Missing())
	}
	return &found[0], nil
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
