package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/hostledger/hostledger/ledger"
)

// AddPlan implements [ledger.PlanStore].
func (s *Store) AddPlan(ctx context.Context, p *ledger.Plan) error {
	return s.adding(ctx, &p.ID, func(ctx context.Context, tx *sql.Tx) error {
		err := noneHas(ctx, tx, `SELECT id FROM plans WHERE kind = $1 AND owner_id = $2 AND name = $3`, p.Kind, p.OwnerID, p.Name)
		if err != nil {
			return err
		}
		args, err := planValues(p)
		if err != nil {
			return err
		}
		err = tx.QueryRowContext(ctx,
			`INSERT INTO plans (`+planFields+`) VALUES (`+places(len(args))+`) RETURNING id`, args...).Scan(&p.ID)
		if s.dialect.isDuplicate(err) {
			return ledger.ErrExists
		}
		if err != nil {
			return fmt.Errorf("adding plan %q: %w", p.Name, err)
		}
		return s.record(ctx, tx, ledger.PlanEvents(nil, p)...)
	})
}

// PlanIDs implements [ledger.PlanStore].
func (s *Store) PlanIDs(ctx context.Context, kind ledger.PlanKind, owner int64, by ledger.Selector) (ids []int64, err error) {
	var args arguments
	where := "kind = " + args.add(kind)
	if owner != 0 {
		where += " AND owner_id = " + args.add(owner)
	}
	condition, err := selected(by, planColumns, &args)
	if err != nil {
		return nil, fmt.Errorf("finding plans: %w", err)
	}
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		ids, err = queryIDs(ctx, q, `SELECT id FROM plans WHERE `+where+` AND `+condition+` ORDER BY id`, args...)
		if err != nil {
			return fmt.Errorf("finding plans: %w", err)
		}
		return nil
	})
	return ids, err
}

var planColumns = map[ledger.By]string{
	ledger.ByID: "id", ledger.ByGUID: "guid", ledger.ByName: "name", ledger.ByExternalID: "external_id",
}

// Plans implements [ledger.PlanStore].
func (s *Store) Plans(ctx context.Context, ids []int64) (found []ledger.Plan, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		found, err = s.plans(ctx, q, ids)
		return err
	})
	return found, err
}

// PlanFollowers implements [ledger.PlanStore].
func (s *Store) PlanFollowers(ctx context.Context, ids []int64) (followers map[int64]int, err error) {
	type count struct {
		plan      int64
		followers int
	}
	followers = map[int64]int{}
	if len(ids) == 0 {
		return followers, nil
	}
	of := func(table string) string {
		return `SELECT plan_id, count(*) FROM ` + table + ` WHERE ` + s.dialect.among("plan_id", "$1") + ` GROUP BY plan_id`
	}
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		counts, err := query(ctx, q, func(rows *sql.Rows, c *count) error { return rows.Scan(&c.plan, &c.followers) },
			of("webspaces")+` UNION ALL `+of("webspace_addons")+` UNION ALL `+of("accounts"), s.dialect.list(ids))
		if err != nil {
			return fmt.Errorf("counting who follows plans: %w", err)
		}
		clear(followers)
		for _, c := range counts {
			followers[c.plan] = c.followers // a plan of one kind is in one of the tables
		}
		return nil
	})
	return followers, err
}

// UpdatePlan implements [ledger.PlanStore].
func (s *Store) UpdatePlan(ctx context.Context, id int64, change func(*ledger.Plan) error) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		found, err := s.plans(ctx, tx, []int64{id})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return ledger.ErrNotFound
		}
		before, plan := found[0], &found[0]
		if err := change(plan); err != nil {
			return err
		}
		args, err := planValues(plan)
		if err != nil {
			return err
		}
		values := places(len(args))
		where := ` WHERE id = ` + args.add(id)
		_, err = tx.ExecContext(ctx, `UPDATE plans SET (`+planFields+`) = (`+values+`)`+where, args...)
		if s.dialect.isDuplicate(err) {
			return ledger.ErrExists
		}
		if err != nil {
			return fmt.Errorf("updating plan %d: %w", id, err)
		}
		return s.record(ctx, tx, ledger.PlanEvents(&before, plan)...)
	})
}

// DeletePlan implements [ledger.PlanStore].
func (s *Store) DeletePlan(ctx context.Context, id int64) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		followers, err := queryIDs(ctx, tx, `SELECT 1 FROM webspaces WHERE plan_id = $1
			UNION ALL SELECT 1 FROM webspace_addons WHERE plan_id = $1
			UNION ALL SELECT 1 FROM accounts WHERE plan_id = $1 LIMIT 1`, id)
		if err != nil {
			return fmt.Errorf("finding who follows plan %d: %w", id, err)
		}
		if len(followers) > 0 {
			return ledger.ErrFailed
		}
		found, err := s.plans(ctx, tx, []int64{id})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return ledger.ErrNotFound
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM plans WHERE id = $1`, id); err != nil {
			return fmt.Errorf("deleting plan %d: %w", id, err)
		}
		return s.record(ctx, tx, ledger.PlanEvents(&found[0], nil)...)
	})
}

const planFields = `kind, owner_id, guid, name, external_id, settings`

// planValues returns what planFields hold of a plan.
func planValues(p *ledger.Plan) (arguments, error) {
	settings, err := json.Marshal(p.Settings)
	if err != nil {
		return nil, fmt.Errorf("writing the settings of plan %q: %w", p.Name, err)
	}
	return arguments{p.Kind, p.OwnerID, p.GUID, p.Name, p.ExternalID, string(settings)}, nil
}

func (s *Store) plans(ctx context.Context, q querier, ids []int64) ([]ledger.Plan, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := query(ctx, q, scanPlan, `
		SELECT p.id, p.kind, p.owner_id, o.login, o.role, p.guid, p.name, p.external_id, p.settings
		FROM plans p JOIN accounts o ON o.id = p.owner_id WHERE `+s.dialect.among("p.id", "$1"), s.dialect.list(ids))
	if err != nil {
		return nil, fmt.Errorf("reading plans: %w", err)
	}
	return inOrder(ids, found, func(p *ledger.Plan) int64 { return p.ID }), nil
}

func scanPlan(rows *sql.Rows, p *ledger.Plan) error {
	var settings []byte
	err := rows.Scan(&p.ID, &p.Kind, &p.OwnerID, &p.OwnerLogin, &p.OwnerRole, &p.GUID, &p.Name, &p.ExternalID, &settings)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(settings, &p.Settings); err != nil {
		return fmt.Errorf("reading the settings of plan %d: %w", p.ID, err)
	}
	return nil
}

// planOf returns the id of a plan, 0 for none.
func planOf(p *ledger.Plan) int64 {
	if p == nil {
		return 0
	}
	return p.ID
}
