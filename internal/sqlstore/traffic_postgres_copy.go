package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"math/big"
	"slices"

	"github.com/hostledger/hostledger/ledger"
)

// allMonths implements trafficTables.
func (t *postgresTraffic) allMonths(ctx context.Context, q querier, sites []int64) ([]siteTotals, error) {
	return query(ctx, q, scanSiteTotals, `SELECT site_id, month, `+counterColumns+` FROM traffic_months
		WHERE site_id = ANY($1) AND `+monthTotal+` > 0`, sites)
}

func scanSiteTotals(rows *sql.Rows, m *siteTotals) error {
	place := []any{&m.site, &m.month}
	for i := range m.totals {
		place = append(place, &m.totals[i])
	}
	return rows.Scan(place...)
}

// Scan reads a NUMERIC (database/sql.Scanner).
func (w *wide) Scan(value any) error {
	n, ok := new(big.Int).SetString(fmt.Sprint(value), 10)
	if !ok {
		return fmt.Errorf("total of a month, %v: %w", value, errCorrupt)
	}
	var low big.Int
	w.lo = low.And(n, new(big.Int).SetUint64(1<<64-1)).Uint64()
	w.hi = n.Rsh(n, 64).Uint64()
	return nil
}

// String returns the number in decimal.
func (w wide) String() string {
	n := new(big.Int).SetUint64(w.hi)
	return n.Or(n.Lsh(n, 64), new(big.Int).SetUint64(w.lo)).String()
}

// restore implements trafficTables.
func (t *postgresTraffic) restore(ctx context.Context, tx *sql.Tx, traffic *siteTraffic, _ ledger.Date) error {
	for days := range slices.Chunk(traffic.days, partRecords) {
		a := newArrays(len(days), 8)
		for i := range days {
			d, counters := &days[i], valuesOf(&days[i].Counters)
			a.set(i, traffic.webspaceOf(d.SiteID), d.SiteID, d.Date, counters[:])
		}
		if _, err := tx.ExecContext(ctx, restoreDays, a.arguments()...); err != nil {
			return err
		}
	}
	return insertRows(ctx, tx, postgresDialect{}, "traffic_months", append([]string{"webspace_id", "site_id", "month"}, counterNames...), traffic.monthRows())
}

const restoreDays = `INSERT INTO traffic (webspace_id, site_id, date, ` + counterColumns + `)
	SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::integer[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
		$8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[])`

// monthRows returns the rows of traffic_months: those of the totals, and of
// months that have days but no traffic.
func (t *siteTraffic) monthRows() (rows [][]any) {
	type monthOfSite struct {
		site  int64
		month ledger.Date
	}
	isThere := map[monthOfSite]bool{}
	add := func(of monthOfSite, totals [8]wide) {
		row := []any{t.webspaceOf(of.site), of.site, of.month}
		for _, total := range totals {
			row = append(row, total.String())
		}
		rows, isThere[of] = append(rows, row), true
	}
	for i := range t.months {
		add(monthOfSite{t.months[i].site, t.months[i].month}, t.months[i].totals)
	}
	for i := range t.days {
		if of := (monthOfSite{t.days[i].SiteID, t.days[i].Date.FirstOfMonth()}); !isThere[of] {
			add(of, [8]wide{})
		}
	}
	return rows
}
