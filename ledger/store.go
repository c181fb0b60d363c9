package ledger

import (
	"context"
	"net/netip"
	"slices"
	"time"
)

// Store keeps everything. Each method is one transaction; a write is on disk
// when the method returns. Stores answer with the kinds ErrNotFound, ErrExists,
// ErrFailed and ErrNamedNotFound where the methods say so, plain or wrapped; the ledger gives
// them the sentence for the client. The suite in internal/storetest is the
// contract that every store passes.
//
// A write of anything but traffic, sessions and what SetMeta keeps writes the
// events of what it changes to the journal, in its own transaction: those that
// AccountEvents and the functions beside it return, with the cause that CauseOf
// finds in the context. A function that changes an object gives it new lists
// rather than altering those it has, which are the object's as it was, too.
//
// A store that others write to at the same time may call the functions that it
// is given, to admit or to change something, more than once: the last call holds.
type Store interface {
	AccountStore
	WebspaceStore
	SiteStore
	AliasStore
	TrafficStore
	BillingStore
	SecretKeyStore
	SessionStore
	IPAddressStore
	PlanStore
	EventStore
	// Meta returns a value of the installation, such as its guid, or "".
	Meta(ctx context.Context, name string) (string, error)
	// SetMeta keeps a value of the installation.
	SetMeta(ctx context.Context, name, value string) error
	// UpdateMeta reads a value of the installation, lets change alter it, and
	// keeps it, unless change returns an error, which is passed on. A value that
	// stays the same has no event.
	UpdateMeta(ctx context.Context, name string, change func(value string) (string, error)) error
	// ServerStatistics counts the objects of the whole ledger.
	ServerStatistics(ctx context.Context) (ServerStatistics, error)
	// Close ends the store; what was acknowledged is on disk already.
	Close() error
}

// AccountStore keeps accounts.
type AccountStore interface {
	// AddAccount keeps a new account and sets its ID, unless it has one, if
	// admit, which is told of its owner and may be nil, returns no error.
	// ErrExists when the login is taken, ErrNamedNotFound when its plan is gone or
	// is not its owner's.
	AddAccount(ctx context.Context, a *Account, admit Admit) error
	// AccountIDs returns the ids of the visible accounts that a selector
	// picks, ascending; of one role, or of any when role is 0. Logins, guids
	// and external ids match exactly.
	AccountIDs(ctx context.Context, scope Scope, role Role, s Selector) ([]int64, error)
	// ListAccounts returns a page of the visible customers and resellers, and how
	// many there are on all pages, as AccountListing says.
	ListAccounts(ctx context.Context, scope Scope, q AccountListing) (ids []int64, total int, err error)
	// CountOwned counts what belongs to accounts, by id, without those that have
	// nothing.
	CountOwned(ctx context.Context, ids []int64) (map[int64]Owned, error)
	// Accounts returns accounts in the order of ids, without those that are gone.
	Accounts(ctx context.Context, ids []int64) ([]Account, error)
	// UpdateAccount reads an account, lets change alter it, and keeps it,
	// unless change returns an error, which is passed on. ErrNotFound,
	// ErrExists when the new login is taken, ErrNamedNotFound when its plan is gone
	// or is not its owner's.
	UpdateAccount(ctx context.Context, id int64, change func(*Account) error) error
	// UpdateAccountWithWebspaces is UpdateAccount for a change of role or owner,
	// which concerns the account's own subscriptions: changeWebspace alters each.
	// When the owner is another one than before, admit is told of him and of the
	// number of subscriptions. An error of a function is passed on. A reseller who
	// becomes a customer loses his plans. ErrNotFound, ErrNamedNotFound as
	// UpdateAccount and UpdateWebspace say, ErrFailed for a reseller with customers
	// who would become one.
	UpdateAccountWithWebspaces(ctx context.Context, id int64, change func(*Account) error,
		admit func(p *Provider, webspaces int) error, changeWebspace func(*Webspace) error) error
	// DeleteAccount removes an account, its subscriptions with all that
	// belongs to them, and its secret keys. ErrNotFound.
	DeleteAccount(ctx context.Context, id int64) error
	// AccountSites returns the sites that an account may see: a customer his
	// own, a reseller those of his customers too.
	AccountSites(ctx context.Context, scope Scope) (AccountSites, error)
	// LocaleUsers counts the visible accounts that have each locale.
	LocaleUsers(ctx context.Context, scope Scope) (map[string]int, error)
}

