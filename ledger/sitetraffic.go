package ledger

import "context"

// SiteTraffic is what statistics found for a site and day, in bytes. The
// counters in Given replace what is stored; the others stay.
type SiteTraffic struct {
	SiteDay
	Given CounterSet
}

// SiteRun returns a run of the given records, which must not change as long as
// it is used.
func SiteRun(days []SiteTraffic) *TrafficRun {
	run := &TrafficRun{sites: days}
	for i := range days {
		record := run.Add()
		record.SiteID, record.Date = days[i].SiteID, days[i].Date
	}
	return run
}

// SetSiteTraffic stores any of the eight counters of sites and days in one
// transaction; it is on disk when SetSiteTraffic returns. When several records
// name the same site and day, for each counter the last that gives it holds.
//
// There is an outcome for each record: nil, ErrPermission for a customer who
// calls, ErrInvalid for a negative counter, ErrNoSite for a site that the caller
// does not have. One record's failure never touches another. The error is about
// all of them: nothing was stored.
func (l *Ledger) SetSiteTraffic(ctx context.Context, who Identity, days []SiteTraffic) (outcomes []error, err error) {
	run := SiteRun(days)
	for i := range days {
		if !who.isProvider() {
			run.Fail(i, errPermission)
		} else if err := days[i].negative(); err != nil {
			run.Fail(i, err)
		}
	}
	if err := l.keepTraffic(ctx, who, run, ErrNoSite); err != nil {
		return nil, err
	}
	outcomes = make([]error, len(days))
	for i := range outcomes {
		outcomes[i] = run.Err(i)
	}
	return outcomes, nil
}

// negative returns an error about the first counter that is negative.
func (c *Counters) negative() error {
	for i, bytes := range c.List() {
		if *bytes < 0 {
			return Errorf(ErrInvalid, "%s: expected a number of bytes from 0 up, not %d.", CounterNames[i], *bytes)
		}
	}
	return nil
}
