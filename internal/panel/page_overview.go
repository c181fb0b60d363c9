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
	counts
	Top  []topRow
	Over []subscription // past their limit of traffic this month
	Due  []subscription // to be renewed soon
}

// topRow is a subscription that used much this month.
type topRow struct {
	subscription
	Bytes uint64
}

func overviewPage(v *visit) error {
	ctx := v.r.Context()
	figures, counts, err := v.overviews.get(ctx, v)
	if err != nil {
		return err
	}
	o := overview{figures: figures, counts: counts}
	if err := o.fill(ctx, v); err != nil {
		return err
	}
	return v.show(view{template: "overview", title: "Overview", data: o})
}

// fill reads the subscriptions of the page, all at once.
func (o *overview) fill(ctx context.Context, v *visit) error {
	ids := slices.Concat(o.over, o.due)
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
		for _, s := range v.chosen(byID, []int64{t.WebspaceID}) {
			o.Top = append(o.Top, topRow{s, t.Bytes})
		}
	}
	o.Over, o.Due = v.chosen(byID, o.over), v.chosen(byID, o.due)
	return nil
}

// provides tells whether a subscription is one of the caller's, who is a host:
// figures that are kept may have some that were given to another.
func (v *visit) provides(w *ledger.Webspace) bool {
	return v.who.Role == ledger.RoleAdmin || w.VendorGUID == v.account.GUID
}

// chosen returns the subscriptions with the ids that are still the caller's.
func (v *visit) chosen(from map[int64]subscription, ids []int64) (some []subscription) {
	for _, id := range ids {
		if s, ok := from[id]; ok && v.provides(s.Webspace) {
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

// counts are how many there are of what, and the first of them.
type counts struct {
	Customers, Webspaces         int
	OverTotal, DueTotal, Overdue int
	over, due                    []int64
}

// countsOf is what counts depend on: the changes of the ledger, and the day.
type countsOf struct {
	change int64
	today  ledger.Date
	reader ledger.Date // his today
	zone   string
}

// overviews keep figures for a while, and counts until something changes, by
// account: both go over the whole ledger, and the first page has to be quick.
type overviews struct {
	mu   sync.Mutex
	kept map[int64]*overviewOf
}

type overviewOf struct {
	asked time.Time  // last
	mu    sync.Mutex // held while the figures are counted
	figures
	counts
	countsOf
}

// keptFor is how old figures may be; the page tells when they were counted.
const keptFor = time.Minute

func isOld(then, now time.Time) bool { return now.Sub(then).Abs() >= keptFor }

// get returns what is counted for who makes a visit. Whoever leaves meanwhile
// does not stop it: he or another will ask again.
func (o *overviews) get(ctx context.Context, v *visit) (figures, counts, error) {
	ctx, now := context.WithoutCancel(ctx), v.Ledger.Now()
	of := o.of(v.who.AccountID, now)
	of.mu.Lock()
	defer of.mu.Unlock()
	change, err := v.Ledger.LastChange(ctx)
	if err != nil {
		return figures{}, counts{}, err
	}
	if isOld(of.Counted, now) {
		if of.figures, err = v.addUp(ctx); err != nil {
			return figures{}, counts{}, err
		}
		of.Counted = now
	}
	if as := (countsOf{change, v.Ledger.Today(), v.today(), v.reader.Zone()}); of.countsOf != as {
		if of.counts, err = v.count(ctx); err != nil {
			return figures{}, counts{}, err
		}
		of.countsOf = as
	}
	return of.figures, of.counts, nil
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

func (v *visit) addUp(ctx context.Context) (f figures, err error) {
	if f.Month, err = v.Ledger.MonthOfAll(ctx, v.who); err != nil {
		return f, err
	}
	if f.Revenue, err = v.Ledger.Revenue(ctx, v.who); err != nil {
		return f, err
	}
	f.top, err = v.Ledger.TopWebspaces(ctx, v.who, shownTop)
	return f, err
}

func (v *visit) count(ctx context.Context) (c counts, err error) {
	if _, c.Customers, err = v.Ledger.ListAccounts(ctx, v.who, ledger.AccountListing{Role: ledger.RoleCustomer}); err != nil {
		return c, err
	}
	over := ledger.WebspaceListing{Listing: ledger.Listing{Limit: shownOverused}, Overused: v.Ledger.Today().FirstOfMonth()}
	due := ledger.WebspaceListing{Listing: ledger.Listing{Limit: shownRenewals, Order: ledger.OrderRenewal}}
	v.renewsWithin(&due, 0, renewalsWithin)
	var late ledger.WebspaceListing
	v.overdue(&late)
	for _, list := range []struct {
		of    ledger.WebspaceListing
		total *int
		first *[]int64
	}{
		{ledger.WebspaceListing{}, &c.Webspaces, new([]int64)}, {over, &c.OverTotal, &c.over},
		{due, &c.DueTotal, &c.due}, {late, &c.Overdue, new([]int64)},
	} {
		if *list.first, *list.total, err = v.Ledger.ListWebspaces(ctx, v.who, list.of); err != nil {
			return c, err
		}
	}
	return c, nil
}
