package collect

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// Plan is what a target would be sent.
type Plan struct {
	Target string
	Days   []PlannedDay
	// Unresolved is why the target could not be asked for its sites; nil when it
	// could.
	Unresolved error
}

// PlannedDay is the total of a site and day, or of a domain that is of no site.
type PlannedDay struct {
	Domains string // those of the site that have traffic, separated by blanks
	ledger.SiteTraffic
}

// Rehearse reads what is new in the logs and tells what would be sent, and
// what the state would be. Nothing is sent, and the state stays as it is.
func Rehearse(ctx context.Context, config *Config, o Options) (plans []Plan, status *Status, err error) {
	dir, err := os.MkdirTemp("", "hostledger-collect-")
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := copyState(ctx, config.State, dir); err != nil {
		return nil, nil, fmt.Errorf("copying %w: %w", errState, err)
	}
	rehearsed := *config
	rehearsed.State = dir
	c, err := Open(ctx, &rehearsed, o)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	if err := c.read(ctx, true); err != nil {
		return nil, nil, err
	}
	for _, t := range c.targets {
		plan := Plan{Target: t.name, Unresolved: t.resolve(ctx, c.now())}
		if plan.Days, err = c.state.planned(ctx, t); err != nil {
			return nil, nil, err
		}
		plans = append(plans, plan)
	}
	status, err = c.Status(ctx)
	return plans, status, err
}

// planned lists what a target would be sent, and what waits for a site.
func (s *state) planned(ctx context.Context, t *sender) (days []PlannedDay, err error) {
	err = each(ctx, s.db, func(rows *sql.Rows) error {
		var d PlannedDay
		err := scanDay(rows, &d.SiteTraffic, t.takes, &d.Domains)
		names := strings.Fields(d.Domains)
		for i := range names {
			names[i] = legibleName(names[i])
		}
		d.Domains = strings.Join(names, " ")
		days = append(days, d)
		return err
	}, plannedDays, t.id)
	return days, err
}

// plannedDays is unsentOfDay for all that is unsent, with domains of no site one by
// one, unless they are other hosts'. CROSS JOIN keeps SQLite from going over all
// totals for every row.
var plannedDays = `WITH planned AS (
		SELECT DISTINCT u.day, ifnull(s.site_id, 0) AS site_id, iif(s.site_id > 0, 0, u.domain_id) AS alone FROM unsent u
		JOIN domains d ON d.id = u.domain_id
		LEFT JOIN sites s ON s.target_id = u.target_id AND s.domain_id = u.domain_id
		WHERE u.target_id = ?1 AND (s.site_id > 0 OR s.site_id IS NULL OR d.ours = 1)),
	parts AS (
		SELECT day, site_id, alone, alone AS domain_id FROM planned WHERE alone > 0
		UNION ALL
		SELECT p.day, p.site_id, 0, s.domain_id FROM planned p
		CROSS JOIN sites s ON s.target_id = ?1 AND s.site_id = p.site_id WHERE p.alone = 0)
	SELECT p.day, p.site_id` + sums + `, group_concat(d.name, ' ') FROM parts p
	CROSS JOIN totals t ON t.day = p.day AND t.domain_id = p.domain_id
	CROSS JOIN domains d ON d.id = p.domain_id
	GROUP BY p.day, p.site_id, p.alone ORDER BY p.day, min(d.name)`
