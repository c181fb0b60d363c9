package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/hostledger/hostledger/ledger"
)

// AddWebspace implements [ledger.WebspaceStore].
func (s *Store) AddWebspace(ctx context.Context, w *ledger.Webspace, admit ledger.Admit) error {
	return s.adding(ctx, &w.ID, func(ctx context.Context, tx *sql.Tx) error {
		if err := admitTo(ctx, tx, s.providerOf, w.OwnerID, admit); err != nil {
			return err
		}
		if err := s.checkPlans(ctx, tx, w.OwnerID, plansOf(w)...); err != nil {
			return err
		}
		id, err := s.insertMainSite(ctx, tx, w)
		if err != nil {
			return err
		}
		if err := insertWebspace(ctx, tx, id, w); err != nil {
			return err
		}
		w.ID = id
		return s.record(ctx, tx, ledger.WebspaceEvents(nil, w)...)
	})
}

// WebspaceIDs implements [ledger.WebspaceStore].
func (s *Store) WebspaceIDs(ctx context.Context, scope ledger.Scope, by ledger.Selector) (ids []int64, err error) {
	var args arguments
	where := visible(scope, "o", &args)
	condition, err := selected(by, webspaceColumns, &args)
	if err != nil {
		return nil, fmt.Errorf("finding subscriptions: %w", err)
	}
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		ids, err = queryIDs(ctx, q, `
			SELECT w.id FROM webspaces w JOIN sites m ON m.id = w.id JOIN accounts o ON o.id = w.owner_id
			WHERE `+where+` AND `+condition+` ORDER BY w.id`, args...)
		if err != nil {
			return fmt.Errorf("finding subscriptions: %w", err)
		}
		return nil
	})
	return ids, err
}

var webspaceColumns = map[ledger.By]string{
	ledger.ByID: "w.id", ledger.ByName: "m.name", ledger.ByGUID: "m.guid", ledger.ByExternalID: "w.external_id",
	ledger.ByOwnerID: "o.id", ledger.ByOwnerLogin: "o.login",
	ledger.ByOwnerGUID: "o.guid", ledger.ByOwnerExternalID: "o.external_id",
}

// WebspacesUsedSince implements [ledger.WebspaceStore].
func (s *Store) WebspacesUsedSince(ctx context.Context, scope ledger.Scope, since ledger.Date) (ids []int64, err error) {
	var args arguments
	where := visible(scope, "o", &args)
	text := `SELECT DISTINCT w.id FROM ` + sitesWithOwners + ` WHERE ` + where +
		` AND (s.created >= ` + args.add(since) + ` OR ` + s.traffic.usedSince(since, &args) + `) ORDER BY w.id`
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		ids, err = queryIDs(ctx, q, text, args...)
		if err != nil {
			return fmt.Errorf("finding the subscriptions used since %s: %w", since, err)
		}
		return nil
	})
	return ids, err
}

// Webspaces implements [ledger.WebspaceStore].
func (s *Store) Webspaces(ctx context.Context, ids []int64) (found []ledger.Webspace, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		found, err = s.webspaces(ctx, q, ids)
		return err
	})
	return found, err
}

// UpdateWebspace implements [ledger.WebspaceStore].
func (s *Store) UpdateWebspace(ctx context.Context, id int64, admit ledger.Admit, change func(*ledger.Webspace) error) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return s.updateWebspace(ctx, tx, id, admit, change)
	})
}

// DeleteWebspace implements [ledger.WebspaceStore].
func (s *Store) DeleteWebspace(ctx context.Context, id int64) error {
	return s.withoutTraffic(ctx, func(ctx context.Context, tx *sql.Tx) error {
		found, err := queryIDs(ctx, tx, `SELECT id FROM webspaces WHERE id = $1`, id)
		if err != nil {
			return fmt.Errorf("finding subscription %d: %w", id, err)
		}
		if len(found) == 0 {
			return ledger.ErrNotFound
		}
		return s.deleteWebspaces(ctx, tx, found)
	})
}

func (s *Store) updateWebspace(ctx context.Context, tx *sql.Tx, id int64, admit ledger.Admit, change func(*ledger.Webspace) error) error {
	found, err := s.webspaces(ctx, tx, []int64{id})
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return ledger.ErrNotFound
	}
	before, webspace := found[0], &found[0]
	if err := change(webspace); err != nil {
		return err
	}
	if admit != nil && webspace.OwnerID != before.OwnerID {
		if err := s.admitMove(ctx, tx, before.OwnerID, webspace.OwnerID, admit); err != nil {
			return err
		}
	}
	if err := s.replaceMainSite(ctx, tx, id, webspace); err != nil {
		return err
	}
	if err := s.renameSubdomains(ctx, tx, id, before.Name, webspace.Name); err != nil {
		return err
	}
	if err := s.replaceWebspace(ctx, tx, id, webspace); err != nil {
		return err
	}
	if err := s.replaceAddons(ctx, tx, id, webspace.Addons); err != nil {
		return err
	}
	return s.record(ctx, tx, ledger.WebspaceEvents(&before, webspace)...)
}

