package sqlstore

import (
	"context"
	"fmt"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// ListWebspaces implements [ledger.WebspaceStore].
func (s *Store) ListWebspaces(ctx context.Context, scope ledger.Scope, q ledger.WebspaceListing) (ids []int64, total int, err error) {
	if ids, total, err = s.list(ctx, s.webspaceListing(scope, &q), q.Listing); err != nil {
		return nil, 0, fmt.Errorf("listing subscriptions: %w", err)
	}
	return ids, total, nil
}

// ListAccounts implements [ledger.AccountStore].
func (s *Store) ListAccounts(ctx context.Context, scope ledger.Scope, q ledger.AccountListing) (ids []int64, total int, err error) {
	if ids, total, err = s.list(ctx, s.accountListing(scope, &q), q.Listing); err != nil {
		return nil, 0, fmt.Errorf("listing accounts: %w", err)
	}
	return ids, total, nil
}

// listing is a question for a page of the rows of a table.
type listing struct {
	table, id  string
	order      listOrder
	conditions []string // on the columns of the table itself
	args       arguments
}

func (l *listing) and(condition string) { l.conditions = append(l.conditions, condition) }

// page returns the statement for the ids of a page, with its arguments.
func (l *listing) page(q ledger.Listing) (text string, args arguments) {
	args = append(args, l.args...)
	return `SELECT ` + l.id + ` FROM ` + l.table + l.order.join + l.where() +
		` ORDER BY ` + l.order.by(l.id, q.Descending) + ` LIMIT ` + args.add(q.Limit) + ` OFFSET ` + args.add(q.Offset), args
}

// count returns the statement, with the arguments of the listing, for how many
// rows there are on all pages.
func (l *listing) count() string { return `SELECT count(*) FROM ` + l.table + l.where() }

func (l *listing) where() string { return ` WHERE ` + strings.Join(l.conditions, " AND ") }

// list returns the ids of a page and how many rows there are on all pages.
func (s *Store) list(ctx context.Context, l *listing, q ledger.Listing) (ids []int64, total int, err error) {
	text, args := l.page(q)
	err = s.withReads(ctx, func(ctx context.Context, in querier) error {
		counted, err := queryIDs(ctx, in, l.count(), l.args...)
		if err != nil {
			return err
		}
		if ids, total = nil, int(counted[0]); q.Limit == 0 || q.Offset >= total {
			return nil
		}
		ids, err = queryIDs(ctx, in, text, args...)
		return err
	})
	return ids, total, err
}

// listOrder says by what rows are sorted: by columns of their own table and of
// those that are joined, and then by their ids.
type listOrder struct {
	join      string
	columns   []string
	nullsLast bool // the first column may be null
}

// webspaceListing returns the question for subscriptions w.
func (s *Store) webspaceListing(scope ledger.Scope, q *ledger.WebspaceListing) *listing {
	l := &listing{table: "webspaces w", id: "w.id", order: s.webspaceOrders()[q.Order]}
	l.and(ownedIn(scope, "w.owner_id", &l.args))
	if q.OwnerID != 0 {
		l.and("w.owner_id = " + l.args.add(q.OwnerID))
	}
	if q.PlanID != 0 {
		l.and("w.plan_id = " + l.args.add(q.PlanID))
	}
	if q.Overused != 0 {
		l.and("w.overused = " + l.args.add(q.Overused))
	}
	if !q.RenewsFrom.IsZero() {
		l.and("w.renewal_at >= " + l.args.add(q.RenewsFrom.Unix()))
	}
	if !q.RenewsBefore.IsZero() {
		l.and("w.renewal_at < " + l.args.add(q.RenewsBefore.Unix()))
	}
	if q.Search != "" {
		l.and(s.webspaceMatches(q.Search, &l.args))
	}
	return l
}

// accountListing returns the question for accounts a.
func (s *Store) accountListing(scope ledger.Scope, q *ledger.AccountListing) *listing {
	l := &listing{table: "accounts a", id: "a.id", order: s.accountOrders()[q.Order]}
	l.and(visible(scope, "a", &l.args))
	if q.Role != 0 {
		l.and("a.role = " + l.args.add(q.Role))
	} else {
		l.and("a.role <> " + l.args.add(ledger.RoleAdmin))
	}
	if q.OwnerID != 0 {
		l.and("a.owner_id = " + l.args.add(q.OwnerID))
	}
	if q.Search != "" {
		l.and(s.matchesAny(likePattern(q.Search), &l.args, "a.person", "a.company", "a.login", "a.email", "a.external_id"))
	}
	return l
}

// webspaceOrders are the orders of subscriptions w. Each goes by an index.
func (s *Store) webspaceOrders() map[ledger.Order]listOrder {
	const mainSite = ` JOIN sites m ON m.id = w.id AND m.id = m.webspace_id` // as the indexes have it
	return map[ledger.Order]listOrder{
		ledger.OrderName:    {join: mainSite, columns: []string{s.dialect.folded("m.name")}},
		ledger.OrderCreated: {join: mainSite, columns: []string{"m.created"}},
		ledger.OrderOwner:   {join: ` JOIN accounts o ON o.id = w.owner_id`, columns: []string{s.dialect.folded("o.person"), "o.id"}},
		ledger.OrderRenewal: {columns: []string{"w.renewal_at"}, nullsLast: true},
	}
}

// accountOrders are the orders of accounts a.
func (s *Store) accountOrders() map[ledger.Order]listOrder {
	return map[ledger.Order]listOrder{
		ledger.OrderName:    {columns: []string{s.dialect.folded("a.person")}},
		ledger.OrderCreated: {columns: []string{"a.created"}},
		ledger.OrderOwner:   {join: ` JOIN accounts o ON o.id = a.owner_id`, columns: []string{s.dialect.folded("o.person"), "o.id"}},
	}
}

// by returns what follows ORDER BY.
func (o *listOrder) by(id string, descending bool) string {
	columns := append(o.columns[:len(o.columns):len(o.columns)], id)
	for i := range columns {
		if descending {
			columns[i] += " DESC"
		}
	}
	if o.nullsLast {
		columns[0] += " NULLS LAST"
	}
	return strings.Join(columns, ", ")
}

// webspaceMatches returns the condition that a subscription w is found by a part
// of a text. The names of domains are kept in small letters.
func (s *Store) webspaceMatches(search string, args *arguments) string {
	return `(` + s.matchesAny(likePattern(search), args, "w.external_id") +
		` OR w.id IN (SELECT m.id FROM sites m WHERE m.id = m.webspace_id AND ` +
		s.matchesAny(likePattern(strings.ToLower(search)), args, "m.name", "m.unicode_name") + `)` +
		` OR w.owner_id IN (SELECT o.id FROM accounts o WHERE ` +
		s.matchesAny(likePattern(search), args, "o.login", "o.person", "o.company") + `))`
}

// matchesAny returns the condition that one of some columns is like a pattern.
func (s *Store) matchesAny(pattern string, args *arguments, columns ...string) string {
	place := args.add(pattern)
	conditions := make([]string, len(columns))
	for i, column := range columns {
		conditions[i] = s.dialect.matches(column, place)
	}
	return `(` + strings.Join(conditions, " OR ") + `)`
}

var likeEscapes = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// likePattern returns the pattern of the texts that have a part.
func likePattern(part string) string { return `%` + likeEscapes.Replace(part) + `%` }