// AccountSites is what an account has of sites.
type AccountSites struct {
	IDs        []int64 // of all, ascending
	Former     []int64 // of those that were deleted
	Active     int     // how many of them are in service, subdomains aside
	Subdomains int     // how many of them are subdomains
}

// ofTraffic returns the sites whose traffic is the account's.
func (s *AccountSites) ofTraffic() []int64 { return slices.Concat(s.IDs, s.Former) }

// WebspaceStore keeps subscriptions.
type WebspaceStore interface {
	// AddWebspace keeps a new subscription with its main site and sets its
	// ID, unless it has one, if admit, which is told of the account that provides
	// it and may be nil, returns no error. Ids are never used twice. ErrExists
	// when a site or an alias has the name, or a site the given ID,
	// ErrNamedNotFound when its plan is gone or is not that account's.
	AddWebspace(ctx context.Context, w *Webspace, admit Admit) error
	// WebspaceIDs returns the ids of the visible subscriptions that a selector
	// picks, ascending. Names are matched in their ASCII form.
	WebspaceIDs(ctx context.Context, scope Scope, s Selector) ([]int64, error)
	// ListWebspaces returns a page of the visible subscriptions, and how many there
	// are on all pages, as WebspaceListing says.
	ListWebspaces(ctx context.Context, scope Scope, q WebspaceListing) (ids []int64, total int, err error)
	// WebspacesUsedSince returns the ids of the visible subscriptions that have
	// a site created, or traffic kept for a day, from a date on, ascending.
	WebspacesUsedSince(ctx context.Context, scope Scope, since Date) ([]int64, error)
	// Webspaces returns subscriptions in the order of ids, without those that
	// are gone.
	Webspaces(ctx context.Context, ids []int64) ([]Webspace, error)
	// UpdateWebspace reads a subscription, lets change alter it, and keeps it,
	// unless change returns an error, which is passed on, or admit does, which
	// may be nil and is told of the account that provides it when that is
	// another one than before. ErrNotFound, ErrExists when the new name is taken,
	// ErrNamedNotFound when a plan or an add-on plan is gone or is not that
	// account's.
	UpdateWebspace(ctx context.Context, id int64, admit Admit, change func(*Webspace) error) error
	// DeleteWebspace removes a subscription, its sites, their aliases and
	// traffic, and its billing information. ErrNotFound.
	DeleteWebspace(ctx context.Context, id int64) error
}

// PlanStore keeps plans.
type PlanStore interface {
	// AddPlan keeps a new plan and sets its ID. ErrExists when one of the same
	// kind and owner has the name.
	AddPlan(ctx context.Context, p *Plan) error
	// PlanIDs returns the ids of the plans of a kind and an owner, 0 for all
	// owners, that a selector picks, ascending.
	PlanIDs(ctx context.Context, kind PlanKind, owner int64, s Selector) ([]int64, error)
	// Plans returns plans in the order of ids, without those that are gone.
	Plans(ctx context.Context, ids []int64) ([]Plan, error)
	// PlanFollowers counts the subscriptions and resellers that have each plan, also
	// as an add-on, without plans that nobody has.
	PlanFollowers(ctx context.Context, ids []int64) (map[int64]int, error)
	// UpdatePlan reads a plan, lets change alter it, and keeps it, unless change
	// returns an error, which is passed on. ErrNotFound, ErrExists when the new
	// name is taken.
	UpdatePlan(ctx context.Context, id int64, change func(*Plan) error) error
	// DeletePlan removes a plan. ErrNotFound; ErrFailed while a subscription or
	// a reseller has it.
	DeletePlan(ctx context.Context, id int64) error
}