func insertWebspace(ctx context.Context, tx *sql.Tx, id int64, w *ledger.Webspace) error {
	args, err := webspaceValues(w)
	if err != nil {
		return err
	}
	args.add(id)
	_, err = tx.ExecContext(ctx,
		`INSERT INTO webspaces (`+webspaceFields+`, id) VALUES (`+places(len(args))+`)`, args...)
	if err != nil {
		return fmt.Errorf("adding subscription %q: %w", w.Name.ASCII, err)
	}
	return nil
}

func (s *Store) replaceWebspace(ctx context.Context, tx *sql.Tx, id int64, w *ledger.Webspace) error {
	if err := s.checkPlans(ctx, tx, w.OwnerID, plansOf(w)...); err != nil {
		return err
	}
	args, err := webspaceValues(w)
	if err != nil {
		return err
	}
	values := places(len(args))
	where := ` WHERE id = ` + args.add(id)
	_, err = tx.ExecContext(ctx, `UPDATE webspaces SET (`+webspaceFields+`) = (`+values+`)`+where, args...)
	if err != nil {
		return fmt.Errorf("updating subscription %d: %w", id, err)
	}
	return nil
}

// deleteWebspaces deletes subscriptions with their traffic. Their sites, the
// aliases of those, and billing information are deleted with what they refer to.
func (s *Store) deleteWebspaces(ctx context.Context, tx *sql.Tx, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	// The newest first: what belongs to a site is gone before it in the journal.
	sites, err := queryIDs(ctx, tx,
		`SELECT id FROM sites WHERE `+s.dialect.among("webspace_id", "$1")+` ORDER BY id DESC`, s.dialect.list(ids))
	if err != nil {
		return fmt.Errorf("finding the sites of subscriptions: %w", err)
	}
	if err := s.recordDeletedSites(ctx, tx, sites); err != nil {
		return err
	}
	former, err := queryIDs(ctx, tx, `SELECT id FROM former_sites WHERE `+s.dialect.among("webspace_id", "$1"), s.dialect.list(ids))
	if err != nil {
		return fmt.Errorf("finding the former sites of subscriptions: %w", err)
	}
	if err := s.traffic.deleteOf(ctx, tx, append(sites, former...)); err != nil {
		return fmt.Errorf("deleting the traffic of subscriptions: %w", err)
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM webspaces WHERE `+s.dialect.among("id", "$1"), s.dialect.list(ids))
	if err != nil {
		return fmt.Errorf("deleting subscriptions: %w", err)
	}
	return nil
}

const webspaceFields = `owner_id, external_id, admin_description, reseller_description, plan_id, locked, overused, settings`

// webspaceValues returns what webspaceFields hold of a subscription.
func webspaceValues(w *ledger.Webspace) (arguments, error) {
	settings, err := json.Marshal(w.Own)
	if err != nil {
		return nil, fmt.Errorf("writing the settings of subscription %q: %w", w.Name.ASCII, err)
	}
	return arguments{
		w.OwnerID, w.ExternalID, w.AdminDescription, w.ResellerDescription, reference(planOf(w.Plan)), w.Locked, w.Overused, string(settings),
	}, nil
}

func (s *Store) webspaces(ctx context.Context, q querier, ids []int64) ([]ledger.Webspace, error) {
	found, err := query(ctx, q, scanWebspace, `
		SELECT w.id, m.guid, m.name, m.unicode_name, m.created, m.status, m.description,
			w.external_id, w.admin_description, w.reseller_description,
			w.owner_id, o.login, o.role, `+statusOfOwners+`, CASE WHEN o.role = $2 THEN v.guid ELSE o.guid END,
			w.plan_id, w.locked, w.overused, w.settings
		FROM webspaces w JOIN sites m ON m.id = w.id JOIN accounts o ON o.id = w.owner_id
			LEFT JOIN accounts v ON v.id = o.owner_id
		WHERE `+s.dialect.among("w.id", "$1"), s.dialect.list(ids), ledger.RoleCustomer)
	if err != nil {
		return nil, fmt.Errorf("reading subscriptions: %w", err)
	}
	if err := s.subscribe(ctx, q, found); err != nil {
		return nil, err
	}
	return inOrder(ids, found, func(w *ledger.Webspace) int64 { return w.ID }), nil
}

func scanWebspace(rows *sql.Rows, w *ledger.Webspace) error {
	var plan sql.NullInt64
	var vendor sql.NullString
	var settings []byte
	err := rows.Scan(
		&w.ID, &w.GUID, &w.Name.ASCII, &w.Name.Unicode, &w.Created, &w.Status, &w.Description,
		&w.ExternalID, &w.AdminDescription, &w.ResellerDescription,
		&w.OwnerID, &w.OwnerLogin, &w.OwnerRole, &w.OwnerStatus, &vendor,
		&plan, &w.Locked, &w.Overused, &settings)
	if err != nil {
		return err
	}
	w.VendorGUID = vendor.String
	if plan.Valid {
		w.Plan = &ledger.Plan{ID: plan.Int64}
	}
	if err := json.Unmarshal(settings, &w.Own); err != nil {
		return fmt.Errorf("reading the settings of subscription %d: %w", w.ID, err)
	}
	return nil
}
