package ledger

import (
	"context"
	"net/netip"
)

// Store keeps everything. Each method is one transaction; a write is on disk
// when the method returns. Stores answer with the kinds ErrNotFound, ErrExists
// and ErrFailed where the methods say so, plain or wrapped; the ledger gives
// them the sentence for the client. The suite in internal/storetest is the
// contract that every store passes.
type Store interface {
	AccountStore
	WebspaceStore
	SiteStore
	TrafficStore
	BillingStore
	SecretKeyStore
	IPAddressStore
	// Meta returns a value of the installation, such as its guid, or "".
	Meta(ctx context.Context, name string) (string, error)
	// SetMeta keeps a value of the installation.
	SetMeta(ctx context.Context, name, value string) error
	// ServerStatistics counts the objects of the whole ledger.
	ServerStatistics(ctx context.Context) (ServerStatistics, error)
	// Close ends the store; what was acknowledged is on disk already.
	Close() error
}

// AccountStore keeps accounts.
type AccountStore interface {
	// AddAccount keeps a new account and sets its ID, unless it has one, if
	// admit, which is told of its owner and may be nil, returns no error.
	// ErrExists when the login is taken.
	AddAccount(ctx context.Context, a *Account, admit Admit) error
	// AccountIDs returns the ids of the visible accounts that a selector
	// picks, ascending; of one role, or of any when role is 0. Logins, guids
	// and external ids match exactly.
	AccountIDs(ctx context.Context, scope Scope, role Role, s Selector) ([]int64, error)
	// Accounts returns accounts in the order of ids, without those that are gone.
	Accounts(ctx context.Context, ids []int64) ([]Account, error)
	// UpdateAccount reads an account, lets change alter it, and keeps it,
	// unless change returns an error, which is passed on. ErrNotFound,
	// ErrExists when the new login is taken, ErrFailed when it becomes a
	// customer although accounts belong to it.
	UpdateAccount(ctx context.Context, id int64, change func(*Account) error) error
	// MoveCustomer gives a customer to an owner and lets change alter his
	// subscriptions, unless one of the functions returns an error, which is
	// passed on; admit is told of the owner, when he is a new one, and of the
	// number of subscriptions. ErrNotFound when there is no such customer.
	MoveCustomer(ctx context.Context, id, ownerID int64,
		admit func(p *Provider, webspaces int) error, change func(*Webspace) error) error
	// DeleteAccount removes an account, its subscriptions with all that
	// belongs to them, and its secret keys. ErrNotFound.
	DeleteAccount(ctx context.Context, id int64) error
	// AccountSites returns the sites that an account may see: a customer his
	// own, a reseller those of his customers too.
	AccountSites(ctx context.Context, scope Scope) (AccountSites, error)
}

// AccountSites is what an account has of sites.
type AccountSites struct {
	IDs        []int64 // of all, ascending
	Active     int     // how many of them are in service, subdomains aside
	Subdomains int     // how many of them are subdomains
}

// WebspaceStore keeps subscriptions.
type WebspaceStore interface {
	// AddWebspace keeps a new subscription with its main site and sets its
	// ID, unless it has one, if admit, which is told of the account that provides
	// it and may be nil, returns no error. Ids are never used twice. ErrExists
	// when a site has the name, or the given ID.
	AddWebspace(ctx context.Context, w *Webspace, admit Admit) error
	// WebspaceIDs returns the ids of the visible subscriptions that a selector
	// picks, ascending. Names are matched in their ASCII form.
	WebspaceIDs(ctx context.Context, scope Scope, s Selector) ([]int64, error)
	// Webspaces returns subscriptions in the order of ids, without those that
	// are gone.
	Webspaces(ctx context.Context, ids []int64) ([]Webspace, error)
	// UpdateWebspace reads a subscription, lets change alter it, and keeps it,
	// unless change returns an error, which is passed on, or admit does, which
	// may be nil and is told of the account that provides it when that is
	// another one than before. ErrNotFound, ErrExists when the new name is taken.
	UpdateWebspace(ctx context.Context, id int64, admit Admit, change func(*Webspace) error) error
	// DeleteWebspace removes a subscription, its sites, their traffic, and its
	// billing information. ErrNotFound.
	DeleteWebspace(ctx context.Context, id int64) error
	// Plan returns the service plan picked by id, guid, name or external id.
	// ErrNotFound.
	Plan(ctx context.Context, s Selector) (*Plan, error)
	// AddPlan keeps a new service plan and sets its ID. ErrExists when one has
	// the name.
	AddPlan(ctx context.Context, p *Plan) error
}

// SiteStore keeps sites.
type SiteStore interface {
	// AddSite keeps a new site of a subscription and sets its ID, unless admit,
	// which is told what CountSites tells, returns an error, which is passed
	// on. ErrNotFound when the subscription or the parent site is gone,
	// ErrExists when a site has the name.
	AddSite(ctx context.Context, s *Site, admit func(sites, subdomains int) error) error
	// UpdateSite reads a site, lets change alter it, and keeps it, unless change
	// returns an error, which is passed on. Of a main site the subscription is
	// changed. ErrNotFound, ErrExists when the new name is taken.
	UpdateSite(ctx context.Context, id int64, change func(*Site) error) error
	// DeleteSite removes a site, its subdomains, and their traffic. ErrNotFound;
	// ErrFailed for a main site.
	DeleteSite(ctx context.Context, id int64) error
	// CountSites counts the sites of a subscription, the main one included and
	// subdomains not, and its subdomains.
	CountSites(ctx context.Context, webspaceID int64) (sites, subdomains int, err error)
	// SiteIDs returns the ids of the visible sites that a selector picks,
	// ascending; by all and by parent without main sites.
	SiteIDs(ctx context.Context, scope Scope, s Selector) ([]int64, error)
	// Sites returns sites in the order of ids, without those that are gone.
	Sites(ctx context.Context, ids []int64) ([]Site, error)
	// Domains lists the sites of the subscriptions that belong to an account
	// itself, by ascending id.
	Domains(ctx context.Context, ownerID int64) ([]Domain, error)
	// WebspaceSiteIDs returns the ids of all sites of a subscription,
	// ascending, the main site included.
	WebspaceSiteIDs(ctx context.Context, webspaceID int64) ([]int64, error)
}

// TrafficStore keeps the traffic of days.
type TrafficStore interface {
	// SetMailTraffic keeps every record of the run that has not failed yet,
	// in one transaction; the last record of a site and day holds. A record
	// whose site does not exist or is out of scope fails with missing.
	SetMailTraffic(ctx context.Context, scope Scope, run *TrafficRun, missing error) error
	// Traffic returns the records of sites from since to to, both included, by
	// date and then site.
	Traffic(ctx context.Context, sites []int64, since, to Date) ([]SiteDay, error)
	// FirstTraffic returns the date of the oldest record of the sites, 0 when
	// they have none.
	FirstTraffic(ctx context.Context, sites []int64) (Date, error)
}

// BillingStore keeps billing information.
type BillingStore interface {
	// UpdateWebspaceBilling lets change alter the billing information of each
	// subscription and keeps it. ErrNotFound when one is gone: nothing is kept.
	UpdateWebspaceBilling(ctx context.Context, ids []int64, change func(*WebspaceBilling)) error
	// WebspaceBilling returns what is kept, zero when nothing is.
	WebspaceBilling(ctx context.Context, id int64) (WebspaceBilling, error)
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
	// subscription uses it or a reseller has it, or when it is the last.
	DeleteIPAddress(ctx context.Context, addr netip.Addr) error
}
