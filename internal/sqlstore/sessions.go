package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
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
			INSERT INTO sessions (id, cookie, account_id, address, created, used, starting_url, back_url, locale)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			session.ID, session.CookieHash, session.AccountID, addressText(session.Address), session.Created.Unix(), session.Used.Unix(),
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

// selectSessions selects those of accounts in service; more conditions follow.
const selectSessions = `SELECT s.id, s.cookie, s.account_id, a.login, a.role, s.address, s.created, s.used, s.starting_url, s.back_url, s.locale
	FROM sessions s JOIN accounts a ON a.id = s.account_id LEFT JOIN accounts o ON o.id = a.owner_id
	WHERE a.status = 0 AND coalesce(o.status, 0) = 0 AND s.used >= $1`

// Sessions implements [ledger.SessionStore].
func (s *Store) Sessions(ctx context.Context, account int64, since time.Time) (sessions []ledger.Session, err error) {
	args := arguments{since.Unix()}
	of := ofAccount(account, &args)
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		sessions, err = query(ctx, q, scanSession, selectSessions+of+` ORDER BY s.position`, args...)
		if err != nil {
			return fmt.Errorf("reading the sessions: %w", err)
		}
		return nil
	})
	return sessions, err
}

// ofAccount returns the condition that a session is one of an account's, 0 for
// any.
func ofAccount(account int64, args *arguments) string {
	if account == 0 {
		return ""
	}
	return ` AND account_id = ` + args.add(account)
}

// SessionByCookie implements [ledger.SessionStore].
func (s *Store) SessionByCookie(ctx context.Context, cookieHash string, since time.Time) (found *ledger.Session, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		found, err = session(ctx, q, sessionByCookie, since, cookieHash)
		return err
	})
	return found, err
}

const sessionByCookie = selectSessions + ` AND s.cookie = $2`

// session returns the one session that a text selects. ErrNotFound.
func session(ctx context.Context, q querier, text string, since time.Time, value string) (*ledger.Session, error) {
	found, err := query(ctx, q, scanSession, text, since.Unix(), value)
	if err != nil {
		return nil, fmt.Errorf("reading a session: %w", err)
	}
	if len(found) == 0 {
		return nil, ledger.ErrNotFound
	}
	return &found[0], nil
}

// UpdateSession implements [ledger.SessionStore].
func (s *Store) UpdateSession(ctx context.Context, id string, since time.Time, change func(*ledger.Session) error) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		changed, err := session(ctx, tx, selectSessions+` AND s.id = $2`, since, id)
		if err != nil {
			return err
		}
		if err := change(changed); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE sessions SET (cookie, address, used) = ($1, $2, $3) WHERE id = $4`,
			changed.CookieHash, addressText(changed.Address), changed.Used.Unix(), id)
		if err != nil {
			return fmt.Errorf("updating a session: %w", err)
		}
		return nil
	})
}

// DeleteSession implements [ledger.SessionStore].
func (s *Store) DeleteSession(ctx context.Context, account int64, id string, since time.Time) error {
	args := arguments{id, since.Unix()}
	text := `DELETE FROM sessions WHERE id = $1 AND used >= $2` + ofAccount(account, &args)
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, text, args...)
		if err != nil {
			return fmt.Errorf("deleting a session: %w", err)
		}
		return notFoundIfNone(result)
	})
}

func scanSession(rows *sql.Rows, s *ledger.Session) error {
	var address string
	var created, used int64
	err := rows.Scan(&s.ID, &s.CookieHash, &s.AccountID, &s.Login, &s.Role, &address, &created, &used, &s.StartingURL, &s.BackURL, &s.Locale)
	if err != nil {
		return err
	}
	s.Created, s.Used = time.Unix(created, 0).UTC(), time.Unix(used, 0).UTC()
	return s.Address.UnmarshalText([]byte(address))
}
