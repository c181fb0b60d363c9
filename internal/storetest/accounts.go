package storetest

import (
	"context"
	"errors"
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

func testAccounts(t *testing.T, w *world) {
	t.Run("add", func(t *testing.T) { testAddAccount(t, w) })
	t.Run("select", func(t *testing.T) { testAccountSelectors(t, w) })
	t.Run("read", func(t *testing.T) { testReadAccounts(t, w) })
	t.Run("update", func(t *testing.T) { testUpdateAccount(t, w) })
	t.Run("locales", func(t *testing.T) { testLocaleUsers(t, w) })
	t.Run("sites", func(t *testing.T) { testAccountSites(t, w) })
	t.Run("delete", func(t *testing.T) { testDeleteAccount(t, w) })
	t.Run("delete reseller", func(t *testing.T) { testDeleteReseller(t, w) })
}

func testAddAccount(t *testing.T, w *world) {
	ctx := t.Context()
	taken := ledger.Account{GUID: "g", Role: ledger.RoleCustomer, OwnerID: w.admin.ID, Login: "customer", Created: today}
	fails(t, w.AddAccount(ctx, &taken, nil), ledger.ErrExists)
	equal(t, "id of an account that was refused", taken.ID, 0)
	fails(t, w.AddAccount(ctx, &ledger.Account{ID: ledger.AdminID, Role: ledger.RoleAdmin, Login: "other", Created: today}, nil), ledger.ErrExists)

	chosen := ledger.Account{ID: 500, GUID: "g", Role: ledger.RoleCustomer, OwnerID: w.admin.ID, Login: "chosen", Created: today}
	ok(t, w.AddAccount(ctx, &chosen, nil))
	equal(t, "id that was given", chosen.ID, 500)
	next := w.addAccount(t, "next", ledger.RoleCustomer, &w.admin)
	if next.ID <= chosen.ID {
		t.Errorf("got id %d after %d, want a higher one", next.ID, chosen.ID)
	}
	ok(t, w.DeleteAccount(ctx, next.ID))
	again := w.addAccount(t, "next", ledger.RoleCustomer, &w.admin)
	if again.ID <= next.ID {
		t.Errorf("got id %d after the deleted %d, want a higher one", again.ID, next.ID)
	}
	ok(t, w.DeleteAccount(ctx, again.ID))
	ok(t, w.DeleteAccount(ctx, chosen.ID))
}

func testAccountSelectors(t *testing.T, w *world) {
	ids := func(role ledger.Role) func(context.Context, ledger.Scope, ledger.Selector) ([]int64, error) {
		return func(ctx context.Context, in ledger.Scope, by ledger.Selector) ([]int64, error) {
			return w.AccountIDs(ctx, in, role, by)
		}
	}
	admin, reseller, customer, client := w.admin.ID, w.reseller.ID, w.customer.ID, w.client.ID
	selects(t, ledger.Everything, ids(0), []selection{
		{ledger.ByAll, "", []int64{admin, reseller, customer, client}},
		{ledger.ByID, id(client), []int64{client}},
		{ledger.ByLogin, "client", []int64{client}},
		{ledger.ByLogin, "Client", nil},
		{ledger.ByLogin, "", nil},
		{ledger.ByGUID, w.reseller.GUID, []int64{reseller}},
		{ledger.ByExternalID, w.customer.ExternalID, []int64{customer}},
		{ledger.ByExternalID, "", nil},
		{ledger.ByOwnerID, id(admin), []int64{reseller, customer}},
		{ledger.ByOwnerID, "admin", nil},
		{ledger.ByOwnerLogin, "reseller", []int64{client}},
		{ledger.ByOwnerGUID, w.admin.GUID, []int64{reseller, customer}},
		{ledger.ByOwnerExternalID, w.reseller.ExternalID, []int64{client}},
		{ledger.ByOwnerExternalID, "", nil},
	})
	selects(t, ledger.Everything, ids(ledger.RoleCustomer), []selection{
		{ledger.ByAll, "", []int64{customer, client}},
		{ledger.ByLogin, "reseller", nil},
		{ledger.ByOwnerID, id(admin), []int64{customer}},
	})
	selects(t, ledger.Everything, ids(ledger.RoleReseller), []selection{{ledger.ByAll, "", []int64{reseller}}})
	for _, s := range unusable {
		selects(t, ledger.Everything, ids(0), []selection{{s.by, s.value, nil}})
	}

	blank := w.addAccount(t, "blank", ledger.RoleCustomer, &w.admin)
	ok(t, w.UpdateAccount(t.Context(), blank.ID, func(a *ledger.Account) error {
		a.ExternalID, a.GUID = "", ""
		return nil
	}))
	selects(t, ledger.Everything, ids(0), []selection{{ledger.ByExternalID, "", nil}, {ledger.ByGUID, "", nil}})
	ok(t, w.DeleteAccount(t.Context(), blank.ID))
}

func testReadAccounts(t *testing.T, w *world) {
	got := must(w.Accounts(t.Context(), []int64{w.client.ID, 987654321, w.admin.ID, w.reseller.ID}))(t)
	equal(t, "accounts", got, []ledger.Account{w.client, w.admin, w.reseller})
	equal(t, "no accounts", must(w.Accounts(t.Context(), nil))(t), nil)

	suspend(t, w, w.reseller.ID)
	got = must(w.Accounts(t.Context(), []int64{w.client.ID}))(t)
	equal(t, "owner's status", got[0].OwnerStatus, ledger.StatusDownByAdmin)
	w.reseller.Status, w.client.OwnerStatus = ledger.StatusDownByAdmin, ledger.StatusDownByAdmin
}

func testUpdateAccount(t *testing.T, w *world) {
	ctx := t.Context()
	want := w.customer
	want.GUID, want.Login, want.PasswordHash, want.Status = "new guid", "renamed", "new hash", ledger.StatusDownByCustomer
	want.ExternalID, want.Description = "new", "new text"
	want.Contact = ledger.Contact{Name: "only a name"}
	yes := true
	want.Reseller = ledger.ResellerSettings{
		Oversell: &yes, PowerUser: &yes, Permissions: ledger.Properties[bool]{{Name: "create_clients"}},
		Limits: ledger.Limits{Overuse: "notify", Values: ledger.Properties[int64]{{Name: "max_cl", Value: 5}}},
	}
	ok(t, w.UpdateAccount(ctx, w.customer.ID, func(a *ledger.Account) error {
		equal(t, "account as it was", *a, w.customer)
		*a = want
		return nil
	}))
	equal(t, "updated account", must(w.Accounts(ctx, []int64{want.ID}))(t), []ledger.Account{want})

	refused := errors.New("refused")
	err := w.UpdateAccount(ctx, want.ID, func(a *ledger.Account) error {
		a.Login = "kept by mistake"
		return refused
	})
	if !errors.Is(err, refused) {
		t.Errorf("got the error %v, want that of change", err)
	}
	fails(t, w.UpdateAccount(ctx, want.ID, func(a *ledger.Account) error {
		a.Login, a.Description = "client", "kept by mistake"
		return nil
	}), ledger.ErrExists)
	equal(t, "account after refused updates", must(w.Accounts(ctx, []int64{want.ID}))(t), []ledger.Account{want})
	fails(t, w.UpdateAccount(ctx, 987654321, func(*ledger.Account) error { return nil }), ledger.ErrNotFound)
	w.customer = want
}

func testLocaleUsers(t *testing.T, w *world) {
	ctx := t.Context()
	german := w.addAccount(t, "german", ledger.RoleCustomer, &w.admin)
	nobody := w.addAccount(t, "without a locale", ledger.RoleCustomer, &w.reseller)
	for _, change := range []struct {
		account int64
		locale  string
	}{{nobody.ID, ""}, {w.client.ID, "fr-FR"}} {
		ok(t, w.UpdateAccount(ctx, change.account, func(a *ledger.Account) error {
			a.Contact.Locale = change.locale
			return nil
		}))
	}
	equal(t, "locales of all", must(w.LocaleUsers(ctx, ledger.Everything))(t), map[string]int{"de-DE": 3, "fr-FR": 1})
	equal(t, "locales of a reseller and his", must(w.LocaleUsers(ctx, scope(w.reseller)))(t), map[string]int{"de-DE": 1, "fr-FR": 1})
	equal(t, "locale of a customer", must(w.LocaleUsers(ctx, scope(german)))(t), map[string]int{"de-DE": 1})
	ok(t, w.UpdateAccount(ctx, w.client.ID, func(a *ledger.Account) error {
		a.Contact.Locale = "de-DE"
		return nil
	}))
	ok(t, w.DeleteAccount(ctx, german.ID))
	ok(t, w.DeleteAccount(ctx, nobody.ID))
}

func testAccountSites(t *testing.T, w *world) {
	ctx := t.Context()
	owner := w.addAccount(t, "owner of two", ledger.RoleCustomer, &w.admin)
	first := w.addWebspace(t, "first.example", &owner)
	second := w.addWebspace(t, "second.example", &owner)
	addon := w.addSite(t, "addon.example", &first, nil)
	sub := w.addSite(t, "sub.addon.example", &first, &addon)
	check := func(wantActive int) {
		t.Helper()
		equal(t, "sites of an account", must(w.AccountSites(ctx, scope(owner)))(t), ledger.AccountSites{
			IDs: []int64{first.ID, second.ID, addon.ID, sub.ID}, Active: wantActive, Subdomains: 1,
		})
	}
	check(3)
	ok(t, w.UpdateSite(ctx, addon.ID, func(site *ledger.Site) error {
		site.Status = ledger.StatusDownByCustomer
		return nil
	}))
	check(2)
	ok(t, w.UpdateWebspace(ctx, second.ID, nil, func(space *ledger.Webspace) error {
		space.Status = ledger.StatusDownByCustomer
		return nil
	}))
	check(1)
	suspend(t, w, owner.ID)
	check(0)
	equal(t, "sites of nobody", must(w.AccountSites(ctx, ledger.Scope{Role: ledger.RoleCustomer, AccountID: 987654321}))(t), ledger.AccountSites{})
	equal(t, "sites of a reseller and his customers", must(w.AccountSites(ctx, scope(w.reseller)))(t).IDs,
		[]int64{w.resellerSpace.ID, w.clientSpace.ID})
	ok(t, w.DeleteAccount(ctx, owner.ID))
}

func testDeleteAccount(t *testing.T, w *world) {
	ctx := t.Context()
	space := w.customerSpace
	ok(t, w.AddSecretKey(ctx, &ledger.SecretKey{ID: "key", Hash: "hash of key", AccountID: w.customer.ID}))
	ok(t, w.SetCustomerBilling(ctx, []int64{w.customer.ID}, ledger.CustomerBilling{
		ledger.BalanceCredit: {{Currency: "EUR", Sum: "1.00"}},
	}))
	ok(t, w.UpdateWebspaceBilling(ctx, []int64{space.ID}, func(b *ledger.WebspaceBilling) { b.DomainStoreURL = "https://example.com" }))
	keepTraffic(t, w, mail(space.ID, today, 1), mail(w.adminSpace.ID, today, 2))

	fails(t, w.DeleteAccount(ctx, 987654321), ledger.ErrNotFound)
	ok(t, w.DeleteAccount(ctx, w.customer.ID))
	fails(t, w.DeleteAccount(ctx, w.customer.ID), ledger.ErrNotFound)

	equal(t, "account", must(w.Accounts(ctx, []int64{w.customer.ID}))(t), nil)
	equal(t, "subscription", must(w.Webspaces(ctx, []int64{space.ID}))(t), nil)
	equal(t, "site", must(w.Sites(ctx, []int64{space.ID}))(t), nil)
	equal(t, "keys", must(w.SecretKeys(ctx))(t), nil)
	equal(t, "balances", must(w.CustomerBilling(ctx, w.customer.ID))(t), nil)
	equal(t, "billing", must(w.WebspaceBilling(ctx, []int64{space.ID}))(t), nil)
	equal(t, "traffic", must(w.Traffic(ctx, []int64{space.ID, w.adminSpace.ID}, today, today))(t),
		[]ledger.SiteDay{day(w.adminSpace.ID, today, 2)})
}

func testDeleteReseller(t *testing.T, w *world) {
	ctx := t.Context()
	ok(t, w.DeleteAccount(ctx, w.reseller.ID))
	equal(t, "accounts", must(w.AccountIDs(ctx, ledger.Everything, 0, ledger.Selector{}))(t), []int64{w.admin.ID})
	equal(t, "subscriptions", must(w.WebspaceIDs(ctx, ledger.Everything, ledger.Selector{}))(t), []int64{w.adminSpace.ID})
}
