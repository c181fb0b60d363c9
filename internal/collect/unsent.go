package collect

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// domain is a domain of the state.
type domain struct {
	id   int64
	name string
}

// seq returns how many commits there were.
func (s *state) seq(ctx context.Context) (n int64, err error) {
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		n, err = metaNumber(ctx, tx, metaSeq)
		return err
	})
	return n, err
}

// unresolved returns domains whose site at a target has to be looked up: those
// never asked for, those of no site when last asked before unknownSince, those
// of a site when last asked before knownSince, and those of sites that are gone.
func (s *state) unresolved(ctx context.Context, targetID int64, unknownSince, knownSince time.Time) (domains []domain, err error) {
	err = each(ctx, s.db, func(rows *sql.Rows) error {
		var d domain
		err := rows.Scan(&d.id, &d.name)
		domains = append(domains, d)
		return err
	}, `SELECT d.id, d.name FROM domains d LEFT JOIN sites s ON s.target_id = ?1 AND s.domain_id = d.id
		WHERE s.checked = 0
			OR (s.checked IS NULL OR s.checked < iif(s.site_id = 0, ?2, ?3))
			AND d.id IN (SELECT domain_id FROM unsent WHERE target_id = ?1)`, targetID, unknownSince.UnixMilli(), knownSince.UnixMilli())
	return domains, err
}

// resolved notes which sites domains are of.
func (s *state) resolved(ctx context.Context, targetID int64, domains []domain, ids []int64, now time.Time) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		//nolint:sqlclosecheck // the end of the transaction closes it
		note, err := tx.PrepareContext(ctx, `INSERT INTO sites (target_id, domain_id, site_id, checked) VALUES (?, ?, ?, ?)
			ON CONFLICT (target_id, domain_id) DO UPDATE SET site_id = excluded.site_id, checked = excluded.checked`)
		if err != nil {
			return err
		}
		for i, d := range domains {
			if _, err := note.ExecContext(ctx, targetID, d.id, ids[i], max(now.UnixMilli(), 1)); err != nil {
				return err
			}
		}
		return nil
	})
}

// unsentDays returns totals of sites that a target has to be told, all of one
// day: those after the given one in the order of days and sites. A site's total
// is the sum over all its domains.
func (s *state) unsentDays(ctx context.Context, t *sender, after ledger.SiteTraffic, most int) ([]ledger.SiteTraffic, error) {
	for {
		days, err := s.unsentOfDay(ctx, t, after, most)
		if err != nil || len(days) > 0 {
			return days, err
		}
		err = s.db.QueryRowContext(ctx, "SELECT ifnull(min(day), 0) FROM unsent WHERE target_id = ? AND day > ?", t.id, after.Date).Scan(&after.Date)
		if err != nil || after.Date == 0 {
			return nil, err
		}
		after.SiteID = 0
	}
}

func (s *state) unsentOfDay(ctx context.Context, t *sender, after ledger.SiteTraffic, most int) (days []ledger.SiteTraffic, err error) {
	err = each(ctx, s.db, func(rows *sql.Rows) error {
		var d ledger.SiteTraffic
		err := scanDay(rows, &d, t.takes)
		days = append(days, d)
		return err
	}, unsentOfDay, t.id, after.Date, after.SiteID, most)
	return days, err
}

// scanDay reads a row of a day, a site, the sums of totals and more. It leaves out
// the counters that a target does not take, and gives those that are more than 0.
func scanDay(rows *sql.Rows, d *ledger.SiteTraffic, takes ledger.CounterSet, more ...any) error {
	to := []any{&d.Date, &d.SiteID}
	for _, counter := range d.List() {
		to = append(to, counter)
	}
	if err := rows.Scan(append(to, more...)...); err != nil {
		return err
	}
	for i, counter := range d.List() {
		if takes&(1<<i) == 0 {
			*counter = 0
		}
		if *counter > 0 {
			d.Given |= 1 << i
		}
	}
	return nil
}

// sums are the columns that scanDay reads after a day and a site.
var sums = func() string {
	var text strings.Builder
	for _, name := range ledger.CounterNames {
		text.WriteString(", sum(t." + name + ")")
	}
	return text.String()
}()

// unsentOfDay looks at a single day, so that its time does not grow with the days
// that wait for a target that is away. CROSS keeps SQLite from going through all
// sites for each day.
var unsentOfDay = `WITH page AS (
		SELECT DISTINCT u.day, s.site_id FROM unsent u
		CROSS JOIN sites s ON s.target_id = u.target_id AND s.domain_id = u.domain_id AND s.site_id > 0 AND s.checked > 0
		WHERE u.target_id = ?1 AND u.day = ?2 AND s.site_id > ?3
		ORDER BY 2 LIMIT ?4)
	SELECT p.day, p.site_id` + sums + ` FROM page p
	JOIN sites s ON s.target_id = ?1 AND s.site_id = p.site_id
	JOIN totals t ON t.day = p.day AND t.domain_id = s.domain_id
	GROUP BY 2 ORDER BY 2`

// settle notes what a target said to totals that were read after commit seq: what
// it has is no longer unsent, unless it was changed meanwhile. It returns how
// many the target has.
func (s *state) settle(ctx context.Context, targetID, seq int64, days []ledger.SiteTraffic, outcomes []error) (stored int, err error) {
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		for i := range days {
			if outcomes[i] == nil && days[i].Given != 0 {
				stored++
			}
			if err := settleDay(ctx, tx, targetID, seq, &days[i], outcomes[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return stored, err
}

func settleDay(ctx context.Context, tx *sql.Tx, targetID, seq int64, d *ledger.SiteTraffic, outcome error) error {
	if outcome == nil {
		if _, err := tx.ExecContext(ctx, `DELETE FROM unsent WHERE target_id = ?1 AND day = ?2 AND seq <= ?3
			AND domain_id IN (SELECT domain_id FROM sites WHERE target_id = ?1 AND site_id = ?4)`,
			targetID, d.Date, seq, d.SiteID); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM refusals WHERE target_id = ? AND day = ? AND site_id = ?", targetID, d.Date, d.SiteID)
		return err
	}
	if errors.Is(outcome, ErrNoSite) {
		if _, err := tx.ExecContext(ctx, "UPDATE sites SET checked = 0 WHERE target_id = ? AND site_id = ?", targetID, d.SiteID); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO refusals (target_id, day, site_id, reason) VALUES (?, ?, ?, ?)
		ON CONFLICT (target_id, day, site_id) DO UPDATE SET reason = excluded.reason`, targetID, d.Date, d.SiteID, outcome.Error())
	return err
}

// noteDelivery notes how a delivery ended.
func (s *state) noteDelivery(ctx context.Context, targetID int64, now time.Time, outcome error) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		if outcome == nil {
			_, err := tx.ExecContext(ctx, "UPDATE targets SET delivered = ?, problem = '' WHERE id = ?", now.Unix(), targetID)
			return err
		}
		_, err := tx.ExecContext(ctx, "UPDATE targets SET problem = ? WHERE id = ?", outcome.Error(), targetID)
		return err
	})
}
