package ledger

import (
	"context"
	"slices"
	"strconv"
	"time"
)

// ArchiveTraffic puts the days of months that are over where they take less
// room.
func (l *Ledger) ArchiveTraffic(ctx context.Context) error {
	return l.store.ArchiveTraffic(ctx, l.Today().AddDays(-lateDays).FirstOfMonth())
}

// lateDays is how long a month stays among the recent ones, because statistics
// of its last days come in late.
const lateDays = 3

// ForgetTraffic removes days that are too old: where a site's preference
// stat_ttl, or else the server's, tells for how many months statistics are
// kept, those from before these and the current month. What each month came to
// stays.
func (l *Ledger) ForgetTraffic(ctx context.Context) error {
	settings, err := l.serverSettings(ctx)
	if err != nil {
		return err
	}
	months, _ := settings.CompletePrefs().Get("stat_ttl")
	webspaces, err := l.store.WebspaceIDs(ctx, Everything, Selector{})
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(webspaces, webspacesAtOnce) {
		if err := l.forgetTrafficOf(ctx, chunk, months); err != nil {
			return err
		}
		select { // others have a turn
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Millisecond):
		}
	}
	return nil
}

// webspacesAtOnce is how many subscriptions are looked at together.
const webspacesAtOnce = 100

// forgetTrafficOf removes the days of subscriptions that are too old; months is
// for those that have no preference of their own.
func (l *Ledger) forgetTrafficOf(ctx context.Context, webspaces []int64, months string) error {
	kept, err := l.keptMonths(ctx, webspaces, months)
	if err != nil {
		return err
	}
	sitesBefore := map[Date][]int64{}
	for site, months := range kept {
		if before, ok := l.keptSince(months); ok {
			sitesBefore[before] = append(sitesBefore[before], site)
		}
	}
	for before, sites := range sitesBefore {
		first, err := l.store.FirstTraffic(ctx, sites)
		if err == nil && first != 0 && first < before {
			err = l.store.ForgetTraffic(ctx, sites, before)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// keptMonths returns the preference stat_ttl of all sites of subscriptions. A
// site without one, or one that was deleted, has its subscription's.
func (l *Ledger) keptMonths(ctx context.Context, webspaces []int64, months string) (map[int64]string, error) {
	loaded, err := l.store.Webspaces(ctx, webspaces)
	if err != nil {
		return nil, err
	}
	ofWebspace := map[int64]string{}
	for i := range loaded {
		ofWebspace[loaded[i].ID] = loaded[i].Settings().Prefs.statTTL(months)
	}
	family, err := l.store.SiblingSites(ctx, webspaces)
	if err != nil {
		return nil, err
	}
	kept := make(map[int64]string, len(family))
	var added []int64
	for _, s := range family {
		kept[s.SiteID] = ofWebspace[s.WebspaceID]
		if s.SiteID != s.WebspaceID {
			added = append(added, s.SiteID)
		}
	}
	sites, err := l.store.Sites(ctx, added)
	for i := range sites {
		kept[sites[i].ID] = sites[i].Prefs.statTTL(kept[sites[i].ID])
	}
	return kept, err
}

// statTTL returns the preference, or what holds without one.
func (p Prefs) statTTL(otherwise string) string {
	if p.StatTTL == nil || *p.StatTTL == "" {
		return otherwise
	}
	return *p.StatTTL
}

// keptSince returns the first day of the oldest month that is kept when
// statistics are kept for so many months before the current one, unless that
// is for ever.
func (l *Ledger) keptSince(months string) (month Date, ok bool) {
	n, err := strconv.Atoi(months)
	if err != nil || n > forEver {
		return 0, false
	}
	return DateOf(l.Today().FirstOfMonth().Time().AddDate(0, -n, 0)), true
}

// forEver is a number of months, a century, from which on nothing is removed.
const forEver = 1200
