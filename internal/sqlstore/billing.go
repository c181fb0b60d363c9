package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"slices"

	"github.com/hostledger/hostledger/ledger"
)

// UpdateWebspaceBilling implements [ledger.BillingStore].
func (s *Store) UpdateWebspaceBilling(ctx context.Context, ids []int64, change func(*ledger.WebspaceBilling)) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.checkAll(ctx, tx, "webspaces", ids); err != nil {
			return err
		}
		kept, err := s.webspaceBilling(ctx, tx, ids)
		if err != nil {
			return err
		}
		var events []ledger.Event
		for _, id := range ids {
			before, billing := kept[id], kept[id]
			if change(&billing); reflect.DeepEqual(before, billing) {
				continue
			}
			kept[id] = billing
			if err := keepWebspaceBilling(ctx, tx, id, billing); err != nil {
				return err
			}
			events = append(events, ledger.WebspaceUpdated(id))
		}
		return s.record(ctx, tx, events...)
	})
}

// WebspaceBilling implements [ledger.BillingStore].
func (s *Store) WebspaceBilling(ctx context.Context, ids []int64) (billing map[int64]ledger.WebspaceBilling, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		billing, err = s.webspaceBilling(ctx, q, ids)
		return err
	})
	return billing, err
}

// Prices implements [ledger.BillingStore].
func (s *Store) Prices(ctx context.Context, scope ledger.Scope) (counts []ledger.PriceCount, err error) {
	var args arguments
	text := `SELECT currency, sum, cycle, count(*) FROM webspace_billing
		WHERE sum <> '' AND ` + ofVisible(scope, "webspace_id", &args) + ` GROUP BY currency, cycle, sum`
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		counts, err = query(ctx, q, scanPriceCount, text, args...)
		if err != nil {
			return fmt.Errorf("counting the subscriptions by their prices: %w", err)
		}
		return nil
	})
	return counts, err
}

func scanPriceCount(rows *sql.Rows, c *ledger.PriceCount) error {
	var currency, sum, cycle string
	err := rows.Scan(&currency, &sum, &cycle, &c.Webspaces)
	if err != nil {
		return err
	}
	if c.Price, err = parseMoney(currency, sum); err != nil {
		return err
	}
	c.Cycle, err = parseCycle(cycle)
	return err
}

// SetCustomerBilling implements [ledger.BillingStore].
func (s *Store) SetCustomerBilling(ctx context.Context, ids []int64, billing ledger.CustomerBilling) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.checkAll(ctx, tx, "accounts", ids); err != nil {
			return err
		}
		var changed []int64
		for _, id := range ids {
			isChanged, err := replaceBalances(ctx, tx, id, billing)
			if err != nil {
				return err
			}
			if isChanged {
				changed = append(changed, id)
			}
		}
		return s.recordAccounts(ctx, tx, changed)
	})
}

// CustomerBilling implements [ledger.BillingStore].
func (s *Store) CustomerBilling(ctx context.Context, id int64) (billing ledger.CustomerBilling, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		billing, err = customerBilling(ctx, q, id)
		return err
	})
	return billing, err
}

// checkAll returns ErrNotFound unless a table has a row for each of the ids.
func (s *Store) checkAll(ctx context.Context, tx *sql.Tx, table string, ids []int64) error {
	found, err := queryIDs(ctx, tx, `SELECT id FROM `+table+` WHERE `+s.dialect.among("id", "$1"), s.dialect.list(ids))
	if err != nil {
		return fmt.Errorf("finding %s: %w", table, err)
	}
	known := make(map[int64]bool, len(found))
	for _, id := range found {
		known[id] = true
	}
	for _, id := range ids {
		if !known[id] {
			return ledger.ErrNotFound
		}
	}
	return nil
}

// billingOf is the billing information of a subscription.
type billingOf struct {
	webspace int64
	ledger.WebspaceBilling
}

func (s *Store) webspaceBilling(ctx context.Context, q querier, ids []int64) (map[int64]ledger.WebspaceBilling, error) {
	found, err := query(ctx, q, scanWebspaceBilling, `
		SELECT webspace_id, currency, sum, renewal_date, cycle, domain_store_url, cert_store_url
		FROM webspace_billing WHERE `+s.dialect.among("webspace_id", "$1"), s.dialect.list(ids))
	if err != nil {
		return nil, fmt.Errorf("reading the billing information of subscriptions: %w", err)
	}
	billing := make(map[int64]ledger.WebspaceBilling, len(found))
	for i := range found {
		billing[found[i].webspace] = found[i].WebspaceBilling
	}
	return billing, nil
}

