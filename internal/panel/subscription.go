package panel

import (
	"context"
	"net/url"

	"github.com/hostledger/hostledger/ledger"
)

// subscription is what lists and pages show of a webspace.
type subscription struct {
	*ledger.Webspace
	Usage   usage
	Billing ledger.WebspaceBilling
	Renewal *renewal // nil without a date
	Sites   int      // with the main one, without subdomains
}

// subscriptions reads webspaces in the order of ids, which come from the
// ledger's lists: those look at who may see what.
func (v *visit) subscriptions(ctx context.Context, ids []int64) ([]subscription, error) {
	webspaces, err := v.Ledger.Webspaces(ctx, ids)
	if err != nil {
		return nil, err
	}
	billing, err := v.Ledger.WebspaceBilling(ctx, ids)
	if err != nil {
		return nil, err
	}
	statistics, err := v.Ledger.WebspaceStatistics(ctx, ids)
	if err != nil {
		return nil, err
	}
	all, month := make([]subscription, len(webspaces)), v.Ledger.Today().FirstOfMonth()
	for i := range webspaces {
		w := &webspaces[i]
		all[i] = subscription{Webspace: w, Billing: billing[w.ID], Renewal: v.renewalOf(billing[w.ID].RenewalDate)}
		if s := statistics[w.ID]; s != nil {
			all[i].Sites, all[i].Usage = s.Sites, usageOf(s.Month, w)
			all[i].Usage.HasPassed = w.Overused == month
		}
	}
	return all, nil
}

// someSubscriptions reads a page of a list, and tells how many there are in all.
func (v *visit) someSubscriptions(ctx context.Context, q ledger.WebspaceListing) ([]subscription, int, error) {
	ids, total, err := v.Ledger.ListWebspaces(ctx, v.who, q)
	if err != nil {
		return nil, 0, err
	}
	some, err := v.subscriptions(ctx, ids)
	return some, total, err
}

// subscription reads the webspace in the path of a page.
func (v *visit) subscription() (*subscription, error) {
	id, err := v.pathID()
	if err != nil {
		return nil, err
	}
	if err := found(v.Ledger.FindWebspaces(v.r.Context(), v.who, byID(id))); err != nil {
		return nil, err
	}
	all, err := v.subscriptions(v.r.Context(), []int64{id})
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, errNoPage
	}
	return &all[0], nil
}

// usage is what a subscription used this month against its limit, in bytes.
type usage struct {
	Used, Limit uint64
	IsLimited   bool
	HasPassed   bool // the limit there was at some time this month
}

// maxTraffic is the limit of traffic in bytes a month, -1 for none.
const maxTraffic = "max_traffic"

func usageOf(used uint64, w *ledger.Webspace) usage {
	limit, _ := w.Settings().Limits.Complete().Get(maxTraffic)
	if limit < 0 {
		return usage{Used: used}
	}
	return usage{Used: used, Limit: uint64(limit), IsLimited: true}
}

// Share is the used part of the limit in hundredths, at most 100.
func (u usage) Share() int {
	switch {
	case !u.IsLimited:
		return 0
	case u.Used >= u.Limit:
		return 100
	}
	return int(float64(u.Used) / float64(u.Limit) * 100)
}

// nearLimit is from how many hundredths on a limit is near.
const nearLimit = 80

// Level is over, near, or fine.
func (u usage) Level() string {
	switch {
	case u.IsLimited && u.Used > u.Limit:
		return "over"
	case u.Share() >= nearLimit:
		return "near"
	}
	return "fine"
}

// renewal is when a subscription is next renewed, as its reader counts days.
type renewal struct {
	Date  ledger.Date
	Words string // in 12 days
	IsDue bool   // it has passed
}

func (v *visit) renewalOf(r ledger.RenewalDate) *renewal {
	if r.IsZero() {
		return nil
	}
	date := ledger.DateOf(r.Time()) // a date alone is the same day everywhere
	if r.HasTime() {
		date = v.reader.Day(r.Time())
	}
	today := v.today()
	return &renewal{Date: date, Words: v.reader.Until(today, date), IsDue: date < today}
}

// renewsWithin bounds a list by renewals from the first until the last of some
// days, which are counted from the reader's today.
func (v *visit) renewsWithin(q *ledger.WebspaceListing, first, last int) {
	begins := func(days int) ledger.DayStart {
		date := v.today().AddDays(days)
		return ledger.DayStart{Date: date, At: v.reader.Midnight(date)}
	}
	q.RenewsFrom, q.RenewsBefore = begins(first), begins(last+1)
}

// overdue bounds a list by renewals of the past year that are still to be made.
func (v *visit) overdue(q *ledger.WebspaceListing) { v.renewsWithin(q, -365, -1) }

// StatusWords says why something is out of service, or nothing.
func (s subscription) StatusWords() string { return statusWords(s.EffectiveStatus()) }

func statusWords(status ledger.Status) string {
	switch {
	case status == ledger.StatusActive:
		return ""
	case status&ledger.StatusExpired != 0:
		return "expired"
	case status&(ledger.StatusDownByAdmin|ledger.StatusDownByReseller) != 0:
		return "suspended by the provider"
	case status&ledger.StatusDownByCustomer != 0:
		return "suspended by the customer"
	case status&ledger.StatusParentDown != 0:
		return "suspended with its account"
	}
	return "out of service"
}

// suspendedBy is the status of what a provider suspends.
func suspendedBy(role ledger.Role) ledger.Status {
	if role == ledger.RoleReseller {
		return ledger.StatusDownByReseller
	}
	return ledger.StatusDownByAdmin
}

// storeLink is the address of a shop with the name that it is about added as
// the parameter domain.
func storeLink(store string, name ledger.DomainName) string {
	u, err := url.Parse(store)
	if store == "" || err != nil {
		return ""
	}
	query := u.Query()
	query.Set("domain", name.ASCII)
	u.RawQuery = query.Encode()
	return u.String()
}