// SiteStore keeps sites.
type SiteStore interface {
	// AddSite keeps a new site of a subscription and sets its ID, unless admit,
	// which is told what CountUse tells, returns an error, which is passed on.
	// ErrNotFound when the subscription or the parent site is gone,
	// ErrExists when a site or an alias has the name.
	AddSite(ctx context.Context, s *Site, admit func(Use) error) error
	// UpdateSite reads an addon site, lets change alter it, and keeps it, unless
	// change returns an error, which is passed on. ErrNotFound, ErrExists when the
	// new name is taken; ErrFailed for a main site, which is changed with its
	// subscription.
	UpdateSite(ctx context.Context, id int64, change func(*Site) error) error
	// DeleteSite removes a site, its subdomains, and their aliases. Their traffic
	// stays, as the subscription's. ErrNotFound; ErrFailed for a main site.
	DeleteSite(ctx context.Context, id int64) error
	// CountUse counts what subscriptions have, by id.
	CountUse(ctx context.Context, webspaceIDs []int64) (map[int64]Use, error)
	// SiteIDs returns the ids of the visible sites that a selector picks,
	// ascending; by all and by parent without main sites.
	SiteIDs(ctx context.Context, scope Scope, s Selector) ([]int64, error)
	// SubdomainIDs is SiteIDs for subdomains alone, by all, id, name and
	// site-name, which is the site that they are of.
	SubdomainIDs(ctx context.Context, scope Scope, s Selector) ([]int64, error)
	// Sites returns sites in the order of ids, without those that are gone.
	Sites(ctx context.Context, ids []int64) ([]Site, error)
	// SiblingSites returns every site of the subscriptions that the given sites
	// belong to, in any order, with those that were deleted.
	SiblingSites(ctx context.Context, ids []int64) ([]SiteOfWebspace, error)
	// Domains lists the sites of the subscriptions that belong to an account
	// itself, by ascending id, and then their aliases, by site and id.
	Domains(ctx context.Context, ownerID int64) ([]Domain, error)
	// WebspaceSiteIDs returns the ids of all sites whose traffic is that of a
	// subscription, ascending: those it has, the main site included, and those
	// that were deleted.
	WebspaceSiteIDs(ctx context.Context, webspaceID int64) ([]int64, error)
}

// AliasStore keeps the other names of sites. No two sites or aliases have the
// same name.
type AliasStore interface {
	// AddAlias keeps a new alias of a site and sets its ID, unless admit, which
	// is told what CountUse tells, returns an error, which is passed on. Ids are never used twice. ErrNotFound when the
	// site is gone, ErrExists when a site or an alias has the name.
	AddAlias(ctx context.Context, a *Alias, admit func(Use) error) error
	// AliasIDs returns the ids of the visible aliases that a selector picks,
	// ascending. Names are matched in their ASCII form.
	AliasIDs(ctx context.Context, scope Scope, s Selector) ([]int64, error)
	// Aliases returns aliases in the order of ids, without those that are gone.
	Aliases(ctx context.Context, ids []int64) ([]Alias, error)
	// UpdateAlias reads an alias, lets change alter it, and keeps it, unless
	// change returns an error, which is passed on. ErrNotFound, ErrExists when
	// the new name is taken.
	UpdateAlias(ctx context.Context, id int64, change func(*Alias) error) error
	// DeleteAlias removes an alias. ErrNotFound.
	DeleteAlias(ctx context.Context, id int64) error
}

// TrafficStore keeps the traffic of days.
type TrafficStore interface {
	// SetTraffic keeps every record of the run that has not failed yet, in one
	// transaction; for a site, day and counter the last record holds. A record
	// whose site does not exist or is out of scope fails with missing.
	SetTraffic(ctx context.Context, scope Scope, run *TrafficRun, missing error) error
	// Traffic returns the records of sites from since to to, both included, by
	// date and then site.
	Traffic(ctx context.Context, sites []int64, since, to Date) ([]SiteDay, error)
	// FirstTraffic returns the date of the oldest record of the sites, 0 when
	// they have none.
	FirstTraffic(ctx context.Context, sites []int64) (Date, error)
	// MonthTraffic returns what sites used in a month, which is named by its
	// first day: ascending by site, without those that used nothing.
	MonthTraffic(ctx context.Context, sites []int64, month Date) ([]SiteMonth, error)
	// TopWebspaces returns up to limit of the visible subscriptions, those that
	// used most in a month first, equal ones by id. What used nothing is left out.
	TopWebspaces(ctx context.Context, scope Scope, month Date, limit int) ([]WebspaceMonth, error)
	// MonthOfAll returns what all sites of the visible subscriptions used in a month.
	MonthOfAll(ctx context.Context, scope Scope, month Date) (Totals, error)
	// ForgetTraffic removes the records of sites for the days before a month.
	// What the sites used in each month stays.
	ForgetTraffic(ctx context.Context, sites []int64, month Date) error
	// ArchiveTraffic lets the store put the days before a month where they take
	// less room, in small steps with time for others between them, until all are
	// there or ctx ends. What is read stays the same.
	ArchiveTraffic(ctx context.Context, month Date) error
}

