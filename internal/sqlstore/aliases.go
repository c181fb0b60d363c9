package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/hostledger/hostledger/ledger"
)

// aliasesWithOwners joins each alias a with what sitesWithOwners joins its
// site s with.
const aliasesWithOwners = sitesWithOwners + ` JOIN site_aliases a ON a.site_id = s.id`

// AddAlias implements [ledger.AliasStore].
func (s *Store) AddAlias(ctx context.Context, a *ledger.Alias, admit func(ledger.Use) error) error {
	return s.adding(ctx, &a.ID, func(ctx context.Context, tx *sql.Tx) error {
		site, err := s.sites(ctx, tx, []int64{a.SiteID})
		if err != nil {
			return err
		}
		if len(site) == 0 {
			return ledger.ErrNotFound
		}
		use, err := s.countUse(ctx, tx, []int64{site[0].WebspaceID})
		if err != nil {
			return err
		}
		if err := admit(use[site[0].WebspaceID]); err != nil {
			return err
		}
		id, err := s.insertAlias(ctx, tx, a)
		if err != nil {
			return err
		}
		a.ID = id
		return s.record(ctx, tx, ledger.AliasEvents(nil, a)...)
	})
}

// AliasIDs implements [ledger.AliasStore].
func (s *Store) AliasIDs(ctx context.Context, scope ledger.Scope, by ledger.Selector) (ids []int64, err error) {
	var args arguments
	where := visible(scope, "o", &args)
	condition, err := selected(by, aliasColumns, &args)
	if err != nil {
		return nil, fmt.Errorf("finding aliases: %w", err)
	}
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		ids, err = queryIDs(ctx, q,
			`SELECT a.id FROM `+aliasesWithOwners+` WHERE `+where+` AND `+condition+` ORDER BY a.id`, args...)
		if err != nil {
			return fmt.Errorf("finding aliases: %w", err)
		}
		return nil
	})
	return ids, err
}

var aliasColumns = map[ledger.By]string{
	ledger.ByID: "a.id", ledger.ByName: "a.name", ledger.BySiteID: "a.site_id", ledger.BySiteName: "s.name",
}

// Aliases implements [ledger.AliasStore].
func (s *Store) Aliases(ctx context.Context, ids []int64) (found []ledger.Alias, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		found, err = s.aliases(ctx, q, ids)
		return err
	})
	return found, err
}

// UpdateAlias implements [ledger.AliasStore].
func (s *Store) UpdateAlias(ctx context.Context, id int64, change func(*ledger.Alias) error) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		found, err := s.aliases(ctx, tx, []int64{id})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return ledger.ErrNotFound
		}
		before, alias := found[0], &found[0]
		if err := change(alias); err != nil {
			return err
		}
		if err := s.replaceAlias(ctx, tx, id, alias); err != nil {
			return err
		}
		return s.record(ctx, tx, ledger.AliasEvents(&before, alias)...)
	})
}

