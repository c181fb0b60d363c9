package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"math/bits"
	"slices"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"github.com/hostledger/hostledger/ledger"
)

// findDates finds out which dates and months there are, by one seek for each
// date, however many records that has.
func (t *sqliteTraffic) findDates() error {
	dates, err := t.datesOf(`WITH RECURSIVE dates (date) AS (
			SELECT min(date) FROM traffic
			UNION ALL
			SELECT (SELECT min(date) FROM traffic WHERE date > dates.date) FROM dates WHERE dates.date IS NOT NULL
		) SELECT date FROM dates WHERE date IS NOT NULL`)
	if err != nil {
		return err
	}
	months, err := t.datesOf(`SELECT month FROM archived_months ORDER BY month`)
	t.dates, t.archivedMonths = newDateSet(dates), newDateSet(months)
	return err
}

func (t *sqliteTraffic) datesOf(text string) (dates []ledger.Date, err error) {
	err = sqlitex.Execute(t.conn, text, &sqlitex.ExecOptions{ResultFunc: func(row *sqlite.Stmt) error {
		dates = append(dates, ledger.Date(row.ColumnInt64(0))) //nolint:gosec // a date
		return nil
	}})
	return dates, err
}

// days implements trafficTables. What the archive takes over while this reads
// is found in traffic or, as that is read first, in the archive.
func (t *sqliteTraffic) days(ctx context.Context, q querier, sites []int64, since, to ledger.Date) ([]ledger.SiteDay, error) {
	var days []ledger.SiteDay
	if dates := t.dates.between(since, to); len(dates) > 0 {
		var err error
		days, err = query(ctx, q, scanSiteDay, sqliteDaysOn, sqliteDialect{}.list(sites), listDates(dates))
		if err != nil {
			return nil, err
		}
	}
	if months := t.archivedMonths.between(since.FirstOfMonth(), to); len(months) > 0 {
		archived, err := query(ctx, q, scanSiteMonth, sqliteMonthsOf, sqliteDialect{}.list(sites), months[0], months[len(months)-1])
		if err != nil {
			return nil, err
		}
		for i := range archived {
			if days, err = archived[i].appendDays(days, since, to); err != nil {
				return nil, err
			}
		}
	}
	return days, nil
}

const (
	sqliteSites  = `(SELECT value FROM json_each($1))`
	sqliteDaysOn = `SELECT site_id, date, ` + counterColumns + ` FROM traffic
		WHERE date IN (SELECT value FROM json_each($2)) AND site_id IN ` + sqliteSites
	sqliteMonthsOf = `SELECT site_id, month, days, counters FROM traffic_archive
		WHERE site_id IN ` + sqliteSites + ` AND month BETWEEN $2 AND $3`
)

func listDates(dates []ledger.Date) any {
	numbers := make([]int64, len(dates))
	for i, date := range dates {
		numbers[i] = int64(date)
	}
	return sqliteDialect{}.list(numbers)
}

func scanSiteDay(rows *sql.Rows, d *ledger.SiteDay) error {
	return rows.Scan(&d.SiteID, &d.Date, &d.HTTPIn, &d.HTTPOut, &d.FTPIn, &d.FTPOut,
		&d.SMTPIn, &d.SMTPOut, &d.POP3IMAPIn, &d.POP3IMAPOut)
}

// siteMonth is a row of the archive.
type siteMonth struct {
	site     int64
	month    ledger.Date
	days     uint32
	counters []byte
}

func scanSiteMonth(rows *sql.Rows, m *siteMonth) error {
	return rows.Scan(&m.site, &m.month, &m.days, &m.counters)
}

// appendDays appends the days from since to to.
func (m *siteMonth) appendDays(to []ledger.SiteDay, since, until ledger.Date) ([]ledger.SiteDay, error) {
	err := eachArchived(m.days, m.counters, func(day int, c *ledger.Counters) {
		if date := m.month + ledger.Date(day); since <= date && date <= until {
			to = append(to, ledger.SiteDay{SiteID: m.site, Date: date, Counters: *c})
		}
	})
	if err != nil {
		return nil, fmt.Errorf("site %d, %s: %w", m.site, m.month, err)
	}
	return to, nil
}

