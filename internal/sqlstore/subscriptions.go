package sqlstore

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/hostledger/hostledger/ledger"
)

// addonOf is an add-on plan of a subscription.
type addonOf struct{ webspace, plan int64 }

// subscribe gives each subscription its plans. Those read have the id of the
// main one at most.
func (s *Store) subscribe(ctx context.Context, q querier, webspaces []ledger.Webspace) error {
	var plans, followers []int64
	for i := range webspaces {
		if w := &webspaces[i]; w.Plan != nil {
			plans = append(plans, w.Plan.ID)
			followers = append(followers, w.ID)
		}
	}
	if len(followers) == 0 {
		return nil
	}
	addons, err := query(ctx, q, func(rows *sql.Rows, a *addonOf) error { return rows.Scan(&a.webspace, &a.plan) },
		`SELECT webspace_id, plan_id FROM webspace_addons WHERE `+s.dialect.among("webspace_id", "$1")+`
		ORDER BY webspace_id, position`, s.dialect.list(followers))
	if err != nil {
		return fmt.Errorf("reading the add-on plans of subscriptions: %w", err)
	}
	for _, a := range addons {
		plans = append(plans, a.plan)
	}
	byID, err := s.plansByID(ctx, q, plans)
	if err != nil {
		return err
	}
	added := map[int64][]ledger.Plan{}
	for _, a := range addons {
		if plan := byID[a.plan]; plan != nil {
			added[a.webspace] = append(added[a.webspace], *plan)
		}
	}
	for i := range webspaces {
		if w := &webspaces[i]; w.Plan != nil {
			w.Plan, w.Addons = byID[w.Plan.ID], added[w.ID]
		}
	}
	return nil
}

// planResellers gives each account its plan. Those read have its id at most.
func (s *Store) planResellers(ctx context.Context, q querier, accounts []ledger.Account) error {
	var plans []int64
	for i := range accounts {
		if plan := accounts[i].Plan; plan != nil {
			plans = append(plans, plan.ID)
		}
	}
	byID, err := s.plansByID(ctx, q, plans)
	for i := range accounts {
		if a := &accounts[i]; a.Plan != nil {
			a.Plan = byID[a.Plan.ID]
		}
	}
	return err
}

// plansByID returns each of the plans once.
func (s *Store) plansByID(ctx context.Context, q querier, ids []int64) (map[int64]*ledger.Plan, error) {
	byID := map[int64]*ledger.Plan{}
	for _, id := range ids {
		byID[id] = nil
	}
	distinct := make([]int64, 0, len(byID))
	for id := range byID {
		distinct = append(distinct, id)
	}
	found, err := s.plans(ctx, q, distinct)
	for i := range found {
		byID[found[i].ID] = &found[i]
	}
	return byID, err
}

// checkPlans makes sure that plans are there and are those of a provider: of
// the owner himself or, when he is a customer, of the account that he belongs to.
// ErrNamedNotFound.
func (s *Store) checkPlans(ctx context.Context, q querier, owner int64, plans ...ledger.Plan) error {
	wanted := map[int64]bool{}
	var ids []int64
	for i := range plans {
		wanted[plans[i].ID] = true
		ids = append(ids, plans[i].ID)
	}
	if len(ids) == 0 {
		return nil
	}
	found, err := queryIDs(ctx, q, `SELECT p.id FROM plans p
		JOIN accounts o ON p.owner_id = CASE WHEN o.role = $1 THEN o.owner_id ELSE o.id END
		WHERE o.id = $2 AND `+s.dialect.among("p.id", "$3"), ledger.RoleCustomer, owner, s.dialect.list(ids))
	if err != nil {
		return fmt.Errorf("finding the plans of account %d: %w", owner, err)
	}
	if len(found) < len(wanted) {
		return ledger.ErrNamedNotFound
	}
	return nil
}

// plansOf returns all plans of a subscription.
func plansOf(w *ledger.Webspace) []ledger.Plan {
	if w.Plan == nil {
		return w.Addons
	}
	return append([]ledger.Plan{*w.Plan}, w.Addons...)
}

// checkPlan is checkPlans for the plan of a reseller, which is that of the account
// that he belongs to.
func (s *Store) checkPlan(ctx context.Context, q querier, a *ledger.Account) error {
	if a.Plan == nil {
		return nil
	}
	return s.checkPlans(ctx, q, a.OwnerID, *a.Plan)
}

// replaceAddons keeps the add-on plans of a subscription.
func (s *Store) replaceAddons(ctx context.Context, tx *sql.Tx, id int64, addons []ledger.Plan) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM webspace_addons WHERE webspace_id = $1`, id); err != nil {
		return fmt.Errorf("removing the add-on plans of subscription %d: %w", id, err)
	}
	for position, addon := range addons {
		_, err := tx.ExecContext(ctx,
			`INSERT INTO webspace_addons (webspace_id, position, plan_id) VALUES ($1, $2, $3)`, id, position, addon.ID)
		if err != nil {
			return fmt.Errorf("adding a plan to subscription %d: %w", id, err)
		}
	}
	return nil
}
