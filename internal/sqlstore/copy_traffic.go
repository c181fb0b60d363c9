package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// siteTraffic is all the traffic that there is of some sites.
type siteTraffic struct {
	sites  []ledger.SiteOfWebspace // ascending
	days   []ledger.SiteDay        // by site and date
	months []siteTotals
}

// siteTotals is what a site used in a month.
type siteTotals struct {
	site   int64
	month  ledger.Date
	totals [8]wide // in the order of the columns
}

var counterNames = strings.Split(counterColumns, ", ")

// copiedSites is how many sites' traffic a transaction copies. A site has a few
// thousand days at most.
const copiedSites = 64

// copyTraffic copies the traffic of the sites that have none yet.
func (c *copying) copyTraffic(ctx context.Context, source querier) error {
	return c.from.eachTraffic(ctx, source, c.mark.Done, func(traffic *siteTraffic, done, all int64) error {
		next := c.mark
		next.Done = done
		err := c.keep(ctx, next, func(ctx context.Context, tx *sql.Tx) error {
			return c.to.traffic.restore(ctx, tx, traffic, c.Today.FirstOfMonth())
		})
		c.Progress("traffic", c.mark.Done, all)
		return err
	})
}

// eachTraffic calls do with the traffic of all sites, some at a time and after
// skipping some, and with how many of all sites are then done.
func (s *Store) eachTraffic(ctx context.Context, q querier, skip int64, do func(traffic *siteTraffic, done, all int64) error) error {
	sites, err := query(ctx, q, scanSiteOfWebspace,
		`SELECT id, webspace_id FROM sites UNION ALL SELECT id, webspace_id FROM former_sites ORDER BY id`)
	if err != nil {
		return err
	}
	done := min(skip, int64(len(sites)))
	for chunk := range slices.Chunk(sites[done:], copiedSites) {
		traffic, err := s.trafficOf(ctx, q, chunk)
		if err != nil {
			return err
		}
		done += int64(len(chunk))
		if err := do(traffic, done, int64(len(sites))); err != nil {
			return err
		}
	}
	return nil
}

// trafficOf returns the traffic of sites, which ascend.
func (s *Store) trafficOf(ctx context.Context, q querier, sites []ledger.SiteOfWebspace) (*siteTraffic, error) {
	traffic := &siteTraffic{sites: sites}
	days, err := s.traffic.days(ctx, q, traffic.ids(), 0, ledger.MaxDate)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(days, inOrderOfSites)
	traffic.days = slices.CompactFunc(days, func(x, y ledger.SiteDay) bool { return inOrderOfSites(x, y) == 0 })
	traffic.months, err = s.traffic.allMonths(ctx, q, traffic.ids())
	return traffic, err
}

// ids returns the ids of the sites.
func (t *siteTraffic) ids() []int64 {
	ids := make([]int64, len(t.sites))
	for i := range t.sites {
		ids[i] = t.sites[i].SiteID
	}
	return ids
}

// webspaceOf returns the subscription of one of the sites.
func (t *siteTraffic) webspaceOf(site int64) int64 {
	i, _ := slices.BinarySearchFunc(t.sites, site, func(s ledger.SiteOfWebspace, id int64) int { return cmp.Compare(s.SiteID, id) })
	return t.sites[i].WebspaceID
}
