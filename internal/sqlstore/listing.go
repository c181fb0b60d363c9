package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
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

// CountOwned implements [ledger.AccountStore].
func (s *Store) CountOwned(ctx context.Context, ids []int64) (map[int64]ledger.Owned, error) {
	type count struct {
		owner                int64
		customers, webspaces int
	}
	amongOwners := s.dialect.among("owner_id", "$1")
	text := `SELECT owner_id, 0, count(*) FROM webspaces WHERE ` + amongOwners + ` GROUP BY owner_id
		UNION ALL SELECT owner_id, count(*), 0 FROM accounts WHERE ` + amongOwners + ` AND role = $2 GROUP BY owner_id`
	owned := map[int64]ledger.Owned{}
	err := s.withReads(ctx, func(ctx context.Context, q querier) error {
		counts, err := query(ctx, q, func(rows *sql.Rows, c *count) error {
			return rows.Scan(&c.owner, &c.customers, &c.webspaces)
		}, text, s.dialect.list(ids), ledger.RoleCustomer)
		if err != nil {
			return fmt.Errorf("counting what belongs to accounts: %w", err)
		}
		clear(owned)
		for _, c := range counts {
			had := owned[c.owner]
			owned[c.owner] = ledger.Owned{Customers: had.Customers + c.customers, Webspaces: had.Webspaces + c.webspaces}
		}
		return nil
	})
	return owned, err
}

// listing is a question for rows of a table.
type listing struct {
	table, id  string
	order      listOrder
	conditions []string // on the table's columns
	found      string   // selects the ids that the rows are to be among, each once; "" for all
	args       arguments
}

// listOrder says by what rows are sorted: by columns of their own table and of
// those that are joined to it, of which the last has the rows' ids.
type listOrder struct {
	from, on  string
	join      string // of the table itself, if there are conditions on its columns
	columns   []string
	nullsLast bool // the first column may be null
}

func (l *listing) and(condition string) { l.conditions = append(l.conditions, condition) }

// page returns the statement for the ids of a page, each with the number of rows
// on all pages, and its arguments.
func (l *listing) page(q ledger.Listing) (text string, args arguments) {
	args = append(args, l.args...)
	id, from := l.order.columns[len(l.order.columns)-1], l.order.from
	if len(l.conditions) > 0 {
		from += l.order.join
	}
	return l.with() + `SELECT ` + id + `, (` + l.count() + `) FROM ` + from + ` WHERE ` + l.order.on + ` AND ` + l.where(id) +
		` ORDER BY ` + l.order.by(q.Descending) + ` LIMIT ` + args.add(q.Limit) + ` OFFSET ` + args.add(q.Offset), args
}

// with returns what statements begin with.
func (l *listing) with() string {
	if l.found == "" {
		return ""
	}
	return `WITH found (id) AS MATERIALIZED (` + l.found + `) `
}

// count returns the statement for the number of rows on all pages.
func (l *listing) count() string {
	if l.found != "" && len(l.conditions) == 0 {
		return `SELECT count(*) FROM found`
	}
	return `SELECT count(*) FROM ` + l.table + ` WHERE ` + l.where(l.id)
}

// where returns the conditions on a row whose id is in a column. For the plus,
// SQLite goes through rows in their order instead of looking up each id.
func (l *listing) where(id string) string {
	conditions := append([]string{"TRUE"}, l.conditions...)
	if l.found != "" {
		conditions = append(conditions, `+`+id+` IN (SELECT id FROM found)`)
	}
	return strings.Join(conditions, " AND ")
}

