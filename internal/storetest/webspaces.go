package storetest

import (
	"errors"
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

func testWebspaces(t *testing.T, w *world) {
	t.Run("add", func(t *testing.T) { testAddWebspace(t, w) })
	t.Run("select", func(t *testing.T) { testWebspaceSelectors(t, w) })
	t.Run("read", func(t *testing.T) { testReadWebspaces(t, w) })
	t.Run("update", func(t *testing.T) { testUpdateWebspace(t, w) })
	t.Run("delete", func(t *testing.T) { testDeleteWebspace(t, w) })
}

func testAddWebspace(t *testing.T, w *world) {
	ctx := t.Context()
	taken := newWebspace("admin.example", &w.customer)
	fails(t, w.AddWebspace(ctx, &taken, nil), ledger.ErrExists)
	equal(t, "id of a subscription that was refused", taken.ID, 0)
	sameID := newWebspace("same-id.example", &w.customer)
	sameID.ID = w.adminSpace.ID
	fails(t, w.AddWebspace(ctx, &sameID, nil), ledger.ErrExists)

	chosen := newWebspace("chosen.example", &w.customer)
	chosen.ID = 70_000
	ok(t, w.AddWebspace(ctx, &chosen, nil))
	equal(t, "id that was given", chosen.ID, 70_000)
	next := w.addWebspace(t, "next.example", &w.customer)
	if next.ID <= chosen.ID {
		t.Errorf("got id %d after %d, want a higher one", next.ID, chosen.ID)
	}
	low := newWebspace("low.example", &w.customer)
	low.ID = 60_000
	ok(t, w.AddWebspace(ctx, &low, nil))
	ok(t, w.DeleteWebspace(ctx, next.ID))
	again := w.addWebspace(t, "next.example", &w.customer)
	if again.ID <= next.ID {
		t.Errorf("got id %d after the deleted %d, want a higher one", again.ID, next.ID)
	}
	equal(t, "subscriptions", must(w.WebspaceIDs(ctx, scope(w.customer), ledger.Selector{}))(t),
		[]int64{w.customerSpace.ID, low.ID, chosen.ID, again.ID})
	for _, id := range []int64{low.ID, chosen.ID, again.ID} {
		ok(t, w.DeleteWebspace(ctx, id))
	}
}

func testWebspaceSelectors(t *testing.T, w *world) {
	admin, reseller, customer, client := w.adminSpace.ID, w.resellerSpace.ID, w.customerSpace.ID, w.clientSpace.ID
	selects(t, ledger.Everything, w.WebspaceIDs, []selection{
		{ledger.ByAll, "", []int64{admin, reseller, customer, client}},
		{ledger.ByID, id(client), []int64{client}},
		{ledger.ByName, "client.example", []int64{client}},
		{ledger.ByName, "üclient.example", nil},
		{ledger.ByName, "", nil},
		{ledger.ByGUID, w.adminSpace.GUID, []int64{admin}},
		{ledger.ByExternalID, w.resellerSpace.ExternalID, []int64{reseller}},
		{ledger.ByOwnerID, id(w.reseller.ID), []int64{reseller}},
		{ledger.ByOwnerID, "reseller", nil},
		{ledger.ByOwnerLogin, "client", []int64{client}},
		{ledger.ByOwnerGUID, w.customer.GUID, []int64{customer}},
		{ledger.ByOwnerExternalID, w.admin.ExternalID, []int64{admin}},
		{ledger.ByOwnerExternalID, "", nil},
	})
	for _, s := range unusable {
		selects(t, ledger.Everything, w.WebspaceIDs, []selection{{s.by, s.value, nil}})
	}
	blank := newWebspace("blank.example", &w.admin)
	blank.ExternalID = ""
	ok(t, w.AddWebspace(t.Context(), &blank, nil))
	same := newWebspace("same.example", &w.customer)
	same.ExternalID = w.adminSpace.ExternalID
	ok(t, w.AddWebspace(t.Context(), &same, nil))
	selects(t, ledger.Everything, w.WebspaceIDs, []selection{
		{ledger.ByExternalID, "", nil},
		{ledger.ByExternalID, same.ExternalID, []int64{admin, same.ID}},
		{ledger.ByOwnerLogin, "admin", []int64{admin, blank.ID}},
	})
	ok(t, w.DeleteWebspace(t.Context(), blank.ID))
	ok(t, w.DeleteWebspace(t.Context(), same.ID))
}

func testWebspacesUsedSince(t *testing.T, w *world) {
	ctx := t.Context()
	admin, reseller, customer, client := w.adminSpace.ID, w.resellerSpace.ID, w.customerSpace.ID, w.clientSpace.ID
	addon := newSite("addon.example", &w.customerSpace, nil)
	addon.Created = 20260320
	ok(t, w.AddSite(ctx, &addon, admitAny))
	keepTraffic(t, w, mail(client, 20260315, 1), mail(addon.ID, 20260401, 1), mail(reseller, 20260401, 1), mail(admin, 20260313, 1))
	for _, c := range []struct {
		in    ledger.Scope
		since ledger.Date
		want  []int64
	}{
		{ledger.Everything, 10101, []int64{admin, reseller, customer, client}},
		{ledger.Everything, today, []int64{admin, reseller, customer, client}},
		{ledger.Everything, 20260315, []int64{reseller, customer, client}},
		{ledger.Everything, 20260316, []int64{reseller, customer}},
		{ledger.Everything, 20260401, []int64{reseller, customer}},
		{ledger.Everything, 20260402, nil},
		{scope(w.reseller), today, []int64{reseller, client}},
		{scope(w.reseller), 20260316, []int64{reseller}},
		{scope(w.customer), today, []int64{customer}},
		{scope(w.client), 20260316, nil},
		{ledger.Scope{}, 10101, nil},
	} {
		equal(t, "subscriptions used since "+c.since.String(), must(w.WebspacesUsedSince(ctx, c.in, c.since))(t), c.want)
	}
	ok(t, w.DeleteSite(ctx, addon.ID))
	equal(t, "subscriptions used since, without the site", must(w.WebspacesUsedSince(ctx, ledger.Everything, 20260320))(t), []int64{reseller})
}

func testReadWebspaces(t *testing.T, w *world) {
	ctx := t.Context()
	got := must(w.Webspaces(ctx, []int64{w.clientSpace.ID, 987654321, w.adminSpace.ID, w.resellerSpace.ID, w.customerSpace.ID}))(t)
	equal(t, "subscriptions", got, []ledger.Webspace{w.clientSpace, w.adminSpace, w.resellerSpace, w.customerSpace})
	equal(t, "no subscriptions", must(w.Webspaces(ctx, nil))(t), nil)

	suspend(t, w, w.customer.ID)
	got = must(w.Webspaces(ctx, []int64{w.customerSpace.ID}))(t)
	equal(t, "owner's status", got[0].OwnerStatus, ledger.StatusDownByAdmin)
	equal(t, "own status", got[0].Status, ledger.StatusActive)
	w.customerSpace.OwnerStatus = ledger.StatusDownByAdmin
}

func testUpdateWebspace(t *testing.T, w *world) {
	ctx := t.Context()
	plan, more := w.addPlan(t, "Plan", ledger.ServicePlan, &w.reseller), w.addPlan(t, "More", ledger.ServicePlanAddon, &w.reseller)
	most := w.addPlan(t, "Most", ledger.ServicePlanAddon, &w.reseller)
	want := w.customerSpace
	want.GUID, want.Name = "new guid", ledger.DomainName{ASCII: "xn--bcher-kva.example", Unicode: "bücher.example"}
	want.Created, want.Status, want.Description = 20250101, ledger.StatusDownByReseller, "new text"
	want.ExternalID, want.AdminDescription, want.ResellerDescription = "new", "new A", "new R"
	want.OwnerID, want.OwnerLogin, want.OwnerRole, want.OwnerStatus = w.client.ID, w.client.Login, w.client.Role, w.client.Status
	want.VendorGUID = w.reseller.GUID
	want.Plan, want.Addons, want.Locked = &plan, []ledger.Plan{most, more}, true
	want.Own = ledger.Settings{Hosting: ledger.Hosting{Type: ledger.HostingForward, URL: "https://example.com", HTTPCode: 302}}
	ok(t, w.UpdateWebspace(ctx, want.ID, nil, func(space *ledger.Webspace) error {
		equal(t, "subscription as it was", *space, w.customerSpace)
		*space = want
		return nil
	}))
	equal(t, "updated subscription", must(w.Webspaces(ctx, []int64{want.ID}))(t), []ledger.Webspace{want})
	site := must(w.Sites(ctx, []int64{want.ID}))(t)[0]
	equal(t, "main site's name", site.Name, want.Name)
	equal(t, "main site's guid", site.GUID, want.GUID)
	equal(t, "main site's hosting", site.Hosting, want.Own.Hosting)

	refused := errors.New("refused")
	err := w.UpdateWebspace(ctx, want.ID, nil, func(space *ledger.Webspace) error {
		space.Description = "kept by mistake"
		return refused
	})
	if !errors.Is(err, refused) {
		t.Errorf("got the error %v, want that of change", err)
	}
	fails(t, w.UpdateWebspace(ctx, want.ID, nil, func(space *ledger.Webspace) error {
		space.Name, space.Description = w.adminSpace.Name, "kept by mistake"
		return nil
	}), ledger.ErrExists)
	equal(t, "subscription after refused updates", must(w.Webspaces(ctx, []int64{want.ID}))(t), []ledger.Webspace{want})
	fails(t, w.UpdateWebspace(ctx, 987654321, nil, func(*ledger.Webspace) error { return nil }), ledger.ErrNotFound)

	ok(t, w.UpdateWebspace(ctx, want.ID, nil, func(space *ledger.Webspace) error {
		space.Plan, space.Addons = nil, nil
		return nil
	}))
	want.Plan, want.Addons = nil, nil
	equal(t, "subscription without its plan", must(w.Webspaces(ctx, []int64{want.ID}))(t), []ledger.Webspace{want})
}

func testDeleteWebspace(t *testing.T, w *world) {
	ctx := t.Context()
	gone, stays := w.clientSpace.ID, w.adminSpace.ID
	ok(t, w.UpdateWebspaceBilling(ctx, []int64{gone}, func(b *ledger.WebspaceBilling) { b.CertStoreURL = "https://example.com" }))
	old := ledger.Date(20010203)
	keepTraffic(t, w, mail(gone, old, 1), mail(gone, today, 2), mail(stays, today, 3), mail(stays, 20020304, 4))

	fails(t, w.DeleteWebspace(ctx, 987654321), ledger.ErrNotFound)
	ok(t, w.DeleteWebspace(ctx, gone))
	fails(t, w.DeleteWebspace(ctx, gone), ledger.ErrNotFound)
	equal(t, "subscription", must(w.Webspaces(ctx, []int64{gone}))(t), nil)
	equal(t, "site", must(w.Sites(ctx, []int64{gone}))(t), nil)
	equal(t, "sites", must(w.WebspaceSiteIDs(ctx, gone))(t), nil)
	equal(t, "billing", must(w.WebspaceBilling(ctx, []int64{gone}))(t), nil)
	equal(t, "traffic", must(w.Traffic(ctx, []int64{gone, stays}, 10101, 99991231))(t),
		[]ledger.SiteDay{day(stays, 20020304, 4), day(stays, today, 3)})
	equal(t, "first traffic", must(w.FirstTraffic(ctx, []int64{gone}))(t), 0)

	again := w.addWebspace(t, w.clientSpace.Name.ASCII, &w.client)
	if again.ID <= gone {
		t.Errorf("got id %d for a name that was id %d before, want a new and higher id", again.ID, gone)
	}
	equal(t, "traffic of the new subscription", must(w.Traffic(ctx, []int64{again.ID}, 10101, 99991231))(t), nil)
}
