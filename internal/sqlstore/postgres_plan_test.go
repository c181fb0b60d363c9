package sqlstore

import (
	"context"
	"database/sql"
	"regexp"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/internal/pgtest"
	"github.com/hostledger/hostledger/ledger"
)

// explainer is a querier that asks PostgreSQL how it would answer.
type explainer struct {
	querier
	plan string
}

func (e *explainer) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	steps, err := query(ctx, e.querier, func(rows *sql.Rows, step *string) error { return rows.Scan(step) },
		`EXPLAIN (COSTS OFF) `+text, args...)
	if err != nil {
		return nil, err
	}
	e.plan = strings.Join(steps, "\n")
	return e.querier.QueryContext(ctx, text, args...)
}

// TestPostgresFindsTraffic checks that questions about traffic are answered by
// an index, whose conditions bound what is read, however long the ledger runs.
func TestPostgresFindsTraffic(t *testing.T) {
	ctx := t.Context()
	store := openPostgresAt(t, pgtest.Prepared(t, "ledger", makeTables))
	traffic, sites := store.traffic, []int64{1, 2}
	for _, c := range []struct {
		name string
		ask  func(q querier) error
		want string
	}{
		{"a year of sites", func(q querier) error {
			_, err := traffic.days(ctx, q, sites, 20250101, 20251231)
			return err
		}, `traffic_pkey on traffic\n +Index Cond: \(\(site_id = ANY .* AND \(date >= .* AND \(date <= `},
		{"first day", func(q querier) error {
			_, err := traffic.first(ctx, q, sites)
			return err
		}, `traffic_pkey.*\n +Index Cond: \(site_id = ANY `},
		{"a month of sites", func(q querier) error {
			_, err := traffic.months(ctx, q, sites, 20260101)
			return err
		}, `traffic_months_pkey.*\n +Index Cond: \(\(site_id = ANY .* AND \(month = `},
		{"the top of a month", func(q querier) error {
			_, err := traffic.top(ctx, q, ledger.Everything, 20260101, 100)
			return err
		}, `traffic_months_by_month.*\n +Index Cond: \(month = `},
		{"a month of all", func(q querier) error {
			_, err := traffic.all(ctx, q, ledger.Everything, 20260101)
			return err
		}, `traffic_months_by_month.*\n +Index Cond: \(month = `},
		{"use since", func(q querier) error {
			var args arguments
			text := `SELECT s.id FROM sites s WHERE ` + traffic.usedSince(20260115, &args)
			_, err := queryIDs(ctx, q, text, args...)
			return err
		}, `(?s)traffic_months_by_month.*Index Cond: \(month >= .*Limit\n +-> +Index Only Scan Backward using traffic_pkey on traffic t\n +Index Cond: \(\(site_id = `},
	} {
		e := &explainer{querier: store.reads}
		if err := c.ask(e); err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if !regexp.MustCompile(c.want).MatchString(e.plan) || regexp.MustCompile(`Seq Scan on traffic`).MatchString(e.plan) {
			t.Errorf("%s is not found by its index:\n%s", c.name, e.plan)
		}
	}
}
