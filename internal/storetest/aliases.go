package storetest

import (
	"errors"
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

func testAliases(t *testing.T, w *world) {
	t.Run("add", func(t *testing.T) { testAddAlias(t, w) })
	t.Run("names", func(t *testing.T) { testNamesOfSitesAndAliases(t, w) })
	t.Run("select", func(t *testing.T) { testAliasSelectors(t, w) })
	t.Run("status", func(t *testing.T) { testSiteStatusOfAliases(t, w) })
	t.Run("update", func(t *testing.T) { testUpdateAlias(t, w) })
	t.Run("delete", func(t *testing.T) { testDeleteAlias(t, w) })
	t.Run("delete with the site", func(t *testing.T) { testDeleteAliasWithSite(t, w) })
}

// addAlias adds an alias of a site and returns it as the store should read it
// back.
func (w *world) addAlias(t *testing.T, name string, space *ledger.Webspace, site int64) ledger.Alias {
	t.Helper()
	alias := newAlias(name, space, site)
	ok(t, w.AddAlias(t.Context(), &alias, admitAny))
	return alias
}

func newAlias(name string, space *ledger.Webspace, site int64) ledger.Alias {
	yes, permit := true, "permit of "+name
	return ledger.Alias{
		SiteID: site, WebspaceID: space.ID, Name: domain(name), Status: ledger.StatusAliasDown,
		Settings: ledger.AliasSettings{Mail: &yes, ICPPermit: &permit},
	}
}

func domain(name string) ledger.DomainName {
	return ledger.DomainName{ASCII: name, Unicode: "ü" + name}
}

func testAddAlias(t *testing.T, w *world) {
	ctx := t.Context()
	space := &w.customerSpace
	addon := w.addSite(t, "addon.example", space, nil)
	one := w.addAlias(t, "one.example", space, space.ID)
	two := w.addAlias(t, "two.example", space, addon.ID)
	equal(t, "aliases", must(w.Aliases(ctx, []int64{two.ID, 987654321, one.ID}))(t), []ledger.Alias{two, one})
	equal(t, "no aliases", must(w.Aliases(ctx, nil))(t), nil)

	refused := errors.New("refused")
	alias := newAlias("three.example", space, addon.ID)
	err := w.AddAlias(ctx, &alias, func(has ledger.Use) error {
		equal(t, "what is there to be admitted to", has, ledger.Use{Sites: 2, Aliases: 2})
		return refused
	})
	if !errors.Is(err, refused) {
		t.Errorf("got the error %v, want that of admit", err)
	}
	equal(t, "id of an alias that was refused", alias.ID, 0)
	alias.SiteID = 987654321
	fails(t, w.AddAlias(ctx, &alias, admitAny), ledger.ErrNotFound)

	ok(t, w.DeleteAlias(ctx, two.ID))
	again := w.addAlias(t, "two.example", space, addon.ID)
	if again.ID <= two.ID {
		t.Errorf("got id %d after the deleted %d, want a higher one", again.ID, two.ID)
	}
	ok(t, w.DeleteAlias(ctx, one.ID))
	ok(t, w.DeleteSite(ctx, addon.ID))
}

// testNamesOfSitesAndAliases checks that no way leads to a name twice.
func testNamesOfSitesAndAliases(t *testing.T, w *world) {
	ctx := t.Context()
	space := &w.customerSpace
	addon := w.addSite(t, "addon.example", space, nil)
	sub := w.addSite(t, "sub.addon.example", space, &addon)
	alias := w.addAlias(t, "alias.example", space, space.ID)
	other := w.addAlias(t, "other.example", space, space.ID)

	webspace, site, subdomain := newWebspace("alias.example", &w.admin), newSite("alias.example", space, nil), newSite("alias.example", space, &addon)
	fails(t, w.AddWebspace(ctx, &webspace, nil), ledger.ErrExists)
	fails(t, w.AddSite(ctx, &site, admitAny), ledger.ErrExists)
	fails(t, w.AddSite(ctx, &subdomain, admitAny), ledger.ErrExists)
	fails(t, w.UpdateWebspace(ctx, space.ID, nil, func(w *ledger.Webspace) error {
		w.Name = alias.Name
		return nil
	}), ledger.ErrExists)
	for _, id := range []int64{addon.ID, sub.ID} {
		fails(t, w.UpdateSite(ctx, id, func(s *ledger.Site) error {
			s.Name = alias.Name
			return nil
		}), ledger.ErrExists)
	}
	for _, taken := range []ledger.DomainName{space.Name, w.adminSpace.Name, addon.Name, sub.Name, other.Name} {
		another := newAlias(taken.ASCII, space, space.ID)
		fails(t, w.AddAlias(ctx, &another, admitAny), ledger.ErrExists)
		equal(t, "id of an alias that was refused", another.ID, 0)
		fails(t, w.UpdateAlias(ctx, alias.ID, func(a *ledger.Alias) error {
			a.Name = taken
			return nil
		}), ledger.ErrExists)
	}
	equal(t, "sites after refused changes", must(w.SiteIDs(ctx, ledger.Everything, ledger.Selector{By: ledger.ByParentID, Value: id(space.ID)}))(t), []int64{addon.ID, sub.ID})
	equal(t, "aliases after refused changes", must(w.Aliases(ctx, []int64{alias.ID, other.ID}))(t), []ledger.Alias{alias, other})

	// A name that is given up is free for either.
	ok(t, w.DeleteAlias(ctx, alias.ID))
	ok(t, w.DeleteSite(ctx, sub.ID))
	freed := w.addSite(t, "alias.example", space, nil)
	w.addAlias(t, "sub.addon.example", space, addon.ID)
	ok(t, w.DeleteSite(ctx, freed.ID))
	ok(t, w.DeleteSite(ctx, addon.ID))
	ok(t, w.DeleteAlias(ctx, other.ID))
}

func testAliasSelectors(t *testing.T, w *world) {
	customer, client := w.customerSpace, w.clientSpace
	addon := w.addSite(t, "addon.example", &customer, nil)
	ofMain := w.addAlias(t, "main.example", &customer, customer.ID)
	ofAddon := w.addAlias(t, "second.example", &customer, addon.ID)
	ofClient := w.addAlias(t, "clients.example", &client, client.ID)
	selects(t, ledger.Everything, w.AliasIDs, []selection{
		{ledger.ByAll, "", []int64{ofMain.ID, ofAddon.ID, ofClient.ID}},
		{ledger.ByID, id(ofAddon.ID), []int64{ofAddon.ID}},
		{ledger.ByID, "x", nil},
		{ledger.ByID, "987654321", nil},
		{ledger.ByName, "second.example", []int64{ofAddon.ID}},
		{ledger.ByName, "üsecond.example", nil},
		{ledger.ByName, addon.Name.ASCII, nil},
		{ledger.ByName, "", nil},
		{ledger.BySiteID, id(addon.ID), []int64{ofAddon.ID}},
		{ledger.BySiteID, "x", nil},
		{ledger.BySiteName, customer.Name.ASCII, []int64{ofMain.ID}},
		{ledger.BySiteName, "", nil},
	})
	for _, c := range []struct {
		in              ledger.Scope
		customers, both []int64
	}{
		{scope(w.customer), []int64{ofMain.ID}, []int64{ofMain.ID, ofAddon.ID}},
		{scope(w.client), nil, []int64{ofClient.ID}},
		{scope(w.reseller), nil, []int64{ofClient.ID}},
		{ledger.Scope{}, nil, nil},
	} {
		selects(t, c.in, w.AliasIDs, []selection{
			{ledger.ByAll, "", c.both}, {ledger.ByName, ofMain.Name.ASCII, c.customers}, {ledger.ByID, id(ofMain.ID), c.customers},
			{ledger.BySiteID, id(customer.ID), c.customers}, {ledger.BySiteName, customer.Name.ASCII, c.customers},
		})
	}
	ok(t, w.DeleteSite(t.Context(), addon.ID))
	ok(t, w.DeleteAlias(t.Context(), ofMain.ID))
	ok(t, w.DeleteAlias(t.Context(), ofClient.ID))
}

// testSiteStatusOfAliases checks that an alias shows what its site is.
func testSiteStatusOfAliases(t *testing.T, w *world) {
	ctx := t.Context()
	addon := w.addSite(t, "addon.example", &w.resellerSpace, nil)
	ofMain := w.addAlias(t, "main.example", &w.resellerSpace, w.resellerSpace.ID)
	ofAddon := w.addAlias(t, "second.example", &w.resellerSpace, addon.ID)
	check := func(main, second ledger.Status) {
		t.Helper()
		aliases := must(w.Aliases(ctx, []int64{ofMain.ID, ofAddon.ID}))(t)
		equal(t, "status of the main site", aliases[0].SiteStatus, main)
		equal(t, "status of the addon site", aliases[1].SiteStatus, second)
		equal(t, "own status", aliases[0].Status, ofMain.Status)
	}
	check(0, 0)
	ok(t, w.UpdateSite(ctx, addon.ID, func(site *ledger.Site) error {
		site.Status = ledger.StatusDownByCustomer
		return nil
	}))
	check(0, ledger.StatusDownByCustomer)
	suspend(t, w, w.reseller.ID)
	check(ledger.StatusDownByAdmin, ledger.StatusDownByAdmin|ledger.StatusDownByCustomer)
	ok(t, w.DeleteSite(ctx, addon.ID))
	ok(t, w.DeleteAlias(ctx, ofMain.ID))
}

func testUpdateAlias(t *testing.T, w *world) {
	ctx := t.Context()
	alias := w.addAlias(t, "alias.example", &w.customerSpace, w.customerSpace.ID)
	no := false
	want := alias
	want.Name, want.Status, want.Settings = domain("new.example"), ledger.StatusWebDown, ledger.AliasSettings{Web: &no, ManageDNS: &no}
	ok(t, w.UpdateAlias(ctx, alias.ID, func(a *ledger.Alias) error {
		equal(t, "alias as it was", *a, alias)
		*a = want
		return nil
	}))
	equal(t, "updated alias", must(w.Aliases(ctx, []int64{alias.ID}))(t), []ledger.Alias{want})

	refused := errors.New("refused")
	err := w.UpdateAlias(ctx, alias.ID, func(a *ledger.Alias) error {
		a.Status = ledger.StatusActive
		return refused
	})
	if !errors.Is(err, refused) {
		t.Errorf("got the error %v, want that of change", err)
	}
	fails(t, w.UpdateAlias(ctx, 987654321, func(*ledger.Alias) error { return nil }), ledger.ErrNotFound)
	equal(t, "alias after a refused update", must(w.Aliases(ctx, []int64{alias.ID}))(t), []ledger.Alias{want})
	ok(t, w.DeleteAlias(ctx, alias.ID))
}

func testDeleteAlias(t *testing.T, w *world) {
	ctx := t.Context()
	gone := w.addAlias(t, "gone.example", &w.customerSpace, w.customerSpace.ID)
	stays := w.addAlias(t, "stays.example", &w.customerSpace, w.customerSpace.ID)
	ok(t, w.DeleteAlias(ctx, gone.ID))
	fails(t, w.DeleteAlias(ctx, gone.ID), ledger.ErrNotFound)
	fails(t, w.DeleteAlias(ctx, 987654321), ledger.ErrNotFound)
	equal(t, "aliases", must(w.Aliases(ctx, []int64{gone.ID, stays.ID}))(t), []ledger.Alias{stays})
	ok(t, w.DeleteAlias(ctx, stays.ID))
}

// testDeleteAliasWithSite checks that aliases go with their site: when it is
// deleted, and with its parent, its subscription and its owner.
func testDeleteAliasWithSite(t *testing.T, w *world) {
	ctx := t.Context()
	space := w.clientSpace
	addon := w.addSite(t, "addon.example", &space, nil)
	sub := w.addSite(t, "sub.addon.example", &space, &addon)
	w.addAlias(t, "of-sub.example", &space, sub.ID)
	w.addAlias(t, "of-addon.example", &space, addon.ID)
	ofMain := w.addAlias(t, "of-main.example", &space, space.ID)
	ofCustomer := w.addAlias(t, "of-customer.example", &w.customerSpace, w.customerSpace.ID)
	ofAdmin := w.addAlias(t, "of-admin.example", &w.adminSpace, w.adminSpace.ID)
	left := func(want ...int64) {
		t.Helper()
		equal(t, "aliases left", must(w.AliasIDs(ctx, ledger.Everything, ledger.Selector{}))(t), want)
	}
	ok(t, w.DeleteSite(ctx, addon.ID))
	left(ofMain.ID, ofCustomer.ID, ofAdmin.ID)
	ok(t, w.DeleteWebspace(ctx, space.ID))
	left(ofCustomer.ID, ofAdmin.ID)
	ok(t, w.DeleteAccount(ctx, w.customer.ID))
	left(ofAdmin.ID)
}
