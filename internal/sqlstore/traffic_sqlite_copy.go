package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"github.com/hostledger/hostledger/ledger"
)

// allMonths implements trafficTables. The sites ascend.
func (t *sqliteTraffic) allMonths(ctx context.Context, q querier, sites []int64) (months []siteTotals, err error) {
	blocks, err := query(ctx, q, scanBlock, sqliteTotalsOf, sqliteDialect{}.list(blocksOf(sites)))
	for i := range blocks {
		b := &blocks[i]
		for place, totals := range b.totals {
			site := b.block*blockSites + int64(place)
			if _, isAsked := slices.BinarySearch(sites, site); isAsked && totals != [8]wide{} {
				months = append(months, siteTotals{site, b.month, totals})
			}
		}
	}
	return months, err
}

// restore implements trafficTables.
func (t *sqliteTraffic) restore(ctx context.Context, tx *sql.Tx, traffic *siteTraffic, month ledger.Date) error {
	if err := t.restoreRecent(ctx, tx, traffic.days, month); err != nil {
		return err
	}
	if err := t.restoreArchive(ctx, tx, traffic.days, month); err != nil {
		return err
	}
	return restoreTotals(ctx, tx, traffic)
}

// restoreRecent writes the days from a month on.
func (t *sqliteTraffic) restoreRecent(ctx context.Context, tx *sql.Tx, days []ledger.SiteDay, month ledger.Date) error {
	days = slices.DeleteFunc(slices.Clone(days), func(d ledger.SiteDay) bool { return d.Date < month })
	slices.SortFunc(days, func(x, y ledger.SiteDay) int {
		return cmp.Or(cmp.Compare(x.Date, y.Date), cmp.Compare(x.SiteID, y.SiteID))
	})
	rows := make([][]any, len(days))
	for i := range days {
		d := &days[i]
		t.dates.add(d.Date)
		rows[i] = []any{d.SiteID, d.Date}
		for _, counter := range valuesOf(&d.Counters) {
			rows[i] = append(rows[i], counter)
		}
	}
	return insertRows(ctx, tx, sqliteDialect{}, "traffic", append([]string{"site_id", "date"}, counterNames...), rows)
}

// restoreArchive writes the days before a month; they are by site and date.
func (t *sqliteTraffic) restoreArchive(ctx context.Context, tx *sql.Tx, days []ledger.SiteDay, month ledger.Date) error {
	var rows [][]any
	var months []ledger.Date
	for len(days) > 0 {
		site, of, records := days[0].SiteID, days[0].Date.FirstOfMonth(), archivedMonth{}
		for len(days) > 0 && days[0].SiteID == site && days[0].Date.FirstOfMonth() == of {
			records.set(int(days[0].Date-of), &days[0].Counters)
			days = days[1:]
		}
		if of < month {
			t.archivedMonths.add(of)
			months = append(months, of)
			rows = append(rows, []any{site, of, records.days, records.appendCounters(nil)})
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO archived_months (month)
		SELECT DISTINCT value FROM json_each($1) WHERE TRUE ON CONFLICT (month) DO NOTHING`, listDates(months))
	if err != nil {
		return err
	}
	return insertRows(ctx, tx, sqliteDialect{}, "traffic_archive", []string{"site_id", "month", "days", "counters"}, rows)
}

// restoreTotals writes the totals of sites into their blocks, beside those of
// other sites.
func restoreTotals(ctx context.Context, tx *sql.Tx, traffic *siteTraffic) error {
	stored, err := query(ctx, tx, scanBlock, sqliteTotalsOf, sqliteDialect{}.list(blocksOf(traffic.ids())))
	if err != nil {
		return err
	}
	blocks := map[blockKey]*totalsBlock{}
	for i := range stored {
		blocks[stored[i].blockKey] = &stored[i].totals
	}
	for i := range traffic.months {
		m := &traffic.months[i]
		block, place := blockOf(m.site)
		key := blockKey{m.month, block}
		if blocks[key] == nil {
			blocks[key] = &totalsBlock{}
		}
		blocks[key][place] = m.totals
	}
	for key, totals := range blocks {
		_, err := tx.ExecContext(ctx, `INSERT INTO traffic_totals (month, block, totals) VALUES ($1, $2, $3)
			ON CONFLICT (month, block) DO UPDATE SET totals = excluded.totals`, key.month, key.block, totals.append(nil))
		if err != nil {
			return err
		}
	}
	return nil
}
