package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"net/netip"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// AddSecretKey implements [ledger.SecretKeyStore].
func (s *Store) AddSecretKey(ctx context.Context, k *ledger.SecretKey) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx,
			`INSERT INTO secret_keys (id, hash, account_id, addresses, description) VALUES ($1, $2, $3, $4, $5)`,
			k.ID, k.Hash, k.AccountID, joinAddresses(k.Addresses), k.Description)
		if err != nil {
			return fmt.Errorf("adding a secret key for account %d: %w", k.AccountID, err)
		}
		return s.recordAccounts(ctx, tx, []int64{k.AccountID})
	})
}

// SecretKeys implements [ledger.SecretKeyStore].
func (s *Store) SecretKeys(ctx context.Context) (keys []ledger.SecretKey, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		keys, err = query(ctx, q, scanSecretKey, selectSecretKeys+` ORDER BY k.position`)
		if err != nil {
			return fmt.Errorf("reading the secret keys: %w", err)
		}
		return nil
	})
	return keys, err
}

// SecretKey implements [ledger.SecretKeyStore].
func (s *Store) SecretKey(ctx context.Context, hash string) (key *ledger.SecretKey, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		found, err := query(ctx, q, scanSecretKey, selectSecretKeys+` WHERE k.hash = $1`, hash)
		switch {
		case err != nil:
			return fmt.Errorf("finding a secret key: %w", err)
		case len(found) == 0:
			return ledger.ErrNotFound
		}
		key = &found[0]
		return nil
	})
	return key, err
}

// DeleteSecretKey implements [ledger.SecretKeyStore].
func (s *Store) DeleteSecretKey(ctx context.Context, id string) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		owner, err := queryIDs(ctx, tx, `DELETE FROM secret_keys WHERE id = $1 RETURNING account_id`, id)
		switch {
		case err != nil:
			return fmt.Errorf("deleting secret key %s: %w", id, err)
		case len(owner) == 0:
			return ledger.ErrNotFound
		}
		return s.recordAccounts(ctx, tx, owner)
	})
}

// notFoundIfNone returns ErrNotFound when a statement changed no row.
func notFoundIfNone(result sql.Result) error {
	changed, err := result.RowsAffected()
	if err == nil && changed == 0 {
		return ledger.ErrNotFound
	}
	return err
}

const selectSecretKeys = `SELECT k.id, k.hash, k.account_id, a.login, k.addresses, k.description
	FROM secret_keys k JOIN accounts a ON a.id = k.account_id`

func scanSecretKey(rows *sql.Rows, k *ledger.SecretKey) error {
	var addresses string
	err := rows.Scan(&k.ID, &k.Hash, &k.AccountID, &k.Login, &addresses, &k.Description)
	if err != nil {
		return err
	}
	k.Addresses, err = splitAddresses(addresses)
	return err
}

func joinAddresses(addresses []netip.Addr) string {
	texts := make([]string, len(addresses))
	for i, address := range addresses {
		texts[i] = address.String()
	}
	return strings.Join(texts, ",")
}

func splitAddresses(list string) ([]netip.Addr, error) {
	if list == "" {
		return nil, nil
	}
	var addresses []netip.Addr
	for text := range strings.SplitSeq(list, ",") {
		address, err := netip.ParseAddr(text)
		if err != nil {
			return nil, err
		}
		addresses = append(addresses, address)
	}
	return addresses, nil
}
