package sqlstore

import (
	"context"
	"database/sql"

	"github.com/hostledger/hostledger/ledger"
)

// days implements trafficTables.
func (t *postgresTraffic) days(ctx context.Context, q querier, sites []int64, since, to ledger.Date) ([]ledger.SiteDay, error) {
	return query(ctx, q, scanSiteDay, `SELECT site_id, date, `+counterColumns+` FROM traffic
		WHERE site_id = ANY($1) AND date BETWEEN $2 AND $3`, sites, since, to)
}

// first implements trafficTables.
func (t *postgresTraffic) first(ctx context.Context, q querier, sites []int64) (ledger.Date, error) {
	// Not by a lateral join, which reads less: Citus spreads no such thing.
	found, err := query(ctx, q, func(rows *sql.Rows, date *ledger.Date) error { return rows.Scan(date) },
		`SELECT coalesce(min(date), 0) FROM traffic WHERE site_id = ANY($1)`, sites)
	if err != nil {
		return 0, err
	}
	return found[0], nil
}

// usedSince implements trafficTables. A day has a row for its month, so that
// only sites are looked at that may have one; of these the last day is found by
// its index.
func (t *postgresTraffic) usedSince(date ledger.Date, args *arguments) string {
	return `s.id IN (SELECT m.site_id FROM traffic_months m WHERE m.month >= ` + args.add(date.FirstOfMonth()) + ` AND
		(SELECT t.date FROM traffic t WHERE t.site_id = m.site_id AND t.webspace_id = m.webspace_id
			ORDER BY t.date DESC LIMIT 1) >= ` + args.add(date) + `)`
}

// mostBytes is the highest total that is told; it stands for more, too.
const mostBytes = `18446744073709551615`

// months implements trafficTables.
func (t *postgresTraffic) months(ctx context.Context, q querier, sites []int64, month ledger.Date) ([]ledger.SiteMonth, error) {
	return query(ctx, q, scanMonthOfSite, `SELECT site_id,
			least(http_in, `+mostBytes+`), least(http_out, `+mostBytes+`), least(ftp_in, `+mostBytes+`), least(ftp_out, `+mostBytes+`),
			least(smtp_in, `+mostBytes+`), least(smtp_out, `+mostBytes+`), least(pop3_imap_in, `+mostBytes+`), least(pop3_imap_out, `+mostBytes+`)
		FROM traffic_months WHERE site_id = ANY($1) AND month = $2 AND `+monthTotal+` > 0 ORDER BY site_id`, sites, month)
}

// monthTotal adds up the counters of a row of traffic_months.
const monthTotal = `http_in + http_out + ftp_in + ftp_out + smtp_in + smtp_out + pop3_imap_in + pop3_imap_out`

func scanMonthOfSite(rows *sql.Rows, m *ledger.SiteMonth) error {
	t := &m.Totals
	return rows.Scan(&m.SiteID, &t[0], &t[1], &t[2], &t[3], &t[4], &t[5], &t[6], &t[7])
}

// top implements trafficTables.
func (t *postgresTraffic) top(ctx context.Context, q querier, scope ledger.Scope, month ledger.Date, limit int) ([]ledger.WebspaceMonth, error) {
	args := arguments{month, limit}
	visible := visible(scope, "o", &args)
	return query(ctx, q, scanWebspaceMonth, `SELECT m.webspace_id, least(sum(`+monthTotal+`), `+mostBytes+`)
		FROM traffic_months m JOIN webspaces w ON w.id = m.webspace_id JOIN accounts o ON o.id = w.owner_id
		WHERE m.month = $1 AND `+visible+` GROUP BY m.webspace_id HAVING sum(`+monthTotal+`) > 0
		ORDER BY 2 DESC, 1 LIMIT $2`, args...)
}

// all implements trafficTables.
func (t *postgresTraffic) all(ctx context.Context, q querier, scope ledger.Scope, month ledger.Date) (ledger.Totals, error) {
	args := arguments{month}
	visible := visible(scope, "o", &args)
	sum := func(counter string) string { return `least(coalesce(sum(m.` + counter + `), 0), ` + mostBytes + `)` }
	found, err := query(ctx, q, scanTotals, `SELECT `+
		sum("http_in")+`, `+sum("http_out")+`, `+sum("ftp_in")+`, `+sum("ftp_out")+`, `+
		sum("smtp_in")+`, `+sum("smtp_out")+`, `+sum("pop3_imap_in")+`, `+sum("pop3_imap_out")+`
		FROM traffic_months m JOIN webspaces w ON w.id = m.webspace_id JOIN accounts o ON o.id = w.owner_id
		WHERE m.month = $1 AND `+visible, args...)
	if err != nil {
		return ledger.Totals{}, err
	}
	return found[0], nil
}

func scanTotals(rows *sql.Rows, t *ledger.Totals) error {
	return rows.Scan(&t[0], &t[1], &t[2], &t[3], &t[4], &t[5], &t[6], &t[7])
}

func scanWebspaceMonth(rows *sql.Rows, w *ledger.WebspaceMonth) error {
	return rows.Scan(&w.WebspaceID, &w.Bytes)
}

// holdOff implements trafficTables. The transaction sees all that was committed
// before it had the lock, because it has read nothing yet.
func (t *postgresTraffic) holdOff(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, waitForOthers); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `LOCK TABLE traffic_gate IN SHARE ROW EXCLUSIVE MODE`)
	return err
}

// waitForOthers lifts the bound on the time of a statement for a transaction
// that may have to wait for others which take long, such as a night's traffic.
const waitForOthers = `SET LOCAL statement_timeout = 0`

// lockForWriting waits for those who hold off. A transaction that writes traffic
// begins with it: if it locked sites first, who holds off and deletes them would
// wait for it, and it for him.
const lockForWriting = `LOCK TABLE traffic_gate IN ROW EXCLUSIVE MODE`

// deleteOf implements trafficTables.
func (t *postgresTraffic) deleteOf(ctx context.Context, tx *sql.Tx, sites []int64) error {
	for _, table := range []string{"traffic", "traffic_months"} {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE site_id = ANY($1)`, sites); err != nil {
			return err
		}
	}
	return nil
}

// forget implements trafficTables. It locks the sites as who writes does, who
// must find what he reads until he has changed it.
func (t *postgresTraffic) forget(ctx context.Context, tx *sql.Tx, sites []int64, month ledger.Date) error {
	if _, err := tx.ExecContext(ctx, lockForWriting); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `SELECT 1 FROM sites WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE`, sites); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM traffic WHERE site_id = ANY($1) AND date < $2`, sites, month)
	return err
}

// archiveStep implements trafficTables. Days lie with their site from the start.
func (t *postgresTraffic) archiveStep(ledger.Date) (done bool, err error) { return true, nil }
