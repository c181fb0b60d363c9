package sqlstore

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/hostledger/hostledger/ledger"
)

// Meta implements [ledger.Store].
func (s *Store) Meta(ctx context.Context, name string) (value string, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		value, err = meta(ctx, q, name)
		return err
	})
	return value, err
}

// SetMeta implements [ledger.Store].
func (s *Store) SetMeta(ctx context.Context, name, value string) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error { return setMeta(ctx, tx, name, value) })
}

// UpdateMeta implements [ledger.Store].
func (s *Store) UpdateMeta(ctx context.Context, name string, change func(value string) (string, error)) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		before, err := meta(ctx, tx, name)
		if err != nil {
			return err
		}
		value, err := change(before)
		if err != nil || value == before {
			return err
		}
		if err := setMeta(ctx, tx, name, value); err != nil {
			return err
		}
		return s.record(ctx, tx, ledger.ServerUpdated(name))
	})
}

func meta(ctx context.Context, q querier, name string) (string, error) {
	values, err := query(ctx, q, scanText,
		`SELECT value FROM meta WHERE name = $1`, name)
	if err != nil {
		return "", fmt.Errorf("reading %q of the installation: %w", name, err)
	}
	if len(values) == 0 {
		return "", nil
	}
	return values[0], nil
}

func setMeta(ctx context.Context, tx *sql.Tx, name, value string) error {
	_, err := tx.ExecContext(ctx,
		`INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
		name, value)
	if err != nil {
		return fmt.Errorf("keeping %q of the installation: %w", name, err)
	}
	return nil
}

// ServerStatistics implements [ledger.Store].
func (s *Store) ServerStatistics(ctx context.Context) (counts ledger.ServerStatistics, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		found, err := query(ctx, q, scanServerStatistics, `
			SELECT
				(SELECT count(*) FROM accounts a WHERE a.role = $1),
				(SELECT count(*) FROM accounts a JOIN accounts o ON o.id = a.owner_id
				 WHERE a.role = $1 AND (a.status <> 0 OR o.status <> 0)),
				(SELECT count(*) FROM sites WHERE parent_site_id IS NULL),
				(SELECT count(*) FROM `+sitesWithOwners+` WHERE s.parent_site_id IS NULL AND `+siteInService+`)`,
			ledger.RoleCustomer)
		if err != nil {
			return fmt.Errorf("counting the ledger's objects: %w", err)
		}
		counts = found[0]
		return nil
	})
	return counts, err
}

func scanServerStatistics(rows *sql.Rows, c *ledger.ServerStatistics) error {
	return rows.Scan(&c.Customers, &c.ProblemCustomers, &c.Sites, &c.ActiveSites)
}
