package sqlstore

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/hostledger/hostledger/ledger"
)

// provider returns an account with what belongs to it, which is counted for a
// reseller; the zero Provider when there is no such account.
func (s *Store) provider(ctx context.Context, q querier, id int64) (*ledger.Provider, error) {
	found, err := s.accounts(ctx, q, []int64{id})
	if err != nil || len(found) == 0 {
		return &ledger.Provider{}, err
	}
	if found[0].Role != ledger.RoleReseller {
		return &ledger.Provider{Account: found[0]}, nil
	}
	counted, err := query(ctx, q, scanCounts, `
		SELECT (SELECT count(*) FROM accounts WHERE owner_id = $1),
			(SELECT count(*) FROM webspaces w JOIN accounts o ON o.id = w.owner_id WHERE o.id = $1 OR o.owner_id = $1)`, id)
	if err != nil {
		return nil, fmt.Errorf("counting what account %d provides: %w", id, err)
	}
	counted[0].Account = found[0]
	return &counted[0], nil
}

func scanCounts(rows *sql.Rows, p *ledger.Provider) error {
	return rows.Scan(&p.Customers, &p.Webspaces)
}

// providerOf returns who provides the subscriptions of an owner: himself, or of
// a customer the account that he belongs to.
func (s *Store) providerOf(ctx context.Context, q querier, ownerID int64) (*ledger.Provider, error) {
	p, err := s.provider(ctx, q, ownerID)
	if err == nil && p.Role == ledger.RoleCustomer {
		return s.provider(ctx, q, p.OwnerID)
	}
	return p, err
}

// admitTo lets admit decide about the provider that find finds. Without admit
// everything is admitted.
func admitTo(ctx context.Context, q querier, find func(context.Context, querier, int64) (*ledger.Provider, error),
	id int64, admit ledger.Admit,
) error {
	if admit == nil {
		return nil
	}
	p, err := find(ctx, q, id)
	if err != nil {
		return err
	}
	return admit(p)
}

// admitMove asks whether a subscription may pass from one owner to another,
// when that makes it another provider's.
func (s *Store) admitMove(ctx context.Context, q querier, from, to int64, admit ledger.Admit) error {
	before, err := s.providerOf(ctx, q, from)
	if err != nil {
		return err
	}
	after, err := s.providerOf(ctx, q, to)
	if err != nil || after.ID == before.ID {
		return err
	}
	return admit(after)
}