// DeleteAlias implements [ledger.AliasStore].
func (s *Store) DeleteAlias(ctx context.Context, id int64) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		found, err := s.aliases(ctx, tx, []int64{id})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return ledger.ErrNotFound
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM site_aliases WHERE id = $1`, id); err != nil {
			return fmt.Errorf("deleting alias %d: %w", id, err)
		}
		return s.record(ctx, tx, ledger.AliasEvents(&found[0], nil)...)
	})
}

// aliasesOf returns the aliases of sites, the newest first.
func (s *Store) aliasesOf(ctx context.Context, tx *sql.Tx, sites []int64) ([]ledger.Alias, error) {
	ids, err := queryIDs(ctx, tx,
		`SELECT id FROM site_aliases WHERE `+s.dialect.among("site_id", "$1")+` ORDER BY id DESC`, s.dialect.list(sites))
	if err != nil {
		return nil, fmt.Errorf("finding the aliases of sites: %w", err)
	}
	return s.aliases(ctx, tx, ids)
}

// nameIsFree makes sure that no site and no alias has the name that a new one is
// to get: the two share their names.
func nameIsFree(ctx context.Context, tx *sql.Tx, name ledger.DomainName) error {
	return noneHas(ctx, tx, `SELECT id FROM sites WHERE name = $1 UNION ALL SELECT id FROM site_aliases WHERE name = $1`, name.ASCII)
}

// nameIsFreeIn is nameIsFree for one that gets another name, where the table of
// the others is looked at: its own knows itself.
func nameIsFreeIn(ctx context.Context, tx *sql.Tx, otherTable string, name ledger.DomainName) error {
	return noneHas(ctx, tx, `SELECT id FROM `+otherTable+` WHERE name = $1`, name.ASCII)
}

// noneHas makes sure that a query for what may be there once finds nothing. New
// rows are looked for like that before they are inserted, because an insert that
// fails uses up an id where ids take no part in transactions.
func noneHas(ctx context.Context, tx *sql.Tx, text string, args ...any) error {
	found, err := queryIDs(ctx, tx, text, args...)
	if err != nil {
		return fmt.Errorf("looking whether %v is taken: %w", args, err)
	}
	if len(found) > 0 {
		return ledger.ErrExists
	}
	return nil
}

const aliasFields = `site_id, name, unicode_name, status, settings`

// aliasValues returns what aliasFields hold of an alias.
func aliasValues(a *ledger.Alias) (arguments, error) {
	settings, err := json.Marshal(a.Settings)
	if err != nil {
		return nil, fmt.Errorf("writing the settings of alias %q: %w", a.Name.ASCII, err)
	}
	return arguments{a.SiteID, a.Name.ASCII, a.Name.Unicode, a.Status, string(settings)}, nil
}

func (s *Store) insertAlias(ctx context.Context, tx *sql.Tx, a *ledger.Alias) (id int64, err error) {
	if err := nameIsFree(ctx, tx, a.Name); err != nil {
		return 0, err
	}
	args, err := aliasValues(a)
	if err != nil {
		return 0, err
	}
	err = tx.QueryRowContext(ctx,
		`INSERT INTO site_aliases (`+aliasFields+`) VALUES (`+places(len(args))+`) RETURNING id`, args...).Scan(&id)
	if s.dialect.isDuplicate(err) {
		return 0, ledger.ErrExists
	}
	if err != nil {
		return 0, fmt.Errorf("adding alias %q: %w", a.Name.ASCII, err)
	}
	return id, nil
}

func (s *Store) replaceAlias(ctx context.Context, tx *sql.Tx, id int64, a *ledger.Alias) error {
	if err := nameIsFreeIn(ctx, tx, "sites", a.Name); err != nil {
		return err
	}
	args, err := aliasValues(a)
	if err != nil {
		return err
	}
	values := places(len(args))
	where := ` WHERE id = ` + args.add(id)
	_, err = tx.ExecContext(ctx, `UPDATE site_aliases SET (`+aliasFields+`) = (`+values+`)`+where, args...)
	if s.dialect.isDuplicate(err) {
		return ledger.ErrExists
	}
	if err != nil {
		return fmt.Errorf("updating alias %d: %w", id, err)
	}
	return nil
}

func (s *Store) aliases(ctx context.Context, q querier, ids []int64) ([]ledger.Alias, error) {
	found, err := query(ctx, q, scanAlias, `
		SELECT a.id, a.site_id, s.webspace_id, a.name, a.unicode_name, a.status, s.status | `+statusOfHolders+`, a.settings
		FROM `+aliasesWithOwners+` WHERE `+s.dialect.among("a.id", "$1"), s.dialect.list(ids))
	if err != nil {
		return nil, fmt.Errorf("reading aliases: %w", err)
	}
	return inOrder(ids, found, func(a *ledger.Alias) int64 { return a.ID }), nil
}

func scanAlias(rows *sql.Rows, a *ledger.Alias) error {
	var settings []byte
	err := rows.Scan(&a.ID, &a.SiteID, &a.WebspaceID, &a.Name.ASCII, &a.Name.Unicode, &a.Status, &a.SiteStatus, &settings)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(settings, &a.Settings); err != nil {
		return fmt.Errorf("reading the settings of alias %d: %w", a.ID, err)
	}
	return nil
}