// first implements trafficTables.
func (t *sqliteTraffic) first(ctx context.Context, q querier, sites []int64) (first ledger.Date, err error) {
	dates, err := queryIDs(ctx, q, sqliteFirstDay, sqliteDialect{}.list(sites), listDates(t.dates.between(0, ledger.MaxDate)))
	if err != nil {
		return 0, err
	}
	if len(dates) > 0 {
		first = ledger.Date(dates[0]) //nolint:gosec // a date
	}
	months, err := query(ctx, q, scanSiteMonth, sqliteFirstMonths, sqliteDialect{}.list(sites))
	if err != nil {
		return 0, err
	}
	for i := range months {
		date := months[i].month + ledger.Date(bits.TrailingZeros32(months[i].days)) //nolint:gosec // below 32
		if first == 0 || date < first {
			first = date
		}
	}
	return first, nil
}

const (
	sqliteFirstDay = `SELECT date FROM traffic
	WHERE date IN (SELECT value FROM json_each($2)) AND site_id IN ` + sqliteSites + ` ORDER BY date LIMIT 1`
	// The oldest month of each site, by a seek, and nothing of the counters.
	sqliteFirstMonths = `SELECT site_id, month, days, x'' FROM json_each($1) site CROSS JOIN traffic_archive
		WHERE site_id = site.value AND month = (SELECT min(month) FROM traffic_archive WHERE site_id = site.value)`
)

// usedSince implements trafficTables.
func (t *sqliteTraffic) usedSince(date ledger.Date, args *arguments) string {
	dates := args.add(listDates(t.dates.between(date, ledger.MaxDate)))
	month, day := args.add(date.FirstOfMonth()), args.add(date-date.FirstOfMonth())
	return `(EXISTS (SELECT 1 FROM traffic t WHERE t.date IN (SELECT value FROM json_each(` + dates + `)) AND t.site_id = s.id)
		OR EXISTS (SELECT 1 FROM traffic_archive a WHERE a.site_id = s.id AND a.month >= ` + month + `
			AND (a.month > ` + month + ` OR a.days >> ` + day + ` <> 0)))`
}

// forget implements trafficTables.
func (t *sqliteTraffic) forget(ctx context.Context, tx *sql.Tx, sites []int64, month ledger.Date) error {
	list := sqliteDialect{}.list(sites)
	_, err := tx.ExecContext(ctx, sqliteDeleteDays, list, listDates(t.dates.between(0, month-1)))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM traffic_archive WHERE site_id IN `+sqliteSites+` AND month < $2`, list, month)
	return err
}

const sqliteDeleteDays = `DELETE FROM traffic WHERE date IN (SELECT value FROM json_each($2)) AND site_id IN ` + sqliteSites

// holdOff implements trafficTables. The gate lets one writer in at a time.
func (t *sqliteTraffic) holdOff(context.Context, *sql.Tx) error { return nil }

// deleteOf implements trafficTables.
func (t *sqliteTraffic) deleteOf(ctx context.Context, tx *sql.Tx, sites []int64) error {
	if err := t.forget(ctx, tx, sites, ledger.MaxDate+1); err != nil {
		return err
	}
	sites = slices.Compact(slices.Sorted(slices.Values(sites)))
	blocks, err := query(ctx, tx, scanBlock, sqliteTotalsOf, sqliteDialect{}.list(blocksOf(sites)))
	if err != nil {
		return err
	}
	gone := map[int64]bool{}
	for _, site := range sites {
		gone[site] = true
	}
	for i := range blocks {
		b := &blocks[i]
		for place := range b.totals {
			if gone[b.block*blockSites+int64(place)] {
				b.totals[place] = [8]wide{}
			}
		}
		_, err := tx.ExecContext(ctx, `UPDATE traffic_totals SET totals = $1 WHERE month = $2 AND block = $3`,
			b.totals.append(nil), b.month, b.block)
		if err != nil {
			return err
		}
	}
	return nil
}

// sqliteTotalsOf selects the totals of the blocks in $1 in all months, by a seek
// for each month and block.
const sqliteTotalsOf = `WITH RECURSIVE months (month) AS (
		SELECT min(month) FROM traffic_totals
		UNION ALL
		SELECT (SELECT min(month) FROM traffic_totals WHERE month > months.month) FROM months WHERE months.month IS NOT NULL
	) SELECT month, block, totals FROM traffic_totals
	WHERE month IN (SELECT month FROM months) AND block IN (SELECT value FROM json_each($1))`
