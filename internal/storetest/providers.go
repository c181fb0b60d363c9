package storetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

var errFull = errors.New("no room")

func testProviders(t *testing.T, w *world) {
	t.Run("new account", func(t *testing.T) { testAdmitAccount(t, w) })
	t.Run("new subscription", func(t *testing.T) { testAdmitWebspace(t, w) })
	t.Run("subscription with a new owner", func(t *testing.T) { testAdmitMovedWebspace(t, w) })
	t.Run("customer with a new owner", func(t *testing.T) { testMoveCustomer(t, w) })
	t.Run("at once", func(t *testing.T) { testAdmitAtOnce(t, w) })
	t.Run("another role", func(t *testing.T) { testChangeRole(t, w) })
}

// told is what an Admit was told, zero when it was not asked.
type told struct {
	Login                string
	Customers, Webspaces int
}

func (a *told) admit(p *ledger.Provider) error {
	*a = told{p.Login, p.Customers, p.Webspaces}
	return nil
}

func full(*ledger.Provider) error { return errFull }

func testAdmitAccount(t *testing.T, w *world) {
	ctx := t.Context()
	add := func(owner int64, admit ledger.Admit) error {
		account := ledger.Account{GUID: "g", Role: ledger.RoleCustomer, OwnerID: owner, Login: "added", Created: today}
		err := w.AddAccount(ctx, &account, admit)
		if err == nil {
			ok(t, w.DeleteAccount(ctx, account.ID))
		}
		return err
	}
	for _, c := range []struct {
		owner int64
		want  told
	}{
		{w.reseller.ID, told{"reseller", 1, 2}},
		{w.admin.ID, told{Login: "admin"}},
		{w.customer.ID, told{Login: "customer"}},
	} {
		var got told
		ok(t, add(c.owner, got.admit))
		equal(t, "provider of an account", got, c.want)
	}
	for _, owner := range []int64{w.reseller.ID, 987654321} {
		if err := add(owner, full); !errors.Is(err, errFull) {
			t.Errorf("got the error %v, want that of admit", err)
		}
	}
	equal(t, "accounts", must(w.AccountIDs(ctx, ledger.Everything, ledger.RoleCustomer, ledger.Selector{}))(t), []int64{w.customer.ID, w.client.ID})
}

func testAdmitWebspace(t *testing.T, w *world) {
	ctx := t.Context()
	for _, c := range []struct {
		owner ledger.Account
		want  told
	}{
		{w.client, told{"reseller", 1, 2}},
		{w.reseller, told{"reseller", 1, 2}},
		{w.customer, told{Login: "admin"}},
		{w.admin, told{Login: "admin"}},
	} {
		var got told
		space := newWebspace("added.example", &c.owner)
		ok(t, w.AddWebspace(ctx, &space, got.admit))
		equal(t, "provider of a subscription", got, c.want)
		ok(t, w.DeleteWebspace(ctx, space.ID))
	}
	space := newWebspace("added.example", &w.client)
	if err := w.AddWebspace(ctx, &space, full); !errors.Is(err, errFull) {
		t.Errorf("got the error %v, want that of admit", err)
	}
	equal(t, "subscription that was refused", must(w.WebspaceIDs(ctx, ledger.Everything, ledger.Selector{By: ledger.ByName, Value: "added.example"}))(t), nil)
}

func testAdmitMovedWebspace(t *testing.T, w *world) {
	ctx := t.Context()
	move := func(owner ledger.Account, admit ledger.Admit) error {
		return w.UpdateWebspace(ctx, w.adminSpace.ID, admit, func(space *ledger.Webspace) error {
			space.OwnerID, space.Description = owner.ID, "of "+owner.Login
			return nil
		})
	}
	for _, c := range []struct {
		owner ledger.Account
		want  told
	}{
		{w.admin, told{}},    // it is his
		{w.customer, told{}}, // whom he provides for
		{w.client, told{"reseller", 1, 2}},
		{w.reseller, told{}},
		{w.admin, told{Login: "admin"}},
	} {
		var got told
		ok(t, move(c.owner, got.admit))
		equal(t, "provider of a moved subscription", got, c.want)
	}
	if err := move(w.client, full); !errors.Is(err, errFull) {
		t.Errorf("got the error %v, want that of admit", err)
	}
	kept := must(w.Webspaces(ctx, []int64{w.adminSpace.ID}))(t)[0]
	equal(t, "subscription that was refused", [2]any{kept.OwnerID, kept.Description}, [2]any{w.admin.ID, "of admin"})
}