// by returns what follows ORDER BY.
func (o *listOrder) by(descending bool) string {
	columns := slices.Clone(o.columns)
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

// list returns the ids of a page and how many rows there are on all pages.
func (s *Store) list(ctx context.Context, l *listing, q ledger.Listing) (ids []int64, total int, err error) {
	text, args := l.page(q)
	err = s.withReads(ctx, func(ctx context.Context, in querier) error {
		ids, total = nil, 0
		ids, err = query(ctx, in, func(rows *sql.Rows, id *int64) error { return rows.Scan(id, &total) }, text, args...)
		if err != nil || len(ids) > 0 || q.Limit > 0 && q.Offset == 0 {
			return err
		}
		counted, err := queryIDs(ctx, in, l.with()+l.count(), l.args...)
		if err == nil {
			total = int(counted[0])
		}
		return err
	})
	return ids, total, err
}

// webspaceListing returns the question for subscriptions w.
func (s *Store) webspaceListing(scope ledger.Scope, q *ledger.WebspaceListing) *listing {
	l := &listing{table: "webspaces w", id: "w.id", order: s.webspaceOrders()[q.Order]}
	if scope.Role != ledger.RoleAdmin {
		l.and(`w.owner_id IN (SELECT o.id FROM accounts o WHERE ` + visible(scope, "o", &l.args) + `)`)
	}
	if q.OwnerID != 0 {
		l.and("w.owner_id = " + l.args.add(q.OwnerID))
	}
	if q.PlanID != 0 {
		l.and("w.plan_id = " + l.args.add(q.PlanID))
	}
	if q.Overused != 0 {
		l.and("w.overused = " + l.args.add(q.Overused))
	}
	if q.RenewsFrom.Date != 0 {
		from, _ := renewals(q.RenewsFrom, &l.args)
		l.and(from)
	}
	if q.RenewsBefore.Date != 0 {
		_, before := renewals(q.RenewsBefore, &l.args)
		l.and(before)
	}
	if q.Search != "" {
		l.found = s.foundWebspaces(q.Search, &l.args)
	}
	return l
}

// renewals returns the conditions that a subscription renews from the beginning
// of a day on, and before it. Renewals with a time of day and those without have a
// beginning each; what lies between the two is looked at more closely.
func renewals(d ledger.DayStart, args *arguments) (from, before string) {
	const length = `(SELECT length(b.renewal_date) FROM webspace_billing b WHERE b.webspace_id = w.id)`
	begins, ofFirst, ofLast := [2]int64{d.At.Unix(), d.Date.Time().Unix()}, length+" > 10", length+" = 10"
	if begins[0] > begins[1] {
		begins[0], begins[1], ofFirst, ofLast = begins[1], begins[0], ofLast, ofFirst
	}
	first, last := args.add(begins[0]), args.add(begins[1])
	return `w.renewal_at >= ` + first + ` AND (w.renewal_at >= ` + last + ` OR ` + ofFirst + `)`,
		`w.renewal_at < ` + last + ` AND (w.renewal_at < ` + first + ` OR ` + ofLast + `)`
}

// webspaceOrders are the orders of subscriptions w. Each goes by an index.
func (s *Store) webspaceOrders() map[ledger.Order]listOrder {
	byMainSite := func(column string) listOrder {
		return listOrder{
			from: `sites m`, on: `m.id = m.webspace_id`, join: ` JOIN webspaces w ON w.id = m.id`, columns: []string{column, "m.webspace_id"},
		}
	}
	return map[ledger.Order]listOrder{
		ledger.OrderName:    byMainSite(s.dialect.folded("m.name")),
		ledger.OrderCreated: byMainSite("m.created"),
		ledger.OrderOwner: {
			from: `webspaces w JOIN accounts o ON o.id = w.owner_id`, on: "TRUE", columns: []string{s.dialect.folded("o.person"), "o.id", "w.id"},
		},
		ledger.OrderRenewal: {from: `webspaces w`, on: "TRUE", columns: []string{"w.renewal_at", "w.id"}, nullsLast: true},
	}
}

// foundWebspaces selects the ids of the subscriptions that have a part in one of
// their texts. Names of domains are in small letters; few have another form. For
// the plus, SQLite reads the sites in the order of their ids, by which what is
// found is sorted twice.
func (s *Store) foundWebspaces(part string, args *arguments) string {
	pattern, name := args.add(likePattern(part)), args.add(likePattern(strings.ToLower(part)))
	return `SELECT DISTINCT id FROM (
		SELECT id FROM sites WHERE +id = webspace_id AND
			(` + s.matches(name, "name") + ` OR unicode_name <> name AND ` + s.matches(name, "unicode_name") + `)
		UNION ALL SELECT id FROM webspaces WHERE ` + s.matches(pattern, "external_id") + `
		UNION ALL SELECT id FROM webspaces WHERE owner_id IN (
			SELECT id FROM accounts WHERE ` + s.matches(pattern, "login", "person", "company") + `)) AS texts`
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
		if q.Order == ledger.OrderOwner { // all have the same
			l.order = listOrder{from: l.table, on: "TRUE", columns: []string{l.id}}
		}
	}
	if q.Search != "" {
		l.found = `SELECT id FROM accounts WHERE ` +
			s.matches(l.args.add(likePattern(q.Search)), "person", "company", "login", "email", "external_id")
	}
	return l
}

// accountOrders are the orders of accounts a. By owner, SQLite takes the tables
// of a cross join in their order: it would guess that sorting is cheaper.
func (s *Store) accountOrders() map[ledger.Order]listOrder {
	return map[ledger.Order]listOrder{
		ledger.OrderName:    {from: `accounts a`, on: "TRUE", columns: []string{s.dialect.folded("a.person"), "a.id"}},
		ledger.OrderCreated: {from: `accounts a`, on: "TRUE", columns: []string{"a.created", "a.id"}},
		ledger.OrderOwner: {
			from: `accounts o CROSS JOIN accounts a`, on: "a.owner_id = o.id", columns: []string{s.dialect.folded("o.person"), "o.id", "a.id"},
		},
	}
}

// matches returns the condition that one of some columns is like the pattern in
// an argument.
func (s *Store) matches(place string, columns ...string) string {
	conditions := make([]string, len(columns))
	for i, column := range columns {
		conditions[i] = s.dialect.matches(column, place)
	}
	return `(` + strings.Join(conditions, " OR ") + `)`
}

var likeEscapes = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// likePattern returns the pattern of the texts that have a part.
func likePattern(part string) string { return `%` + likeEscapes.Replace(part) + `%` }
