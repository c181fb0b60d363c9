package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/hostledger/hostledger/ledger"
)

// AddAccount implements [ledger.AccountStore].
func (s *Store) AddAccount(ctx context.Context, a *ledger.Account, admit ledger.Admit) error {
	return s.adding(ctx, &a.ID, func(ctx context.Context, tx *sql.Tx) error {
		if err := admitTo(ctx, tx, s.provider, a.OwnerID, admit); err != nil {
			return err
		}
		id, err := s.insertAccount(ctx, tx, a)
		if err != nil {
			return err
		}
		a.ID = id
		return s.record(ctx, tx, ledger.AccountEvents(nil, a)...)
	})
}

// AccountIDs implements [ledger.AccountStore].
func (s *Store) AccountIDs(ctx context.Context, scope ledger.Scope, role ledger.Role, by ledger.Selector) (ids []int64, err error) {
	var args arguments
	where := visible(scope, "a", &args)
	if role != 0 {
		where += " AND a.role = " + args.add(role)
	}
	condition, err := selected(by, accountColumns, &args)
	if err != nil {
		return nil, fmt.Errorf("finding accounts: %w", err)
	}
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		ids, err = queryIDs(ctx, q, `
			SELECT a.id FROM accounts a LEFT JOIN accounts o ON o.id = a.owner_id
			WHERE `+where+` AND `+condition+` ORDER BY a.id`, args...)
		if err != nil {
			return fmt.Errorf("finding accounts: %w", err)
		}
		return nil
	})
	return ids, err
}

var accountColumns = map[ledger.By]string{
	ledger.ByID: "a.id", ledger.ByLogin: "a.login", ledger.ByGUID: "a.guid", ledger.ByExternalID: "a.external_id",
	ledger.ByOwnerID: "a.owner_id", ledger.ByOwnerLogin: "o.login",
	ledger.ByOwnerGUID: "o.guid", ledger.ByOwnerExternalID: "o.external_id",
}

// Accounts implements [ledger.AccountStore].
func (s *Store) Accounts(ctx context.Context, ids []int64) (found []ledger.Account, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		found, err = s.accounts(ctx, q, ids)
		return err
	})
	return found, err
}

// UpdateAccount implements [ledger.AccountStore].
func (s *Store) UpdateAccount(ctx context.Context, id int64, change func(*ledger.Account) error) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		found, err := s.accounts(ctx, tx, []int64{id})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return ledger.ErrNotFound
		}
		before, account := found[0], &found[0]
		if err := change(account); err != nil {
			return err
		}
		if err := s.replaceAccount(ctx, tx, &before, account); err != nil {
			return err
		}
		return s.record(ctx, tx, ledger.AccountEvents(&before, account)...)
	})
}

// UpdateAccountWithWebspaces implements [ledger.AccountStore].
func (s *Store) UpdateAccountWithWebspaces(ctx context.Context, id int64, change func(*ledger.Account) error,
	admit func(p *ledger.Provider, webspaces int) error, changeWebspace func(*ledger.Webspace) error,
) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		found, err := s.accounts(ctx, tx, []int64{id})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return ledger.ErrNotFound
		}
		webspaces, err := queryIDs(ctx, tx, `SELECT id FROM webspaces WHERE owner_id = $1 ORDER BY id`, id)
		if err != nil {
			return fmt.Errorf("finding the subscriptions of account %d: %w", id, err)
		}
		before, account := found[0], &found[0]
		if err := change(account); err != nil {
			return err
		}
		if account.OwnerID != before.OwnerID {
			err := admitTo(ctx, tx, s.provider, account.OwnerID, func(p *ledger.Provider) error { return admit(p, len(webspaces)) })
			if err != nil {
				return err
			}
		}
		if err := s.replaceAccount(ctx, tx, &before, account); err != nil {
			return err
		}
		for _, webspace := range webspaces {
			if err := s.updateWebspace(ctx, tx, webspace, nil, changeWebspace); err != nil {
				return err
			}
		}
		if before.Role == ledger.RoleReseller && account.Role == ledger.RoleCustomer {
			if err := s.endProvider(ctx, tx, id); err != nil {
				return err
			}
		}
		return s.record(ctx, tx, ledger.AccountEvents(&before, account)...)
	})
}

