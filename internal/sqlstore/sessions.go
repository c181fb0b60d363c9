package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"net/netip"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

const (
	deleteEndedSessions = `DELETE FROM sessions WHERE used < $1`
	// of the account $1, all but the newest $2
	deleteOldestSessions = `DELETE FROM sessions WHERE account_id = $1 AND position <= (
		SELECT position FROM sessions WHERE account_id = $1 ORDER BY position DESC LIMIT 1 OFFSET $2)`
)

// AddSession implements [ledger.SessionStore].
func (s *Store) AddSession(ctx context.Context, session *ledger.Session, since time.Time) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, deleteEndedSessions, since.Unix()); err != nil {
			return fmt.Errorf("removing the sessions that have ended: %w", err)
		}
		_, err := tx.ExecContext(ctx, `
			INSERT INTO sessions (id, account_id, address, created, used, starting_url, back_url, locale)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			session.ID, session.AccountID, session.Address.String(), session.Created.Unix(), session.Used.Unix(),
			session.StartingURL, session.BackURL, session.Locale)
		if err != nil {
			return fmt.Errorf("adding a session of account %d: %w", session.AccountID, err)
		}
		if _, err := tx.ExecContext(ctx, deleteOldestSessions, session.AccountID, ledger.KeptSessions); err != nil {
			return fmt.Errorf("removing the oldest sessions of account %d: %w", session.AccountID, err)
		}
		return nil
	})
}

// endSessions removes the sessions that do not outlast the change of an account.
func endSessions(ctx context.Context, tx *sql.Tx, before, after *ledger.Account) error {
	accounts := `$1`
	switch {
	case after.Status != before.Status:
		accounts = `SELECT id FROM accounts WHERE id = $1 OR owner_id = $1`
	case after.PasswordHash == before.PasswordHash:
		return nil
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM sessions WHERE account_id IN (`+accounts+`)`, before.ID); err != nil {
		return fmt.Errorf("ending the sessions of account %d: %w", before.ID, err)
	}
	return nil
}

// Sessions implements [ledger.SessionStore].
func (s *Store) Sessions(ctx context.Context, since time.Time) (sessions []ledger.Session, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		sessions, err = query(ctx, q, scanSession, `
			SELECT s.id, s.account_id, a.login, a.role, s.address, s.created, s.used, s.starting_url, s.back_url, s.locale
			FROM sessions s JOIN accounts a ON a.id = s.account_id LEFT JOIN accounts o ON o.id = a.owner_id
			WHERE s.used >= $1 AND a.status = 0 AND coalesce(o.status, 0) = 0 ORDER BY s.position`, since.Unix())
		if err != nil {
			return fmt.Errorf("reading the sessions: %w", err)
		}
		return nil
	})
	return sessions, err
}

// DeleteSession implements [ledger.SessionStore].
func (s *Store) DeleteSession(ctx context.Context, id string, since time.Time) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `DELETE FROM sessions WHERE id = $1 AND used >= $2`, id, since.Unix())
		if err != nil {
			return fmt.Errorf("deleting a session: %w", err)
		}
		return notFoundIfNone(result)
	})
}

func scanSession(rows *sql.Rows, s *ledger.Session) error {
	var address string
	var created, used int64
	err := rows.Scan(&s.ID, &s.AccountID, &s.Login, &s.Role, &address, &created, &used, &s.StartingURL, &s.BackURL, &s.Locale)
	if err != nil {
		return err
	}
	s.Created, s.Used = time.Unix(created, 0).UTC(), time.Unix(used, 0).UTC()
	s.Address, err = netip.ParseAddr(address)
	return err
}
