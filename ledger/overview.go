package ledger

import (
	"cmp"
	"context"
	"slices"
)

// Revenue is what the prices of subscriptions with one currency and one billing
// cycle come to.
type Revenue struct {
	Currency  Currency
	Cycle     Cycle   // in its shortest form: P1Y for P12M; zero for prices without one
	Sum       Decimal // exact; may be longer than ParseDecimal takes
	Webspaces int     // how many have such a price
}

// PriceCount is how many subscriptions have one price for one cycle.
type PriceCount struct {
	Price     Money
	Cycle     Cycle
	Webspaces int
}

// Revenue adds up the prices of the subscriptions that the caller may see, by
// currency and then by cycle, the shortest first and prices without one last.
// Whether a subscription is in service makes no difference.
func (l *Ledger) Revenue(ctx context.Context, who Identity) ([]Revenue, error) {
	counts, err := l.store.Prices(ctx, who.Scope())
	if err != nil {
		return nil, err
	}
	type kind struct {
		currency Currency
		cycle    Cycle
	}
	of := map[kind]*Revenue{}
	for _, c := range counts {
		k := kind{c.Price.Currency, c.Cycle.shortest()}
		if of[k] == nil {
			of[k] = &Revenue{Currency: k.currency, Cycle: k.cycle}
		}
		of[k].Sum = of[k].Sum.Plus(c.Price.Sum.Times(c.Webspaces))
		of[k].Webspaces += c.Webspaces
	}
	all := make([]Revenue, 0, len(of))
	for _, r := range of {
		all = append(all, *r)
	}
	slices.SortFunc(all, func(x, y Revenue) int {
		return cmp.Or(cmp.Compare(x.Currency, y.Currency), x.Cycle.compare(y.Cycle))
	})
	return all, nil
}

// TopWebspaces returns up to limit of the subscriptions that the caller may see,
// those that used most in the current month first. What used nothing is left out.
func (l *Ledger) TopWebspaces(ctx context.Context, who Identity, limit int) ([]WebspaceMonth, error) {
	return l.store.TopWebspaces(ctx, who.Scope(), l.Today().FirstOfMonth(), limit)
}

// MonthOfAll returns what all subscriptions that the caller may see used in the
// current month.
func (l *Ledger) MonthOfAll(ctx context.Context, who Identity) (Totals, error) {
	return l.store.MonthOfAll(ctx, who.Scope(), l.Today().FirstOfMonth())
}

// MonthTotals is what was used in a month, which is named by its first day.
type MonthTotals struct {
	Month Date
	Totals
}

// mostMonths bounds one question to a century.
const mostMonths = 1200

// WebspaceMonths returns what a subscription used in each month from that of
// since to that of to, oldest first, months of nothing included.
//
// Errors: ErrInvalid for more than 1,200 months.
func (l *Ledger) WebspaceMonths(ctx context.Context, w *WebspaceSites, since, to Date) (months []MonthTotals, err error) {
	for month := since.FirstOfMonth(); month <= to; month = month.AddDays(31).FirstOfMonth() {
		if len(months) == mostMonths {
			return nil, Errorf(ErrInvalid, "since, to: expected a range of at most %d months.", mostMonths)
		}
		used, err := l.store.MonthTraffic(ctx, w.Sites, month)
		if err != nil {
			return nil, err
		}
		all := MonthTotals{Month: month}
		for i := range used {
			all.addAll(&used[i].Totals)
		}
		months = append(months, all)
	}
	return months, nil
}
