package ledger

import (
	"context"
	"iter"
	"math/bits"
	"slices"
)

// Counters are the bytes of one site and day (or a sum of such), by protocol
// and direction.
type Counters struct {
	HTTPIn, HTTPOut, FTPIn, FTPOut, SMTPIn, SMTPOut, POP3IMAPIn, POP3IMAPOut int64
}

// List returns the counters in the protocol's order.
func (c *Counters) List() [8]*int64 {
	return [8]*int64{&c.HTTPIn, &c.HTTPOut, &c.FTPIn, &c.FTPOut, &c.SMTPIn, &c.SMTPOut, &c.POP3IMAPIn, &c.POP3IMAPOut}
}

// CounterNames are the names of the counters in the protocol, in its order.
var CounterNames = [8]string{"http_in", "http_out", "ftp_in", "ftp_out", "smtp_in", "smtp_out", "pop3_imap_in", "pop3_imap_out"}

// SiteDay is the traffic of one site on one day.
type SiteDay struct {
	SiteID int64
	Date   Date
	Counters
}

// Days is the traffic of a subscription or site on neighbouring days.
type Days struct {
	since, to Date
	records   []SiteDay // at most one for a day, ascending
}

// All yields every day with its traffic, which is none where there is no
// record.
func (d Days) All() iter.Seq2[Date, *Counters] {
	return func(yield func(Date, *Counters) bool) {
		records, none := d.records, &Counters{}
		for date := d.since; date <= d.to; date = date.AddDays(1) {
			counters := none
			if len(records) > 0 && records[0].Date == date {
				counters, records = &records[0].Counters, records[1:]
			}
			if !yield(date, counters) {
				return
			}
		}
	}
}

// MailTraffic is what external statistics report of one site and day: the four
// mail counters, in bytes. Those in Given replace what is stored; the others,
// and the http and ftp counters, stay.
type MailTraffic struct {
	SiteID      int64
	SMTPIn      int64
	SMTPOut     int64
	POP3IMAPIn  int64
	POP3IMAPOut int64
	Date        Date
	Given       CounterSet // of the mail counters
}

// CounterSet is a set of counters: bit i is that of the counter which is number
// i in [Counters.List].
type CounterSet uint8

// The counters.
const (
	HTTPIn CounterSet = 1 << iota
	HTTPOut
	FTPIn
	FTPOut
	SMTPIn
	SMTPOut
	POP3IMAPIn
	POP3IMAPOut
	AllMailCounters = SMTPIn | SMTPOut | POP3IMAPIn | POP3IMAPOut
	AllCounters     = HTTPIn | HTTPOut | FTPIn | FTPOut | AllMailCounters
)

// TrafficRun is a run of records with the outcome of each.
type TrafficRun struct {
	Run[MailTraffic]
	sites []SiteTraffic // what the records stand for, when they give more than mail
	errs  []error       // made at the first failure
}

// IsOfMail tells whether the records give mail counters only.
func (r *TrafficRun) IsOfMail() bool { return r.sites == nil }

// Record returns all that record i gives.
func (r *TrafficRun) Record(i int) SiteTraffic {
	if r.sites != nil {
		return r.sites[i]
	}
	m := r.At(i)
	return SiteTraffic{
		SiteDay: SiteDay{SiteID: m.SiteID, Date: m.Date, Counters: Counters{
			SMTPIn: m.SMTPIn, SMTPOut: m.SMTPOut, POP3IMAPIn: m.POP3IMAPIn, POP3IMAPOut: m.POP3IMAPOut,
		}},
		Given: m.Given,
	}
}

// Err returns why record i was not stored, or nil.
func (r *TrafficRun) Err(i int) error {
	if r.errs == nil {
		return nil
	}
	return r.errs[i]
}

// Fail notes why record i is not stored.
func (r *TrafficRun) Fail(i int, err error) {
	if r.errs == nil {
		r.errs = make([]error, r.Len())
	}
	r.errs[i] = err
}

// Good returns how many records have not failed.
func (r *TrafficRun) Good() int {
	good := r.Len()
	for _, err := range r.errs {
		if err != nil {
			good--
		}
	}
	return good
}