// endProvider removes what only a reseller has from one who becomes a customer.
// ErrFailed while he has customers.
func (s *Store) endProvider(ctx context.Context, tx *sql.Tx, id int64) error {
	customers, err := queryIDs(ctx, tx, `SELECT id FROM accounts WHERE owner_id = $1 LIMIT 1`, id)
	if err != nil {
		return fmt.Errorf("looking for the customers of account %d: %w", id, err)
	}
	if len(customers) > 0 {
		return ledger.ErrFailed
	}
	if err := s.recordDeletedPlans(ctx, tx, []int64{id}); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM plans WHERE owner_id = $1`, id); err != nil {
		return fmt.Errorf("deleting the plans of account %d: %w", id, err)
	}
	return nil
}

// DeleteAccount implements [ledger.AccountStore]. A reseller's customers go
// with him.
func (s *Store) DeleteAccount(ctx context.Context, id int64) error {
	return s.withoutTraffic(ctx, func(ctx context.Context, tx *sql.Tx) error {
		accounts, err := queryIDs(ctx, tx, `SELECT id FROM accounts WHERE id = $1 OR owner_id = $1 ORDER BY id = $1, id`, id)
		if err != nil {
			return fmt.Errorf("finding account %d: %w", id, err)
		}
		if len(accounts) == 0 {
			return ledger.ErrNotFound
		}
		webspaces, err := queryIDs(ctx, tx,
			`SELECT id FROM webspaces WHERE `+s.dialect.among("owner_id", "$1"), s.dialect.list(accounts))
		if err != nil {
			return fmt.Errorf("finding the subscriptions of account %d: %w", id, err)
		}
		if err := s.deleteWebspaces(ctx, tx, webspaces); err != nil {
			return err
		}
		if err := s.recordDeletedPlans(ctx, tx, accounts); err != nil {
			return err
		}
		if err := s.recordDeletedAccounts(ctx, tx, accounts); err != nil {
			return err
		}
		// Plans, secret keys and balances are deleted with the account that they refer to.
		_, err = tx.ExecContext(ctx, `DELETE FROM accounts WHERE `+s.dialect.among("id", "$1"), s.dialect.list(accounts))
		if err != nil {
			return fmt.Errorf("deleting account %d: %w", id, err)
		}
		return nil
	})
}

// AccountSites implements [ledger.AccountStore].
func (s *Store) AccountSites(ctx context.Context, scope ledger.Scope) (sites ledger.AccountSites, err error) {
	type site struct {
		id                    int64
		isActive, isSubdomain bool
	}
	var args arguments
	where := visible(scope, "o", &args)
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		found, err := query(ctx, q, func(rows *sql.Rows, s *site) error { return rows.Scan(&s.id, &s.isActive, &s.isSubdomain) },
			`SELECT s.id, `+siteInService+`, s.parent_site_id IS NOT NULL
			FROM `+sitesWithOwners+` WHERE `+where+` ORDER BY s.id`, args...)
		if err != nil {
			return fmt.Errorf("finding the sites of account %d: %w", scope.AccountID, err)
		}
		sites = ledger.AccountSites{}
		for _, site := range found {
			sites.IDs = append(sites.IDs, site.id)
			switch {
			case site.isSubdomain:
				sites.Subdomains++
			case site.isActive:
				sites.Active++
			}
		}
		sites.Former, err = queryIDs(ctx, q, `SELECT f.id FROM former_sites f
			JOIN webspaces w ON w.id = f.webspace_id JOIN accounts o ON o.id = w.owner_id WHERE `+where, args...)
		if err != nil {
			return fmt.Errorf("finding the former sites of account %d: %w", scope.AccountID, err)
		}
		return nil
	})
	return sites, err
}

// LocaleUsers implements [ledger.AccountStore].
func (s *Store) LocaleUsers(ctx context.Context, scope ledger.Scope) (users map[string]int, err error) {
	type count struct {
		locale string
		users  int
	}
	var args arguments
	where := visible(scope, "a", &args)
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		counts, err := query(ctx, q, func(rows *sql.Rows, c *count) error { return rows.Scan(&c.locale, &c.users) },
			`SELECT a.locale, count(*) FROM accounts a WHERE a.locale <> '' AND `+where+` GROUP BY a.locale`, args...)
		if err != nil {
			return fmt.Errorf("counting the users of locales: %w", err)
		}
		users = make(map[string]int, len(counts))
		for _, c := range counts {
			users[c.locale] = c.users
		}
		return nil
	})
	return users, err
}

const accountFields = `guid, role, owner_id, login, password_hash, created, status, external_id, description,
	company, person, phone, fax, email, address, city, state, postal_code, country, locale, settings, plan_id, locked`

// accountValues returns what accountFields hold of an account.
func accountValues(a *ledger.Account) (arguments, error) {
	settings, err := json.Marshal(a.Reseller)
	if err != nil {
		return nil, fmt.Errorf("writing the settings of account %q: %w", a.Login, err)
	}
	c := &a.Contact
	return arguments{
		a.GUID, a.Role, reference(a.OwnerID), a.Login, a.PasswordHash, a.Created, a.Status, a.ExternalID, a.Description,
		c.Company, c.Name, c.Phone, c.Fax, c.Email, c.Address, c.City, c.State, c.PostalCode, c.Country, c.Locale,
		string(settings), reference(planOf(a.Plan)), a.Locked,
	}, nil
}

// reference returns an id for a column that may refer to nothing.
func reference(id int64) sql.NullInt64 { return sql.NullInt64{Int64: id, Valid: id != 0} }

func (s *Store) insertAccount(ctx context.Context, tx *sql.Tx, a *ledger.Account) (id int64, err error) {
	if err := s.checkPlan(ctx, tx, a); err != nil {
		return 0, err
	}
	if err := noneHas(ctx, tx, `SELECT id FROM accounts WHERE login = $1`, a.Login); err != nil {
		return 0, err
	}
	args, err := accountValues(a)
	if err != nil {
		return 0, err
	}
	fields := accountFields
	if a.ID != 0 {
		if err := s.dialect.reserveID(ctx, tx, "accounts", a.ID); err != nil {
			return 0, fmt.Errorf("giving account %q its id: %w", a.Login, err)
		}
		args.add(a.ID)
		fields += ", id"
	}
	err = tx.QueryRowContext(ctx,
		`INSERT INTO accounts (`+fields+`) VALUES (`+places(len(args))+`) RETURNING id`, args...).Scan(&id)
	if s.dialect.isDuplicate(err) {
		return 0, ledger.ErrExists
	}
	if err != nil {
		return 0, fmt.Errorf("adding account %q: %w", a.Login, err)
	}
	return id, nil
}

// replaceAccount keeps an account as it is after a change.
func (s *Store) replaceAccount(ctx context.Context, tx *sql.Tx, before, a *ledger.Account) error {
	if err := s.checkPlan(ctx, tx, a); err != nil {
		return err
	}
	args, err := accountValues(a)
	if err != nil {
		return err
	}
	values := places(len(args))
	where := ` WHERE id = ` + args.add(before.ID)
	_, err = tx.ExecContext(ctx, `UPDATE accounts SET (`+accountFields+`) = (`+values+`)`+where, args...)
	if s.dialect.isDuplicate(err) {
		return ledger.ErrExists
	}
	if err != nil {
		return fmt.Errorf("updating account %d: %w", before.ID, err)
	}
	return endSessions(ctx, tx, before, a)
}

func (s *Store) accounts(ctx context.Context, q querier, ids []int64) ([]ledger.Account, error) {
	found, err := query(ctx, q, scanAccount, `
		SELECT a.id, a.guid, a.role, a.owner_id, a.login, a.password_hash, a.created, a.status, a.external_id, a.description,
			a.company, a.person, a.phone, a.fax, a.email, a.address, a.city, a.state, a.postal_code, a.country, a.locale, a.settings, a.plan_id, a.locked,
			coalesce(o.login, ''), coalesce(o.role, 0), coalesce(o.guid, ''), coalesce(o.status, 0)
		FROM accounts a LEFT JOIN accounts o ON o.id = a.owner_id
		WHERE `+s.dialect.among("a.id", "$1"), s.dialect.list(ids))
	if err != nil {
		return nil, fmt.Errorf("reading accounts: %w", err)
	}
	if err := s.planResellers(ctx, q, found); err != nil {
		return nil, err
	}
	return inOrder(ids, found, func(a *ledger.Account) int64 { return a.ID }), nil
}

func scanAccount(rows *sql.Rows, a *ledger.Account) error {
	var owner, plan sql.NullInt64
	var settings []byte
	c := &a.Contact
	err := rows.Scan(
		&a.ID, &a.GUID, &a.Role, &owner, &a.Login, &a.PasswordHash, &a.Created, &a.Status, &a.ExternalID, &a.Description,
		&c.Company, &c.Name, &c.Phone, &c.Fax, &c.Email, &c.Address, &c.City, &c.State, &c.PostalCode, &c.Country, &c.Locale, &settings, &plan, &a.Locked,
		&a.OwnerLogin, &a.OwnerRole, &a.OwnerGUID, &a.OwnerStatus)
	if err != nil {
		return err
	}
	a.OwnerID = owner.Int64
	if plan.Valid {
		a.Plan = &ledger.Plan{ID: plan.Int64}
	}
	if err := json.Unmarshal(settings, &a.Reseller); err != nil {
		return fmt.Errorf("reading the settings of account %d: %w", a.ID, err)
	}
	return nil
}
