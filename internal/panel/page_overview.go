package panel

import (
	"context"
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
	if o.Top, err = v.topRows(ctx, o.top); err != nil {
		return err
	}
	o.Over, o.OverTotal, err = v.someSubscriptions(ctx, ledger.WebspaceListing{
		Listing: ledger.Listing{Limit: shownOverused}, Overused: v.Ledger.Today().FirstOfMonth(),
	})
	if err != nil {
		return err
	}
	now := v.Ledger.Now()
	o.Due, o.DueTotal, err = v.someSubscriptions(ctx, ledger.WebspaceListing{
		Listing:    ledger.Listing{Limit: shownRenewals, Order: ledger.OrderRenewal},
		RenewsFrom: now.Add(-24 * time.Hour), RenewsBefore: now.AddDate(0, 0, renewalsWithin),
	})
	if err != nil {
		return err
	}
	return v.show(view{template: "overview", title: "Overview", data: o})
}

func (v *visit) someSubscriptions(ctx context.Context, q ledger.WebspaceListing) ([]subscription, int, error) {
	ids, total, err := v.Ledger.ListWebspaces(ctx, v.who, q)
	if err != nil {
		return nil, 0, err
	}
	some, err := v.subscriptions(ctx, ids)
	return some, total, err
}

func (v *visit) topRows(ctx context.Context, top []ledger.WebspaceMonth) ([]topRow, error) {
	ids, bytes := make([]int64, len(top)), map[int64]uint64{}
	for i, t := range top {
		ids[i], bytes[t.WebspaceID] = t.WebspaceID, t.Bytes
	}
	all, err := v.subscriptions(ctx, ids)
	rows := make([]topRow, len(all))
	for i, s := range all {
		rows[i] = topRow{s, bytes[s.ID]}
	}
	return rows, err
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

// overviews keep figures for a while, by account: they go over the whole
// ledger, and the first page has to be quick.
type overviews struct {
	mu   sync.Mutex
	kept map[int64]*overviewOf
}

type overviewOf struct {
	mu sync.Mutex // held while the figures are counted
	figures
}

// keptFor is how old figures may be; the page tells when they were counted.
const keptFor = time.Minute

func (o *overviews) get(ctx context.Context, v *visit) (figures, error) {
	of := o.of(v.who.AccountID)
	of.mu.Lock()
	defer of.mu.Unlock()
	if now := v.Ledger.Now(); of.Counted.IsZero() || now.Sub(of.Counted) >= keptFor || now.Before(of.Counted) {
		counted, err := v.count(ctx)
		if err != nil {
			return figures{}, err
		}
		counted.Counted = now
		of.figures = counted
	}
	return of.figures, nil
}

func (o *overviews) of(account int64) *overviewOf {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.kept == nil {
		o.kept = map[int64]*overviewOf{}
	}
	if o.kept[account] == nil {
		o.kept[account] = &overviewOf{}
	}
	return o.kept[account]
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