// SetTraffic stores a run of mail traffic in one transaction; it is on disk
// when SetTraffic returns. When several records name the same site and day,
// the last one holds. The outcome of each record is in the run.
//
// Outcomes: nil, ErrPermission for a customer who calls, ErrInvalid for a
// negative counter, ErrNotFound (as missing says) for a site that the caller
// does not have. One record's failure never touches another. A record that has
// failed before keeps its outcome.
func (l *Ledger) SetTraffic(ctx context.Context, who Identity, run *TrafficRun, missing error) error {
	for i, record := range run.All() {
		switch {
		case run.Err(i) != nil:
		case !who.isProvider():
			run.Fail(i, errPermission)
		case record.SMTPIn|record.SMTPOut|record.POP3IMAPIn|record.POP3IMAPOut < 0:
			all := run.Record(i)
			run.Fail(i, all.negative())
		}
	}
	if err := l.keepTraffic(ctx, who, run, missing); err != nil {
		return err
	}
	if who.isProvider() {
		l.sources.note(who, run, l.now())
	}
	return nil
}

// keepTraffic stores the records of a run that have not failed.
func (l *Ledger) keepTraffic(ctx context.Context, who Identity, run *TrafficRun, missing error) error {
	if run.Good() == 0 {
		return nil
	}
	if err := l.store.SetTraffic(ctx, who.Scope(), run, missing); err != nil {
		return err
	}
	l.unchecked.add(run, l.Today().FirstOfMonth())
	return nil
}

// Range bounds a question about traffic: civil dates, both included. A zero
// Since means from the creation of the object, or from its earliest record if
// that is older, but at most a century back; a zero To means until today.
type Range struct {
	Since, To Date
}

// maxRangeDays bounds one question to a century of days.
const maxRangeDays = 36_600

// WebspaceSites is a subscription with the ids of all sites whose traffic is
// its own.
type WebspaceSites struct {
	WebspaceID int64
	Sites      []int64
}

// WebspaceSites returns the sites of the subscriptions with the given ids,
// which come from FindWebspaces, in any order.
func (l *Ledger) WebspaceSites(ctx context.Context, ids []int64) (all []WebspaceSites, err error) {
	family, err := l.store.SiblingSites(ctx, ids) // of main sites, which have the ids of their subscriptions
	if err != nil {
		return nil, err
	}
	places := make(map[int64]int, len(ids))
	for _, s := range family {
		i, ok := places[s.WebspaceID]
		if !ok {
			i = len(all)
			places[s.WebspaceID] = i
			all = append(all, WebspaceSites{WebspaceID: s.WebspaceID})
		}
		all[i].Sites = append(all[i].Sites, s.SiteID)
	}
	return all, nil
}

// WebspaceTraffic returns the traffic of a subscription day by day, ascending:
// the sum over its sites, zeros for days without records, nothing when the
// range is empty.
//
// Errors: ErrInvalid for a range of more than 36,600 days, ErrFailed when a
// sum of a day does not fit 64 bits.
func (l *Ledger) WebspaceTraffic(ctx context.Context, w *WebspaceSites, r Range) (Days, error) {
	var created Date
	if r.Since == 0 {
		main, err := l.store.Sites(ctx, []int64{w.WebspaceID})
		if err != nil {
			return Days{}, err
		}
		if len(main) == 0 {
			return Days{}, ErrNoWebspace
		}
		created = main[0].Created
	}
	return l.daily(ctx, w.Sites, created, r)
}

// SiteTraffic returns the traffic of a site day by day, as WebspaceTraffic does.
func (l *Ledger) SiteTraffic(ctx context.Context, s *Site, r Range) (Days, error) {
	return l.daily(ctx, []int64{s.ID}, s.Created, r)
}

func (l *Ledger) daily(ctx context.Context, sites []int64, created Date, r Range) (Days, error) {
	if r.To == 0 {
		r.To = l.Today()
	}
	if r.Since == 0 {
		first, err := l.store.FirstTraffic(ctx, sites)
		if err != nil {
			return Days{}, err
		}
		r.Since = created
		if first != 0 && first < created {
			r.Since = first
		}
		r.Since = max(r.Since, r.To.AddDays(1-maxRangeDays))
	}
	days := Days{since: r.Since, to: r.To}
	if r.Since > r.To {
		return days, nil
	}
	if span := r.Since.DaysUntil(r.To) + 1; span > maxRangeDays {
		return Days{}, Errorf(ErrInvalid, "since_date, to_date: expected a range of at most %d days, not %d.", maxRangeDays, span)
	}
	records, err := l.store.Traffic(ctx, sites, r.Since, r.To)
	if err != nil {
		return Days{}, err
	}
	days.records, err = sumByDay(records)
	return days, err
}

