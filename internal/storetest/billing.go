package storetest

import (
	"slices"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

func testBilling(t *testing.T, w *world) {
	t.Run("of a subscription", func(t *testing.T) { testWebspaceBilling(t, w) })
	t.Run("of a customer", func(t *testing.T) { testCustomerBilling(t, w) })
}

func testWebspaceBilling(t *testing.T, w *world) {
	ctx := t.Context()
	first, second := w.customerSpace.ID, w.clientSpace.ID
	of := func(id int64) ledger.WebspaceBilling {
		t.Helper()
		return must(w.WebspaceBilling(ctx, []int64{id}))(t)[id]
	}
	equal(t, "nothing kept", must(w.WebspaceBilling(ctx, []int64{first, 987654321}))(t), nil)

	want := ledger.WebspaceBilling{
		Price:          &ledger.Money{Currency: "EUR", Sum: "10.50"},
		RenewalDate:    must(ledger.ParseRenewalDate("2010-12-22T14:33:12+0600"))(t),
		Cycle:          must(ledger.ParseCycle("P1MT"))(t),
		DomainStoreURL: "https://example.com/domains", CertStoreURL: "https://example.com/certs",
	}
	ok(t, w.UpdateWebspaceBilling(ctx, []int64{first, second}, func(b *ledger.WebspaceBilling) { *b = want }))
	equal(t, "first", of(first), want)
	equal(t, "second", of(second), want)
	equal(t, "both and another", must(w.WebspaceBilling(ctx, []int64{second, w.adminSpace.ID, first}))(t),
		map[int64]ledger.WebspaceBilling{first: want, second: want})
	equal(t, "renewal as given", of(first).RenewalDate.String(), "2010-12-22T14:33:12+0600")

	fails(t, w.UpdateWebspaceBilling(ctx, []int64{first, 987654321, second}, func(b *ledger.WebspaceBilling) {
		*b = ledger.WebspaceBilling{}
	}), ledger.ErrNotFound)
	equal(t, "first, when another was gone", of(first), want)

	ok(t, w.UpdateWebspaceBilling(ctx, []int64{first}, func(b *ledger.WebspaceBilling) {
		equal(t, "billing to change", *b, want)
		b.Price, b.RenewalDate = nil, ledger.RenewalDate{}
	}))
	changed := want
	changed.Price, changed.RenewalDate = nil, ledger.RenewalDate{}
	equal(t, "changed", of(first), changed)
	equal(t, "the other", of(second), want)
	ok(t, w.UpdateWebspaceBilling(ctx, []int64{first}, func(b *ledger.WebspaceBilling) { *b = ledger.WebspaceBilling{} }))
	equal(t, "cleared", of(first), ledger.WebspaceBilling{})
}

func testCustomerBilling(t *testing.T, w *world) {
	ctx := t.Context()
	one, other := w.customer.ID, w.client.ID
	equal(t, "nothing kept", must(w.CustomerBilling(ctx, one))(t), ledger.CustomerBilling{})

	income := []ledger.Money{{Currency: "USD", Sum: "3"}, {Currency: "EUR", Sum: "0.10"}, {Currency: "JPY", Sum: "100"}}
	ok(t, w.SetCustomerBilling(ctx, []int64{one, other}, ledger.CustomerBilling{
		ledger.BalanceIncome: income, ledger.BalanceCredit: {{Currency: "EUR", Sum: "123456789012345678.99"}},
	}))
	want := ledger.CustomerBilling{
		ledger.BalanceIncome: income, ledger.BalanceCredit: {{Currency: "EUR", Sum: "123456789012345678.99"}},
	}
	equal(t, "one", must(w.CustomerBilling(ctx, one))(t), want)
	equal(t, "other", must(w.CustomerBilling(ctx, other))(t), want)

	fails(t, w.SetCustomerBilling(ctx, []int64{one, 987654321}, ledger.CustomerBilling{ledger.BalanceIncome: nil}), ledger.ErrNotFound)
	equal(t, "one, when another was gone", must(w.CustomerBilling(ctx, one))(t), want)

	ok(t, w.SetCustomerBilling(ctx, []int64{one}, ledger.CustomerBilling{
		ledger.BalanceIncome: {{Currency: "CHF", Sum: "1.0"}}, ledger.BalanceCredit: nil,
		ledger.BalanceOveruseDue: {{Currency: "EUR", Sum: "2"}},
	}))
	equal(t, "replaced", must(w.CustomerBilling(ctx, one))(t), ledger.CustomerBilling{
		ledger.BalanceIncome: {{Currency: "CHF", Sum: "1.0"}}, ledger.BalanceOveruseDue: {{Currency: "EUR", Sum: "2"}},
	})
	equal(t, "other, not named", must(w.CustomerBilling(ctx, other))(t), want)
}

func testPrices(t *testing.T, w *world) {
	ctx := t.Context()
	equal(t, "no prices", must(w.Prices(ctx, ledger.Everything))(t), nil)
	monthly, cycle := ledger.Money{Currency: "EUR", Sum: "10.50"}, must(ledger.ParseCycle("P1M"))(t)
	set := func(price *ledger.Money, cycle ledger.Cycle, spaces ...int64) {
		t.Helper()
		ok(t, w.UpdateWebspaceBilling(ctx, spaces, func(b *ledger.WebspaceBilling) { b.Price, b.Cycle = price, cycle }))
	}
	set(&monthly, cycle, w.adminSpace.ID, w.customerSpace.ID, w.clientSpace.ID)
	set(nil, cycle, w.resellerSpace.ID)
	equal(t, "one price", must(w.Prices(ctx, ledger.Everything))(t), []ledger.PriceCount{{Price: monthly, Cycle: cycle, Webspaces: 3}})
	equal(t, "of a reseller", must(w.Prices(ctx, scope(w.reseller)))(t), []ledger.PriceCount{{Price: monthly, Cycle: cycle, Webspaces: 1}})
	equal(t, "of a customer", must(w.Prices(ctx, scope(w.customer)))(t), []ledger.PriceCount{{Price: monthly, Cycle: cycle, Webspaces: 1}})

	once := ledger.Money{Currency: "JPY", Sum: "100"}
	set(&once, ledger.Cycle{}, w.clientSpace.ID, w.resellerSpace.ID)
	got := must(w.Prices(ctx, ledger.Everything))(t)
	slices.SortFunc(got, func(x, y ledger.PriceCount) int { return strings.Compare(x.Price.String(), y.Price.String()) })
	equal(t, "several prices", got, []ledger.PriceCount{{Price: monthly, Cycle: cycle, Webspaces: 2}, {Price: once, Webspaces: 2}})
}
