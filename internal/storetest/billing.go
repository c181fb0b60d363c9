package storetest

import (
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
	equal(t, "nothing kept", must(w.WebspaceBilling(ctx, first))(t), ledger.WebspaceBilling{})
	equal(t, "of nothing", must(w.WebspaceBilling(ctx, 987654321))(t), ledger.WebspaceBilling{})

	want := ledger.WebspaceBilling{
		Price:          &ledger.Money{Currency: "EUR", Sum: "10.50"},
		RenewalDate:    must(ledger.ParseRenewalDate("2010-12-22T14:33:12+0600"))(t),
		Cycle:          must(ledger.ParseCycle("P1MT"))(t),
		DomainStoreURL: "https://example.com/domains", CertStoreURL: "https://example.com/certs",
	}
	ok(t, w.UpdateWebspaceBilling(ctx, []int64{first, second}, func(b *ledger.WebspaceBilling) { *b = want }))
	equal(t, "first", must(w.WebspaceBilling(ctx, first))(t), want)
	equal(t, "second", must(w.WebspaceBilling(ctx, second))(t), want)
	equal(t, "renewal as given", must(w.WebspaceBilling(ctx, first))(t).RenewalDate.String(), "2010-12-22T14:33:12+0600")

	fails(t, w.UpdateWebspaceBilling(ctx, []int64{first, 987654321, second}, func(b *ledger.WebspaceBilling) {
		*b = ledger.WebspaceBilling{}
	}), ledger.ErrNotFound)
	equal(t, "first, when another was gone", must(w.WebspaceBilling(ctx, first))(t), want)

	ok(t, w.UpdateWebspaceBilling(ctx, []int64{first}, func(b *ledger.WebspaceBilling) {
		equal(t, "billing to change", *b, want)
		b.Price, b.RenewalDate = nil, ledger.RenewalDate{}
	}))
	changed := want
	changed.Price, changed.RenewalDate = nil, ledger.RenewalDate{}
	equal(t, "changed", must(w.WebspaceBilling(ctx, first))(t), changed)
	equal(t, "the other", must(w.WebspaceBilling(ctx, second))(t), want)
	ok(t, w.UpdateWebspaceBilling(ctx, []int64{first}, func(b *ledger.WebspaceBilling) { *b = ledger.WebspaceBilling{} }))
	equal(t, "cleared", must(w.WebspaceBilling(ctx, first))(t), ledger.WebspaceBilling{})
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
