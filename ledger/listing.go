package ledger

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Order is what a list is sorted by. Names are in the order of their bytes, with
// ASCII letters taken for small ones. Objects that are equal are in the order of
// their owners' ids, where it goes by owner, and then of their own.
type Order string

// The orders of lists.
const (
	OrderName    Order = "name"    // of a subscription in its ASCII form, of an account that of its contact
	OrderOwner   Order = "owner"   // by the name of the owner's contact
	OrderCreated Order = "created" // by date
	OrderRenewal Order = "renewal" // of subscriptions only; those without a date come last both ways
)

// Listing asks for a page of a list.
type Listing struct {
	// Search is a part of one of the texts that the list is searched in, "" for
	// all. ASCII letters match in any case; in the names of domains, whose ASCII
	// and Unicode forms are both searched, all letters do. Other characters
	// stand for themselves, % and _ too.
	Search        string
	Order         Order // "": OrderName
	Descending    bool
	Offset, Limit int // Limit 0: only the number of all is wanted
}

// WebspaceListing asks for a page of the subscriptions that all conditions hold
// for. They are searched in names and external ids, and in the logins, the
// companies and the contact names of their owners.
type WebspaceListing struct {
	Listing
	OwnerID, PlanID          int64    // 0: any
	Overused                 Date     // the first day of a month: those that passed their limit of traffic in it, and not in a later one; 0: any
	RenewsFrom, RenewsBefore DayStart // zero: any
}

// DayStart is when a day begins for somebody: at an instant, which says by his
// clock when renewals with a time of day are, and with a date, which a renewal
// without one has wherever he is.
type DayStart struct {
	Date Date
	At   time.Time // to the second
}

// AccountListing asks for a page of the customers and resellers that all
// conditions hold for. They are searched in contact names, companies, logins,
// e-mail addresses and external ids.
type AccountListing struct {
	Listing
	Role    Role  // 0: both
	OwnerID int64 // 0: any
}

// ListWebspaces returns the ids of a page of the subscriptions that the caller
// may see, and how many there are on all pages.
//
// Errors: ErrInvalid for an order that is none.
func (l *Ledger) ListWebspaces(ctx context.Context, who Identity, q WebspaceListing) (ids []int64, total int, err error) {
	if err := q.prepare(OrderName, OrderOwner, OrderCreated, OrderRenewal); err != nil {
		return nil, 0, err
	}
	return l.store.ListWebspaces(ctx, who.Scope(), q)
}

// ListAccounts returns the ids of a page of the customers and resellers that the
// caller may see, and how many there are on all pages.
//
// Errors: ErrInvalid for an order that is none of accounts.
func (l *Ledger) ListAccounts(ctx context.Context, who Identity, q AccountListing) (ids []int64, total int, err error) {
	if err := q.prepare(OrderName, OrderOwner, OrderCreated); err != nil {
		return nil, 0, err
	}
	return l.store.ListAccounts(ctx, who.Scope(), q)
}

// Owned is how much belongs to an account itself, and not to its customers.
type Owned struct{ Customers, Webspaces int }

// CountOwned counts what belongs to accounts that ListAccounts returned, by id,
// without those that have nothing.
func (l *Ledger) CountOwned(ctx context.Context, ids []int64) (map[int64]Owned, error) {
	return l.store.CountOwned(ctx, ids)
}

// mostSearched is how many characters are searched for: no text has more.
const mostSearched = 255

// prepare makes of what a user asked for what a store can be asked.
func (q *Listing) prepare(orders ...Order) error {
	if q.Order == "" {
		q.Order = OrderName
	}
	if !slices.Contains(orders, q.Order) {
		return Errorf(ErrInvalid, "order: %q is none that the list can have.", q.Order)
	}
	q.Offset, q.Limit = max(q.Offset, 0), max(q.Limit, 0)
	search := []rune(strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, q.Search)))
	q.Search = string(search[:min(len(search), mostSearched)])
	return nil
}
