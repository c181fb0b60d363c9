package sqlstore

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/hostledger/hostledger/ledger"
)

// Plan implements [ledger.WebspaceStore].
func (s *Store) Plan(ctx context.Context, by ledger.Selector) (plan *ledger.Plan, err error) {
	var args arguments
	condition, err := selected(by, planColumns, &args)
	if err != nil {
		return nil, fmt.Errorf("finding a plan: %w", err)
	}
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		found, err := query(ctx, q, scanPlan,
			`SELECT id, guid, name, external_id FROM plans WHERE `+condition+` ORDER BY id LIMIT 1`, args...)
		switch {
		case err != nil:
			return fmt.Errorf("finding a plan: %w", err)
		case len(found) == 0:
			return ledger.ErrNotFound
		}
		plan = &found[0]
		return nil
	})
	return plan, err
}

var planColumns = map[ledger.By]string{
	ledger.ByID: "id", ledger.ByGUID: "guid", ledger.ByName: "name", ledger.ByExternalID: "external_id",
}

func scanPlan(rows *sql.Rows, p *ledger.Plan) error {
	return rows.Scan(&p.ID, &p.GUID, &p.Name, &p.ExternalID)
}

// AddPlan implements [ledger.WebspaceStore].
func (s *Store) AddPlan(ctx context.Context, p *ledger.Plan) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx,
			`INSERT INTO plans (guid, name, external_id) VALUES ($1, $2, $3) RETURNING id`,
			p.GUID, p.Name, p.ExternalID).Scan(&p.ID)
		if s.dialect.isDuplicate(err) {
			return ledger.ErrExists
		}
		if err != nil {
			return fmt.Errorf("adding plan %q: %w", p.Name, err)
		}
		return s.record(ctx, tx, ledger.PlanEvents(nil, p)...)
	})
}
