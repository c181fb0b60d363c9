package ledger

import (
	"context"
	"slices"
)

// CheckTraffic looks at the subscriptions whose traffic may have passed their
// limit max_traffic since it was called last, at first at all. One that used
// more than its limit in the current month is marked as overused, which is
// journalled, and, if that is what its limits say, suspended: once a month, so
// that a provider may put it back in service.
func (l *Ledger) CheckTraffic(ctx context.Context) error {
	sites, all := l.unchecked.take()
	if all {
		var err error
		if sites, err = l.store.WebspaceIDs(ctx, Everything, Selector{}); err != nil { // those of main sites
			l.unchecked.addAll()
			return err
		}
	}
	for chunk := range slices.Chunk(sites, sitesChecked) {
		if err := l.checkTraffic(ctx, chunk); err != nil {
			l.unchecked.addAll()
			return err
		}
	}
	return nil
}

// sitesChecked is how many sites are looked at together.
const sitesChecked = 200

func (l *Ledger) checkTraffic(ctx context.Context, sites []int64) error {
	family, err := l.store.SiblingSites(ctx, sites)
	if err != nil {
		return err
	}
	limits, err := l.trafficLimits(ctx, family)
	if err != nil || len(limits) == 0 {
		return err
	}
	webspaceOf := map[int64]int64{}
	var counted []int64
	for _, s := range family {
		if _, ok := limits[s.WebspaceID]; ok {
			webspaceOf[s.SiteID] = s.WebspaceID
			counted = append(counted, s.SiteID)
		}
	}
	month := l.Today().FirstOfMonth()
	months, _, err := l.recentTraffic(ctx, counted)
	if err != nil {
		return err
	}
	used := map[int64]uint64{}
	for i := range months {
		webspace := webspaceOf[months[i].SiteID]
		used[webspace] = AddBytes(used[webspace], months[i].AtMost())
	}
	for webspace, bytes := range used {
		if bytes > limits[webspace] {
			if err := l.overuse(ctx, webspace, month, bytes); err != nil {
				return err
			}
		}
	}
	return nil
}

// trafficLimits returns the limits, in bytes, of those subscriptions that have
// one and did not pass it yet in the current month.
func (l *Ledger) trafficLimits(ctx context.Context, family []SiteOfWebspace) (map[int64]uint64, error) {
	var ids []int64
	for _, s := range family {
		ids = append(ids, s.WebspaceID)
	}
	slices.Sort(ids)
	webspaces, err := l.store.Webspaces(ctx, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	limits := map[int64]uint64{}
	month := l.Today().FirstOfMonth()
	for i := range webspaces {
		w := &webspaces[i]
		if limit, ok := w.trafficLimit(month); ok {
			limits[w.ID] = limit
		}
	}
	return limits, nil
}

// trafficLimit returns the limit, in bytes, of a subscription that did not pass it
// yet in a month, or ok false when it did or has none.
func (w *Webspace) trafficLimit(month Date) (limit uint64, ok bool) {
	most, _ := w.Settings().Limits.Complete().Get("max_traffic")
	return uint64(most), most != unlimited && w.Overused != month
}

// overuse marks a subscription that used so many bytes in a month, if it passed
// its limit: that may have been changed meanwhile.
func (l *Ledger) overuse(ctx context.Context, id int64, month Date, bytes uint64) error {
	admin, err := l.Admin(ctx)
	if err != nil {
		return err
	}
	err = l.store.UpdateWebspace(l.causedBy(ctx, Identity{Login: systemUser}), id, nil, func(w *Webspace) error {
		if limit, ok := w.trafficLimit(month); !ok || bytes <= limit {
			return nil
		}
		w.Overused = month
		if !w.Settings().Limits.isBlocking() {
			return nil
		}
		// The provider can lift it, as if he had done it himself.
		w.Status |= StatusDownByReseller
		if w.VendorGUID == admin.GUID {
			w.Status = w.Status&^StatusDownByReseller | StatusDownByAdmin
		}
		return nil
	})
	return notFoundAs(nil, err)
}

// SiteOfWebspace says which subscription a site belongs to.
type SiteOfWebspace struct{ SiteID, WebspaceID int64 }
