package sqlstore

import (
	"errors"
	"maps"
	"math"
	"slices"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"github.com/hostledger/hostledger/ledger"
)

// sitesPerStep is how many sites' days of a month one step archives: some
// thousand records, so that nobody waits long for it.
const sitesPerStep = 64

// archiveStep implements trafficTables: it moves the days of some sites in the
// oldest month of traffic into the archive.
func (t *sqliteTraffic) archiveStep(before ledger.Date) (done bool, err error) {
	var date ledger.Date
	var from int64
	err = t.query(`SELECT date, site_id FROM traffic ORDER BY date, site_id LIMIT 1`, func(row *sqlite.Stmt) error {
		date, from = ledger.Date(row.ColumnInt64(0)), row.ColumnInt64(1) //nolint:gosec // a date
		return nil
	})
	if err != nil || date == 0 || date >= before {
		return true, err
	}
	month := date.FirstOfMonth()
	dates := t.dates.between(month, month+30)
	t.archivedMonths.add(month) // before anybody misses the days in traffic
	if err := t.transaction(func() error { return t.archive(month, dates, from) }); err != nil {
		return false, err
	}
	return false, t.dropDates(dates)
}

// query runs a query.
func (t *sqliteTraffic) query(text string, each func(row *sqlite.Stmt) error, args ...any) error {
	return sqlitex.Execute(t.conn, text, &sqlitex.ExecOptions{Args: args, ResultFunc: each})
}

// archive moves the records of dates, which are all that a month has, of some
// sites from one on.
func (t *sqliteTraffic) archive(month ledger.Date, dates []ledger.Date, from int64) error {
	until, err := t.endOfStep(dates, from)
	if err != nil {
		return err
	}
	sites, err := t.recordsOf(month, dates, from, until)
	if err != nil {
		return err
	}
	if err := t.query(`INSERT INTO archived_months (month) VALUES ($1) ON CONFLICT (month) DO NOTHING`, nil, month); err != nil {
		return err
	}
	for _, site := range slices.Sorted(maps.Keys(sites)) {
		if err := t.archiveSite(site, month, sites[site]); err != nil {
			return err
		}
	}
	for _, date := range dates {
		if err := t.query(`DELETE FROM traffic WHERE date = $1 AND site_id BETWEEN $2 AND $3`, nil, date, from, until); err != nil {
			return err
		}
	}
	return nil
}

// endOfStep returns the last site of a step, so that no date has more than
// sitesPerStep.
func (t *sqliteTraffic) endOfStep(dates []ledger.Date, from int64) (until int64, err error) {
	until = math.MaxInt64
	for _, date := range dates {
		err := t.query(`SELECT site_id FROM traffic WHERE date = $1 AND site_id >= $2 ORDER BY site_id LIMIT 1 OFFSET $3`,
			func(row *sqlite.Stmt) error { until = min(until, row.ColumnInt64(0)); return nil },
			date, from, sitesPerStep-1)
		if err != nil {
			return 0, err
		}
	}
	return until, nil
}

// recordsOf returns what traffic has of dates of a month, of the sites from one
// to another.
func (t *sqliteTraffic) recordsOf(month ledger.Date, dates []ledger.Date, from, until int64) (map[int64]*archivedMonth, error) {
	sites := map[int64]*archivedMonth{}
	for _, date := range dates {
		err := t.query(`SELECT site_id, `+counterColumns+` FROM traffic WHERE date = $1 AND site_id BETWEEN $2 AND $3`,
			func(row *sqlite.Stmt) error {
				site := row.ColumnInt64(0)
				if sites[site] == nil {
					sites[site] = &archivedMonth{}
				}
				var c ledger.Counters
				readCounters(row, 1, &c)
				sites[site].set(int(date-month), &c)
				return nil
			}, date, from, until)
		if err != nil {
			return nil, err
		}
	}
	return sites, nil
}

// archiveSite writes the records of a site and month beside those that the
// archive has for other days.
func (t *sqliteTraffic) archiveSite(site int64, month ledger.Date, records *archivedMonth) error {
	days, counters, err := t.archivedMonth(site, month)
	if err != nil {
		return err
	}
	newer := records.days
	err = eachArchived(days, counters, func(day int, c *ledger.Counters) {
		if newer&(1<<day) == 0 {
			records.set(day, c)
		}
	})
	if err != nil {
		return err
	}
	return t.query(`INSERT INTO traffic_archive (site_id, month, days, counters) VALUES ($1, $2, $3, $4)
		ON CONFLICT (site_id, month) DO UPDATE SET days = excluded.days, counters = excluded.counters`,
		nil, site, month, records.days, records.appendCounters(nil))
}

// dropDates forgets dates that have no records any more.
func (t *sqliteTraffic) dropDates(dates []ledger.Date) error {
	var errs []error
	for _, date := range dates {
		has := false
		errs = append(errs, t.query(`SELECT 1 FROM traffic WHERE date = $1 LIMIT 1`,
			func(*sqlite.Stmt) error { has = true; return nil }, date))
		if !has {
			t.dates.remove(date)
		}
	}
	return errors.Join(errs...)
}
