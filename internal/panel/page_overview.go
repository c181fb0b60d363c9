package panel

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

const (
	renewalsWithin = 30 // days
	shownTop       = 10
	shownRenewals  = 10
	shownOverused  = 10
)

// overview is what a host sees first.
type overview struct {
	figures
	Customers, Webspaces int
	Top                  []topRow
	Over                 []subscription // past their limit of traffic this month
	OverTotal            int
	Due                  []subscription // to be renewed soon
	DueTotal             int
	Overdue              int // how many should have been renewed
}

// topRow is a subscription that used much this month.
type topRow struct {
	subscription
	Bytes uint64
}

func overviewPage(v *visit) (err error) {
	ctx := v.r.Context()
	var o overview
	if o.figures, err = v.overviews.get(ctx, v); err != nil {
		return err
	}
	if _, o.Customers, err = v.Ledger.ListAccounts(ctx, v.who, ledger.AccountListing{Role: ledger.RoleCustomer}); err != nil {
		return err
	}
	if _, o.Webspaces, err = v.Ledger.ListWebspaces(ctx, v.who, ledger.WebspaceListing{}); err != nil {
		return err
	}
	var over, due []int64
	over, o.OverTotal, err = v.Ledger.ListWebspaces(ctx, v.who, ledger.WebspaceListing{
		Listing: ledger.Listing{Limit: shownOverused}, Overused: v.Ledger.Today().FirstOfMonth(),
	})
	if err != nil {
		return err
	}
	soon := ledger.WebspaceListing{Listing: ledger.Listing{Limit: shownRenewals, Order: ledger.OrderRenewal}}
	v.renewsWithin(&soon, 0, renewalsWithin)
	if due, o.DueTotal, err = v.Ledger.ListWebspaces(ctx, v.who, soon); err != nil {
		return err
	}
	var late ledger.WebspaceListing
	v.overdue(&late)
	if _, o.Overdue, err = v.Ledger.ListWebspaces(ctx, v.who, late); err != nil {
		return err
	}
	if err := o.fill(ctx, v, over, due); err != nil {
		return err
	}
	return v.show(view{template: "overview", title: "Overview", data: o})
}

// fill reads the subscriptions of the page, all at once.
func (o *overview) fill(ctx context.Context, v *visit, over, due []int64) error {
	ids := slices.Concat(over, due)
	for _, t := range o.top {
		ids = append(ids, t.WebspaceID)
	}
	slices.Sort(ids)
	all, err := v.subscriptions(ctx, slices.Compact(ids))
	if err != nil {
		return err
	}
	byID := make(map[int64]subscription, len(all))
	for _, s := range all {
		byID[s.ID] = s
	}
	for _, t := range o.top {
		if s, ok := byID[t.WebspaceID]; ok && v.provides(s.Webspace) {
			o.Top = append(o.Top, topRow{s, t.Bytes})
		}
	}
	o.Over, o.Due = chosen(byID, over), chosen(byID, due)
	return nil
}

// provides tells whether a subscription is one of the caller's, who is a host:
// figures that are kept may have some that were given to another.
func (v *visit) provides(w *ledger.Webspace) bool {
	return v.who.Role == ledger.RoleAdmin || w.VendorGUID == v.account.GUID
}

func chosen(from map[int64]subscription, ids []int64) (some []subscription) {
	for _, id := range ids {
		if s, ok := from[id]; ok {
			some = append(some, s)
		}
	}
	return some
}

// figures are what takes long to count in a large ledger.
type figures struct {
	Counted time.Time
	Month   ledger.Totals // of all subscriptions
	Revenue []ledger.Revenue
	top     []ledger.WebspaceMonth
}

// Used is what all subscriptions used this month.
func (f figures) Used() uint64 { return f.Month.AtMost() }

// ByCurrency parts the revenue by currency.
func (f figures) ByCurrency() (parts [][]ledger.Revenue) {
	for i, r := range f.Revenue {
		if i == 0 || r.Currency != f.Revenue[i-1].Currency {
			parts = append(parts, nil)
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], r)
	}
	return parts
}

// overviews keep figures for a while, by account: they go over the whole
// ledger, and the first page has to be quick.
type overviews struct {
	mu   sync.Mutex
	kept map[int64]*overviewOf
}

type overviewOf struct {
	asked time.Time  // last
	mu    sync.Mutex // held while the figures are counted
	figures
}

// keptFor is how old figures may be; the page tells when they were counted.
const keptFor = time.Minute

func isOld(then, now time.Time) bool { return now.Sub(then).Abs() >= keptFor }

// get returns the figures of who makes a visit. Whoever leaves while they are
// counted does not stop it: he or another will ask again.
func (o *overviews) get(ctx context.Context, v *visit) (figures, error) {
	now := v.Ledger.Now()
	of := o.of(v.who.AccountID, now)
	of.mu.Lock()
	defer of.mu.Unlock()
	if isOld(of.Counted, now) {
		counted, err := v.count(context.WithoutCancel(ctx))
		if err != nil {
			return figures{}, err
		}
		counted.Counted = now
		of.figures = counted
	}
	return of.figures, nil
}

// of returns the place of an account's figures. A new one takes that of those
// that nobody asked for while they were fit to be shown.
func (o *overviews) of(account int64, now time.Time) *overviewOf {
	o.mu.Lock()
	defer o.mu.Unlock()
	of := o.kept[account]
	if of == nil {
		maps.DeleteFunc(o.kept, func(_ int64, kept *overviewOf) bool { return isOld(kept.asked, now) })
		if o.kept == nil {
			o.kept = map[int64]*overviewOf{}
		}
		of = &overviewOf{}
		o.kept[account] = of
	}
	of.asked = now
	return of
}

func (v *visit) count(ctx context.Context) (f figures, err error) {
	if f.Month, err = v.Ledger.MonthOfAll(ctx, v.who); err != nil {
		return f, err
	}
	if f.Revenue, err = v.Ledger.Revenue(ctx, v.who); err != nil {
		return f, err
	}
	f.top, err = v.Ledger.TopWebspaces(ctx, v.who, shownTop)
	return f, err
}
