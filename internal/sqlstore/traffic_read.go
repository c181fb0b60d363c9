package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/hostledger/hostledger/ledger"
)

// trafficCounters are the counters of traffic t in the order of
// [ledger.Counters].
const trafficCounters = `t.http_in, t.http_out, t.ftp_in, t.ftp_out, t.smtp_in, t.smtp_out, t.pop3_imap_in, t.pop3_imap_out`

// Traffic implements [ledger.TrafficStore].
func (s *Store) Traffic(ctx context.Context, sites []int64, since, to ledger.Date) (days []ledger.SiteDay, err error) {
	text, args := s.dialect.trafficBetween(), []any{s.dialect.list(sites), since, to}
	if since <= to && since.DaysUntil(to) < mostDatesListed {
		text, args = s.dialect.trafficOn(), []any{s.dialect.list(sites), s.dialect.list(datesBetween(since, to))}
	}
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		days, err = query(ctx, q, scanSiteDay, text, args...)
		if err != nil {
			return fmt.Errorf("reading traffic from %s to %s: %w", since, to, err)
		}
		return nil
	})
	// They nearly always come in this order, and then sorting costs nothing.
	slices.SortFunc(days, func(x, y ledger.SiteDay) int {
		return cmp.Or(cmp.Compare(x.Date, y.Date), cmp.Compare(x.SiteID, y.SiteID))
	})
	return days, err
}

// mostDatesListed is the longest range whose dates are named one by one, which
// saves finding out which dates there are.
const mostDatesListed = 400

func datesBetween(since, to ledger.Date) (dates []int64) {
	for d := since; d <= to; d = d.AddDays(1) {
		dates = append(dates, int64(d))
	}
	return dates
}

func scanSiteDay(rows *sql.Rows, d *ledger.SiteDay) error {
	return rows.Scan(&d.SiteID, &d.Date, &d.HTTPIn, &d.HTTPOut, &d.FTPIn, &d.FTPOut,
		&d.SMTPIn, &d.SMTPOut, &d.POP3IMAPIn, &d.POP3IMAPOut)
}

// FirstTraffic implements [ledger.TrafficStore].
func (s *Store) FirstTraffic(ctx context.Context, sites []int64) (first ledger.Date, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		found, err := query(ctx, q, func(rows *sql.Rows, date *ledger.Date) error { return rows.Scan(date) },
			s.dialect.firstTraffic(), s.dialect.list(sites))
		if err != nil {
			return fmt.Errorf("finding the first day of traffic: %w", err)
		}
		if len(found) > 0 {
			first = found[0]
		}
		return nil
	})
	return first, err
}
