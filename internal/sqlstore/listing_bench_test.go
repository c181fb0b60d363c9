package sqlstore

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

const listed = 100_000

// BenchmarkLists asks for pages and sums of 100,000 subscriptions of 50,000
// customers, half of whom are those of 100 resellers.
func BenchmarkLists(b *testing.B) {
	b.Run("SQLite", func(b *testing.B) { benchmarkLists(b, openSQLiteIn(b, b.TempDir())) })
	b.Run("PostgreSQL", func(b *testing.B) {
		store, _ := openDurable(b)
		benchmarkLists(b, store)
	})
}

func benchmarkLists(b *testing.B, store *Store) {
	fillLists(b, store)
	everything, ctx := ledger.Everything, context.Background()
	page := func(order ledger.Order, descending bool) ledger.Listing {
		return ledger.Listing{Order: order, Descending: descending, Limit: 50}
	}
	list := func(name string, in ledger.Scope, q ledger.WebspaceListing) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, _, err := store.ListWebspaces(ctx, in, q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	for _, order := range []ledger.Order{ledger.OrderName, ledger.OrderOwner, ledger.OrderCreated, ledger.OrderRenewal} {
		for direction, descending := range map[string]bool{"up": false, "down": true} {
			q := page(order, descending)
			list("first page by "+string(order)+" "+direction, everything, ledger.WebspaceListing{Listing: q})
			q.Offset = listed - 50
			list("last page by "+string(order)+" "+direction, everything, ledger.WebspaceListing{Listing: q})
		}
	}
	for _, search := range []string{"nothing has this", "example", "site7777", "customer 4"} {
		q := page(ledger.OrderName, false)
		q.Search = search
		list("search for "+search, everything, ledger.WebspaceListing{Listing: q})
	}
	q := page(ledger.OrderName, false)
	list("of a reseller", ledger.Scope{Role: ledger.RoleReseller, AccountID: 2}, ledger.WebspaceListing{Listing: q})
	list("of a customer", ledger.Scope{Role: ledger.RoleCustomer, AccountID: 5000}, ledger.WebspaceListing{Listing: q})
	list("overused", everything, ledger.WebspaceListing{Listing: q, Overused: firstDay})
	from := ledger.DateOf(firstDay.Time().AddDate(0, 6, 0))
	midnight := func(d ledger.Date) ledger.DayStart { return ledger.DayStart{Date: d, At: d.Time().Add(5 * time.Hour)} }
	list("renewals of 30 days", everything, ledger.WebspaceListing{
		Listing: page(ledger.OrderRenewal, false), RenewsFrom: midnight(from), RenewsBefore: midnight(from.AddDays(30)),
	})
	benchmarkAccounts(b, store)
	benchmarkOwned(b, store)
	benchmarkSums(b, store)
}

func benchmarkAccounts(b *testing.B, store *Store) {
	for name, q := range map[string]ledger.AccountListing{
		"customers by name":    {Listing: ledger.Listing{Order: ledger.OrderName, Limit: 50}, Role: ledger.RoleCustomer},
		"customers by owner":   {Listing: ledger.Listing{Order: ledger.OrderOwner, Limit: 50}, Role: ledger.RoleCustomer},
		"customers by created": {Listing: ledger.Listing{Order: ledger.OrderCreated, Limit: 50}, Role: ledger.RoleCustomer},
		"resellers by owner":   {Listing: ledger.Listing{Order: ledger.OrderOwner, Limit: 50}, Role: ledger.RoleReseller},
		"all accounts by name": {Listing: ledger.Listing{Order: ledger.OrderName, Limit: 50}},
		"search for accounts":  {Listing: ledger.Listing{Order: ledger.OrderName, Limit: 50, Search: "nothing has this"}},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, _, err := store.ListAccounts(context.Background(), ledger.Everything, q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func benchmarkOwned(b *testing.B, store *Store) {
	var customers, resellers []int64
	for id := range int64(50) {
		resellers, customers = append(resellers, 2+id), append(customers, 5000+id)
	}
	for name, ids := range map[string][]int64{"what 50 customers have": customers, "what 50 resellers have": resellers} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := store.CountOwned(context.Background(), ids); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func benchmarkSums(b *testing.B, store *Store) {
	ctx := context.Background()
	for name, ask := range map[string]func() error{
		"prices": func() error { _, err := store.Prices(ctx, ledger.Everything); return err },
		"revenue": func() error {
			_, err := ledger.New(store, ledger.Options{Now: time.Now, Random: noise{}}).Revenue(ctx, ledger.Identity{Role: ledger.RoleAdmin})
			return err
		},
		"month of all": func() error { _, err := store.MonthOfAll(ctx, ledger.Everything, firstDay); return err },
		"top 10":       func() error { _, err := store.TopWebspaces(ctx, ledger.Everything, firstDay, 10); return err },
		"month of all of a reseller": func() error {
			_, err := store.MonthOfAll(ctx, ledger.Scope{Role: ledger.RoleReseller, AccountID: 2}, firstDay)
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := ask(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// noise is a source of randomness that has none.
type noise struct{}

func (noise) Read(p []byte) (int, error) { return len(p), nil }

// fillLists fills a ledger with what BenchmarkLists asks for: half of the
// subscriptions have a price and renew, and each used something in a month.
func fillLists(b *testing.B, store *Store) {
	b.Helper()
	const settings = `{"hosting":{"type":"vrt_hst","ips":["192.0.2.1"],"properties":[{"name":"ftp_login","value":"somebody"},` +
		`{"name":"shell","value":"/bin/false"}]},"limits":{"overuse":"block","values":[{"name":"max_traffic","value":1099511627776}]}}`
	counted := func(last int) string {
		return `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ` + strconv.Itoa(last) + `) `
	}
	account := func(last int, role, owner, login string) string {
		return counted(last) + `INSERT INTO accounts (` + accountFields + `)
			SELECT 'guid of ' || ` + login + `, ` + role + `, ` + owner + `, ` + login + `, '', 20260101 + i % 28, 0, 'billing-' || ` + login + `, '',
				'Company of ' || ` + login + `, 'Name of ' || ` + login + `, '', '', ` + login + ` || '@example.com', '', '', '', '', '', '', '{}', NULL, FALSE FROM n`
	}
	execute(b, store,
		account(1, "1", "NULL", "'admin'"),
		account(100, "2", "1", "'reseller ' || i"),
		account(listed/2, "3", "CASE WHEN i % 2 = 0 THEN 1 ELSE 2 + i % 100 END", "'customer ' || i"),
		counted(listed)+`INSERT INTO sites (id, webspace_id, guid, name, unicode_name, created, status, description)
			SELECT i, i, 'guid of ' || i, 'site' || (i * 7919 % 100003) || '.example', 'site' || (i * 7919 % 100003) || '.example', 20260101 + i % 28, 0, '' FROM n`,
		counted(listed)+`INSERT INTO webspaces (id, `+webspaceFields+`, renewal_at)
			SELECT i, 102 + i % 50000, 'billing-' || i, '', '', NULL, FALSE, CASE WHEN i % 100 = 0 THEN 20260101 ELSE 0 END, '`+settings+`',
				CASE WHEN i % 2 = 0 THEN 1767225600 + i * 317 END FROM n`,
		`INSERT INTO webspace_billing (webspace_id, currency, sum, renewal_date, cycle, domain_store_url, cert_store_url)
			SELECT id, CASE WHEN id % 3 = 0 THEN 'EUR' ELSE 'USD' END, (id % 50) || '.90', '2026-12-22', CASE WHEN id % 4 = 0 THEN 'P1Y' ELSE 'P1M' END,
				'https://example.com/domains', 'https://example.com/certificates' FROM webspaces WHERE id % 2 = 0`)
	storeRun(b, store, randomRun(listed, func(i int) (int64, ledger.Date) { return int64(i) + 1, firstDay }))
}