// BillingStore keeps billing information.
type BillingStore interface {
	// UpdateWebspaceBilling lets change alter the billing information of each
	// subscription and keeps it. ErrNotFound when one is gone: nothing is kept.
	UpdateWebspaceBilling(ctx context.Context, ids []int64, change func(*WebspaceBilling)) error
	// WebspaceBilling returns what is kept of subscriptions, by id, without those
	// of which nothing ever was.
	WebspaceBilling(ctx context.Context, ids []int64) (map[int64]WebspaceBilling, error)
	// Prices counts the visible subscriptions that have a price by their price and
	// cycle, in any order. Cycles of one meaning may be counted apart.
	Prices(ctx context.Context, scope Scope) ([]PriceCount, error)
	// SetCustomerBilling replaces the balances that are keys of billing for
	// each account. ErrNotFound when one is gone: nothing is kept.
	SetCustomerBilling(ctx context.Context, ids []int64, billing CustomerBilling) error
	// CustomerBilling returns the balances that are kept.
	CustomerBilling(ctx context.Context, id int64) (CustomerBilling, error)
}

// SecretKeyStore keeps secret keys.
type SecretKeyStore interface {
	AddSecretKey(ctx context.Context, k *SecretKey) error
	// SecretKeys returns all keys with the logins of their accounts, oldest first.
	SecretKeys(ctx context.Context) ([]SecretKey, error)
	// SecretKey returns the key with the hash. ErrNotFound.
	SecretKey(ctx context.Context, hash string) (*SecretKey, error)
	// DeleteSecretKey removes the key with the id. ErrNotFound.
	DeleteSecretKey(ctx context.Context, id string) error
}

// SessionStore keeps sessions of the control panel. A session ends when it has
// not been used since a time; one that has ended is as good as gone. Updates of
// accounts end sessions too: the account's own with its password, and with its
// status those of the accounts that it owns as well.
type SessionStore interface {
	// AddSession keeps a new session, and removes those that have ended and
	// those of the account that are older than its newest KeptSessions.
	AddSession(ctx context.Context, s *Session, since time.Time) error
	// Sessions returns the sessions of an account, 0 for all, oldest first, with
	// the logins and roles of their accounts, without those of accounts out of
	// service.
	Sessions(ctx context.Context, account int64, since time.Time) ([]Session, error)
	// SessionByCookie returns the session of an account in service that has a
	// cookie, as Sessions does. ErrNotFound.
	SessionByCookie(ctx context.Context, cookieHash string, since time.Time) (*Session, error)
	// UpdateSession reads a session as SessionByCookie does, lets change alter its
	// cookie, its address and when it was used last, and keeps these, unless
	// change returns an error, which is passed on. ErrNotFound.
	UpdateSession(ctx context.Context, id string, since time.Time, change func(*Session) error) error
	// DeleteSession removes a session of an account, 0 for any. ErrNotFound.
	DeleteSession(ctx context.Context, account int64, id string, since time.Time) error
}

// IPAddressStore keeps the host's addresses.
type IPAddressStore interface {
	// AddIPAddress keeps a new address. ErrExists.
	AddIPAddress(ctx context.Context, ip IPAddress) error
	// IPAddresses returns all addresses, oldest first.
	IPAddresses(ctx context.Context) ([]IPAddress, error)
	// UpdateIPAddress reads an address, lets change alter it, and keeps it.
	// ErrNotFound.
	UpdateIPAddress(ctx context.Context, addr netip.Addr, change func(*IPAddress) error) error
	// DeleteIPAddress removes an address. ErrNotFound; ErrFailed while a
	// subscription uses it, a reseller has it or a plan gives it, or when it is
	// the last.
	DeleteIPAddress(ctx context.Context, addr netip.Addr) error
}

// EventStore keeps the journal: the newest KeptEvents events, and some more.
type EventStore interface {
	// Events returns up to limit events with ids greater than after, ascending;
	// of the kinds given, or of any when there are none.
	Events(ctx context.Context, after int64, kinds []EventKind, limit int) ([]Event, error)
	// RecentEvents returns up to limit events with ids less than before, descending.
	RecentEvents(ctx context.Context, before int64, limit int) ([]Event, error)
	// LastEventID returns the highest id that an event ever had, 0 when there
	// never was one.
	LastEventID(ctx context.Context) (int64, error)
	// DeleteEvents removes the events with ids up to last. Their ids are not
	// used again.
	DeleteEvents(ctx context.Context, last int64) error
}
