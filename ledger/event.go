package ledger

import (
	"context"
	"math"
)

// Event is an entry of the journal: a change that was made to the ledger. See
// the pages on the action log in the XML API reference.
type Event struct {
	ID int64 // ascending, from 1 up; never used twice
	EventKind
	ObjectID string // of what changed: its id, or an IP address itself
	Cause
}

// EventKind says what happened to which kind of object.
type EventKind struct {
	Class EventClass
	Type  EventType
}

// String returns the kind as class/type.
func (k EventKind) String() string { return string(k.Class) + "/" + string(k.Type) }

// EventType is what happened. The names are the protocol's own.
type EventType string

// The types of the events that the ledger writes.
const (
	EventCreated       EventType = "created"
	EventUpdated       EventType = "updated"
	EventDeleted       EventType = "deleted"
	EventStatusChanged EventType = "status_changed"
	EventGUIDChanged   EventType = "guid_changed"
	EventExceeded      EventType = "exceeded"
)

// EventClass is the kind of object that an event is about. The names are the
// protocol's own.
type EventClass string

// The classes of the events that the ledger writes. Customers and resellers
// have more: theirs with the endings of statusOf, limitsOf, permissionsOf and ipPoolOf.
const (
	ClassAdmin              EventClass = "admin_info"
	ClassClient             EventClass = "client" // customers
	ClassReseller           EventClass = "reseller"
	ClassDomain             EventClass = "domain" // subscriptions and their main sites
	ClassDomainStatus       EventClass = "domain_status"
	ClassDomainLimits       EventClass = "domain_limits"
	ClassDomainTrafficLimit EventClass = "domain_limit_traffic"
	ClassSite               EventClass = "site"
	ClassSubdomain          EventClass = "subdomain"      // of a main site
	ClassSiteSubdomain      EventClass = "site_subdomain" // of another site
	ClassDomainAlias        EventClass = "domain_alias"   // of a main site
	ClassSiteAlias          EventClass = "site_alias"     // of another site
	ClassPhosting           EventClass = "phosting"       // web space on the server
	ClassFhosting           EventClass = "fhosting"       // forwarding
	ClassIPAddress          EventClass = "ip_address"
	ClassPlan               EventClass = "template_domain" // for subscriptions
	ClassResellerPlan       EventClass = "template_reseller"
	ClassComponent          EventClass = "plesk_component" // settings of the server
)

// The endings of the classes for parts of an account.
const (
	statusOf      EventClass = "_status"
	limitsOf      EventClass = "_limits"
	permissionsOf EventClass = "_perms"
	ipPoolOf      EventClass = "_ip_pool"
)

// KeptEvents is how many events the journal keeps: the newest ones. Stores
// remove older ones in passing.
const KeptEvents = 1_000_000

// eventPage is how many events are read at once.
const eventPage = 1000

// Events returns the next events with ids greater than after, ascending: those
// of the kinds given, or of any kind when there are none. When it returns no
// event, there are no more.
//
// Errors: ErrPermission for anyone but the administrator.
func (l *Ledger) Events(ctx context.Context, who Identity, after int64, kinds []EventKind) ([]Event, error) {
	if who.Role != RoleAdmin {
		return nil, errPermission
	}
	return l.store.Events(ctx, after, kinds, eventPage)
}

// RecentEvents returns up to limit events with ids less than before, or the
// newest ones when that is 0, newest first.
//
// Errors: ErrPermission for anyone but the administrator.
func (l *Ledger) RecentEvents(ctx context.Context, who Identity, before int64, limit int) ([]Event, error) {
	if who.Role != RoleAdmin {
		return nil, errPermission
	}
	if before == 0 {
		before = math.MaxInt64
	}
	return l.store.RecentEvents(ctx, before, limit)
}

// LastEventID returns the id of the newest event, also when that was removed
// since; 0 when there never was one.
//
// Errors: ErrPermission for anyone but the administrator.
func (l *Ledger) LastEventID(ctx context.Context, who Identity) (int64, error) {
	if who.Role != RoleAdmin {
		return 0, errPermission
	}
	return l.store.LastEventID(ctx)
}

// LastChange returns a number that grows with every change of anything but
// traffic and sessions: what was read before is still so while it stays.
func (l *Ledger) LastChange(ctx context.Context) (int64, error) { return l.store.LastEventID(ctx) }

// DeleteEvents removes the events up to the one with the id last.
//
// Errors: ErrPermission for anyone but the administrator.
func (l *Ledger) DeleteEvents(ctx context.Context, who Identity, last int64) error {
	if who.Role != RoleAdmin {
		return errPermission
	}
	return l.store.DeleteEvents(ctx, last)
}