func testMoveCustomer(t *testing.T, w *world) {
	ctx := t.Context()
	more := w.addWebspace(t, "more.example", &w.customer)
	var got told
	var webspaces int
	move := func(id, owner int64) error {
		got = told{}
		return w.UpdateAccountWithWebspaces(ctx, id, func(a *ledger.Account) error {
			a.OwnerID = owner
			return nil
		}, func(p *ledger.Provider, n int) error {
			webspaces = n
			return got.admit(p)
		}, func(space *ledger.Webspace) error {
			space.Description = "moved"
			return nil
		})
	}
	ok(t, move(w.customer.ID, w.reseller.ID))
	equal(t, "new owner", got, told{"reseller", 1, 2})
	equal(t, "subscriptions that came with him", webspaces, 2)
	moved := must(w.Accounts(ctx, []int64{w.customer.ID}))(t)[0]
	equal(t, "owner", moved.OwnerID, w.reseller.ID)
	equal(t, "subscriptions of the new owner", must(w.WebspaceIDs(ctx, scope(w.reseller), ledger.Selector{}))(t),
		[]int64{w.resellerSpace.ID, w.customerSpace.ID, w.clientSpace.ID, more.ID})
	for _, space := range must(w.Webspaces(ctx, []int64{w.customerSpace.ID, more.ID, w.clientSpace.ID}))(t) {
		equal(t, "subscription is changed", space.Description == "moved", space.OwnerID == w.customer.ID)
	}
	ok(t, move(w.customer.ID, w.reseller.ID))
	equal(t, "owner as before", got, told{})

	for _, c := range []struct {
		admit  error
		change error
	}{
		{admit: errFull}, {change: errFull},
	} {
		err := w.UpdateAccountWithWebspaces(ctx, w.customer.ID,
			func(a *ledger.Account) error {
				a.OwnerID = w.admin.ID
				return nil
			},
			func(*ledger.Provider, int) error { return c.admit },
			func(space *ledger.Webspace) error {
				space.Description = "kept by mistake"
				return c.change
			})
		if !errors.Is(err, errFull) {
			t.Errorf("got the error %v, want that of the function", err)
		}
		equal(t, "owner after a refusal", must(w.Accounts(ctx, []int64{w.customer.ID}))(t)[0].OwnerID, w.reseller.ID)
		equal(t, "subscription after a refusal", must(w.Webspaces(ctx, []int64{more.ID}))(t)[0].Description, "moved")
	}
	fails(t, move(987654321, w.admin.ID), ledger.ErrNotFound)
	ok(t, move(w.customer.ID, w.admin.ID))
	ok(t, w.DeleteWebspace(ctx, more.ID))
}

// testAdmitAtOnce checks that of many who come together only so many get in as
// admit lets in one after the other.
func testAdmitAtOnce(t *testing.T, w *world) {
	const room, callers = 3, 12
	before := len(must(w.WebspaceIDs(t.Context(), scope(w.reseller), ledger.Selector{}))(t))
	admit := func(p *ledger.Provider) error {
		if p.Webspaces-before >= room {
			return errFull
		}
		return nil
	}
	var all sync.WaitGroup
	for i := range callers {
		all.Go(func() {
			space := newWebspace(fmt.Sprintf("together-%d.example", i), &w.client)
			if err := w.AddWebspace(t.Context(), &space, admit); err != nil && !errors.Is(err, errFull) {
				t.Errorf("unexpected error: %v", err)
			}
		})
	}
	all.Wait()
	after := must(w.WebspaceIDs(t.Context(), scope(w.reseller), ledger.Selector{}))(t)
	equal(t, "subscriptions that got in", len(after)-before, room)
	for _, id := range after[before:] {
		ok(t, w.DeleteWebspace(t.Context(), id))
	}
}

func testChangeRole(t *testing.T, w *world) {
	ctx := t.Context()
	become := func(id int64, role ledger.Role, owner int64) error {
		return w.UpdateAccountWithWebspaces(ctx, id, func(a *ledger.Account) error {
			a.Role, a.OwnerID = role, owner
			return nil
		}, func(*ledger.Provider, int) error { return nil }, func(*ledger.Webspace) error { return nil })
	}
	plan := w.addPlan(t, "Theirs", ledger.ServicePlan, &w.reseller)
	fails(t, become(w.reseller.ID, ledger.RoleCustomer, w.admin.ID), ledger.ErrFailed)
	equal(t, "role of one who has customers", must(w.Accounts(ctx, []int64{w.reseller.ID}))(t)[0].Role, ledger.RoleReseller)

	ok(t, become(w.client.ID, ledger.RoleReseller, w.admin.ID))
	equal(t, "resellers", must(w.AccountIDs(ctx, ledger.Everything, ledger.RoleReseller, ledger.Selector{}))(t), []int64{w.reseller.ID, w.client.ID})
	equal(t, "subscriptions of the owner before", must(w.WebspaceIDs(ctx, scope(w.reseller), ledger.Selector{}))(t), []int64{w.resellerSpace.ID})
	space := must(w.Webspaces(ctx, []int64{w.clientSpace.ID}))(t)[0]
	equal(t, "subscription of a new reseller", [3]any{space.OwnerID, space.OwnerRole, space.VendorGUID}, [3]any{w.client.ID, ledger.RoleReseller, w.client.GUID})

	ok(t, become(w.reseller.ID, ledger.RoleCustomer, w.admin.ID)) // who has no customers any more
	equal(t, "plans of who was a reseller", must(w.Plans(ctx, []int64{plan.ID}))(t), nil)
	space = must(w.Webspaces(ctx, []int64{w.resellerSpace.ID}))(t)[0]
	equal(t, "subscription of a new customer", [3]any{space.OwnerID, space.OwnerRole, space.VendorGUID}, [3]any{w.reseller.ID, ledger.RoleCustomer, w.admin.GUID})
}
