package panel

import (
	"strconv"

	"github.com/hostledger/hostledger/ledger"
)

// subscriptionList is a page of a host's subscriptions.
type subscriptionList struct {
	Subscriptions []subscription
	Pages         pages
	Chips         []chip
}

// chip is a filter that a list is seen through, with the address without it.
type chip struct{ Name, Without string }

// webspaceFilter is a parameter of the list's address, a number, that leaves
// some subscriptions out.
type webspaceFilter struct {
	parameter string
	apply     func(v *visit, q *ledger.WebspaceListing, value int64)
	name      func(value int64, first *subscription) string // first: nil for none
}

var webspaceFilters = []webspaceFilter{
	{"over", func(v *visit, q *ledger.WebspaceListing, _ int64) {
		q.Overused = v.Ledger.Today().FirstOfMonth()
	}, func(int64, *subscription) string { return "Passed their limit this month" }},
	{"due", func(v *visit, q *ledger.WebspaceListing, days int64) {
		v.renewsWithin(q, 0, int(min(days, mostRange)))
	}, func(days int64, _ *subscription) string {
		return "Renewal in the next " + strconv.FormatInt(min(days, mostRange), 10) + " days"
	}},
	{"overdue", func(v *visit, q *ledger.WebspaceListing, _ int64) { v.overdue(q) },
		func(int64, *subscription) string { return "Renewal is overdue" }},
	{"owner", func(_ *visit, q *ledger.WebspaceListing, id int64) { q.OwnerID = id },
		func(id int64, first *subscription) string {
			if first != nil {
				return "Of " + first.OwnerLogin
			}
			return "Of account " + strconv.FormatInt(id, 10)
		}},
	{"plan", func(_ *visit, q *ledger.WebspaceListing, id int64) { q.PlanID = id },
		func(id int64, first *subscription) string {
			if first != nil && first.Plan != nil {
				return "Plan " + first.Plan.Name
			}
			return "Plan " + strconv.FormatInt(id, 10)
		}},
}

// value returns the filter's number in the address of a page.
func (f webspaceFilter) value(v *visit) (value int64, ok bool) {
	value, err := strconv.ParseInt(v.query().Get(f.parameter), 10, 64)
	return value, err == nil && value > 0
}

func webspacesPage(v *visit) error {
	q := ledger.WebspaceListing{Listing: v.listing()}
	for _, f := range webspaceFilters {
		if value, ok := f.value(v); ok {
			f.apply(v, &q, value)
		}
	}
	some, total, err := v.someSubscriptions(v.r.Context(), q)
	if err != nil {
		return err
	}
	list := subscriptionList{Subscriptions: some, Pages: v.pagesOf(q.Listing, total)}
	list.Chips = v.chips(list)
	return v.show(view{template: "subscriptions", title: "Subscriptions", data: list})
}

// chips names the filters of a list by what it shows, which is what its reader
// may see.
func (v *visit) chips(list subscriptionList) (chips []chip) {
	var first *subscription
	if len(list.Subscriptions) > 0 {
		first = &list.Subscriptions[0]
	}
	for _, f := range webspaceFilters {
		if value, ok := f.value(v); ok {
			chips = append(chips, chip{f.name(value, first), list.Pages.with(f.parameter, "", "page", "")})
		}
	}
	return chips
}