func scanWebspaceBilling(rows *sql.Rows, b *billingOf) error {
	var currency, sum, renewal, cycle string
	err := rows.Scan(&b.webspace, &currency, &sum, &renewal, &cycle, &b.DomainStoreURL, &b.CertStoreURL)
	if err != nil {
		return err
	}
	if sum != "" {
		money, err := parseMoney(currency, sum)
		if err != nil {
			return err
		}
		b.Price = &money
	}
	if renewal != "" {
		if b.RenewalDate, err = ledger.ParseRenewalDate(renewal); err != nil {
			return err
		}
	}
	b.Cycle, err = parseCycle(cycle)
	return err
}

// parseCycle reads a cycle that is kept, empty for none.
func parseCycle(cycle string) (ledger.Cycle, error) {
	if cycle == "" {
		return ledger.Cycle{}, nil
	}
	return ledger.ParseCycle(cycle)
}

func keepWebspaceBilling(ctx context.Context, tx *sql.Tx, id int64, b ledger.WebspaceBilling) error {
	var price ledger.Money
	if b.Price != nil {
		price = *b.Price
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO webspace_billing (webspace_id, currency, sum, renewal_date, cycle, domain_store_url, cert_store_url)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (webspace_id) DO UPDATE SET
			currency = excluded.currency, sum = excluded.sum, renewal_date = excluded.renewal_date, cycle = excluded.cycle,
			domain_store_url = excluded.domain_store_url, cert_store_url = excluded.cert_store_url`,
		id, price.Currency, price.Sum, b.RenewalDate.String(), b.Cycle.Given(), b.DomainStoreURL, b.CertStoreURL)
	if err != nil {
		return fmt.Errorf("keeping the billing information of subscription %d: %w", id, err)
	}
	var renewalAt sql.NullInt64
	if !b.RenewalDate.IsZero() {
		renewalAt = sql.NullInt64{Int64: b.RenewalDate.Time().Unix(), Valid: true}
	}
	if _, err := tx.ExecContext(ctx, `UPDATE webspaces SET renewal_at = $1 WHERE id = $2`, renewalAt, id); err != nil {
		return fmt.Errorf("keeping when subscription %d renews: %w", id, err)
	}
	return nil
}

// amount is one currency's part of a balance.
type amount struct {
	balance ledger.Balance
	ledger.Money
}

func scanAmount(rows *sql.Rows, a *amount) error {
	var currency, sum string
	if err := rows.Scan(&a.balance, &currency, &sum); err != nil {
		return err
	}
	var err error
	a.Money, err = parseMoney(currency, sum)
	return err
}

func parseMoney(currency, sum string) (m ledger.Money, err error) {
	if m.Currency, err = ledger.ParseCurrency(currency); err != nil {
		return m, err
	}
	m.Sum, err = ledger.ParseDecimal(sum)
	return m, err
}

func customerBilling(ctx context.Context, q querier, id int64) (ledger.CustomerBilling, error) {
	amounts, err := query(ctx, q, scanAmount,
		`SELECT balance, currency, sum FROM customer_billing WHERE account_id = $1 ORDER BY balance, position`, id)
	if err != nil {
		return nil, fmt.Errorf("reading the balances of account %d: %w", id, err)
	}
	billing := ledger.CustomerBilling{}
	for _, amount := range amounts {
		billing[amount.balance] = append(billing[amount.balance], amount.Money)
	}
	return billing, nil
}

// replaceBalances replaces the balances of an account and tells whether any is
// not what it was.
func replaceBalances(ctx context.Context, tx *sql.Tx, account int64, billing ledger.CustomerBilling) (isChanged bool, err error) {
	before, err := customerBilling(ctx, tx, account)
	if err != nil {
		return false, err
	}
	for balance, amounts := range billing {
		if slices.Equal(before[balance], amounts) {
			continue
		}
		isChanged = true
		if err := replaceBalance(ctx, tx, account, balance, amounts); err != nil {
			return false, err
		}
	}
	return isChanged, nil
}

func replaceBalance(ctx context.Context, tx *sql.Tx, account int64, balance ledger.Balance, amounts []ledger.Money) error {
	_, err := tx.ExecContext(ctx,
		`DELETE FROM customer_billing WHERE account_id = $1 AND balance = $2`, account, balance)
	if err != nil {
		return fmt.Errorf("clearing the %s of account %d: %w", balance, account, err)
	}
	for position, money := range amounts {
		_, err := tx.ExecContext(ctx,
			`INSERT INTO customer_billing (account_id, balance, position, currency, sum) VALUES ($1, $2, $3, $4, $5)`,
			account, balance, position, money.Currency, money.Sum)
		if err != nil {
			return fmt.Errorf("keeping the %s of account %d: %w", balance, account, err)
		}
	}
	return nil
}