// sumByDay makes one record of those of a day, in place.
func sumByDay(records []SiteDay) ([]SiteDay, error) {
	sums := records[:0]
	for i := range records {
		if last := len(sums) - 1; last < 0 || sums[last].Date != records[i].Date {
			sums = append(sums, records[i])
		} else if err := sums[last].add(&records[i]); err != nil {
			return nil, err
		}
	}
	return sums, nil
}

func (d *SiteDay) add(record *SiteDay) error {
	sums, more := d.List(), record.List()
	for i := range sums {
		sum := *sums[i] + *more[i]
		if sum < 0 {
			return Errorf(ErrFailed, "The traffic of %s adds up to more than 64 bits hold.", d.Date)
		}
		*sums[i] = sum
	}
	return nil
}

// Usage is how much a subscription, a site or an account used, in bytes.
type Usage struct {
	Month       uint64 // of the current month so far
	PreviousDay uint64 // of yesterday
}

// usage adds up the traffic of sites for the statistics of an object.
func (l *Ledger) usage(ctx context.Context, sites []int64) (Usage, error) {
	months, yesterday, err := l.recentTraffic(ctx, sites)
	if err != nil {
		return Usage{}, err
	}
	return addUsage(months, yesterday)
}

func addUsage(months []SiteMonth, yesterday []SiteDay) (u Usage, err error) {
	for i := range months {
		if err := addBytes(&u.Month, &months[i].Totals); err != nil {
			return Usage{}, err
		}
	}
	for i := range yesterday {
		if err := addBytes(&u.PreviousDay, yesterday[i].totals()); err != nil {
			return Usage{}, err
		}
	}
	return u, nil
}

func addBytes(sum *uint64, totals *Totals) error {
	more, ok := totals.Sum()
	total, carry := bits.Add64(*sum, more, 0)
	if carry != 0 || !ok {
		return Errorf(ErrFailed, "The traffic of this month adds up to more than 64 bits hold.")
	}
	*sum = total
	return nil
}

// recentTraffic returns what sites used in the current month so far, and their
// records for yesterday.
func (l *Ledger) recentTraffic(ctx context.Context, sites []int64) (months []SiteMonth, yesterday []SiteDay, err error) {
	today := l.Today()
	month, endOfMonth := today.FirstOfMonth(), today.FirstOfMonth()+30
	months, err = l.store.MonthTraffic(ctx, sites, month)
	if err != nil {
		return nil, nil, err
	}
	days, err := l.store.Traffic(ctx, sites, today.AddDays(-1), endOfMonth)
	if err != nil {
		return nil, nil, err
	}
	var ahead []int64
	for i := range days {
		switch day := &days[i]; {
		case day.Date < today:
			yesterday = append(yesterday, *day)
		case day.Date > today:
			ahead = append(ahead, day.SiteID)
		}
	}
	return months, yesterday, l.countUntil(ctx, today, months, ahead)
}

// countUntil replaces the totals of sites that have records for days after a
// date. They may have come after the totals were read, so these have them or not.
func (l *Ledger) countUntil(ctx context.Context, date Date, months []SiteMonth, sites []int64) error {
	if len(sites) == 0 {
		return nil
	}
	slices.Sort(sites)
	sites = slices.Compact(sites)
	days, err := l.store.Traffic(ctx, sites, date.FirstOfMonth(), date)
	if err != nil {
		return err
	}
	totals := map[int64]Totals{}
	for i := range days {
		t := totals[days[i].SiteID]
		t.add(&days[i].Counters)
		totals[days[i].SiteID] = t
	}
	for i := range months {
		m := &months[i]
		if _, isAhead := slices.BinarySearch(sites, m.SiteID); isAhead {
			m.Totals = totals[m.SiteID]
		}
	}
	return nil
}
