package storetest

import (
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

// testMainSites checks the sites that come with subscriptions.
func testMainSites(t *testing.T, w *world) {
	t.Run("read", func(t *testing.T) { testReadMainSites(t, w) })
	t.Run("update", func(t *testing.T) { testUpdateMainSite(t, w) })
}

func testReadMainSites(t *testing.T, w *world) {
	ctx := t.Context()
	space := w.customerSpace
	want := func(space ledger.Webspace) ledger.Site {
		return ledger.Site{
			ID: space.ID, WebspaceID: space.ID, WebspaceGUID: space.GUID, GUID: space.GUID, Name: space.Name,
			Created: space.Created, Status: space.Status, Description: space.Description,
			Hosting: space.Own.Hosting, Prefs: space.Own.Prefs, Performance: space.Own.Performance,
		}
	}
	equal(t, "sites", must(w.Sites(ctx, []int64{w.clientSpace.ID, 987654321, space.ID}))(t),
		[]ledger.Site{want(w.clientSpace), want(space)})
	equal(t, "no sites", must(w.Sites(ctx, nil))(t), nil)
	equal(t, "sites of a subscription", must(w.WebspaceSiteIDs(ctx, space.ID))(t), []int64{space.ID})
	equal(t, "sites of no subscription", must(w.WebspaceSiteIDs(ctx, 987654321))(t), nil)

	// Main sites are found by what names them, and by nothing else.
	selects(t, ledger.Everything, w.SiteIDs, []selection{
		{ledger.ByID, id(space.ID), []int64{space.ID}},
		{ledger.ByName, space.Name.ASCII, []int64{space.ID}},
		{ledger.ByName, "", nil},
		{ledger.ByGUID, space.GUID, []int64{space.ID}},
		{ledger.ByAll, "", nil},
		{ledger.ByParentID, id(space.ID), nil},
		{ledger.ByParentID, "x", nil},
		{ledger.ByParentName, space.Name.ASCII, nil},
		{ledger.ByParentGUID, space.GUID, nil},
		{ledger.ByParentSiteID, id(space.ID), nil},
		{ledger.ByParentSiteID, "x", nil},
		{ledger.ByParentSiteName, space.Name.ASCII, nil},
		{ledger.ByParentSiteGUID, space.GUID, nil},
	})
	for _, s := range unusable {
		selects(t, ledger.Everything, w.SiteIDs, []selection{{s.by, s.value, nil}})
	}
}

// testUpdateMainSite checks that the blocks of a main site are those of its
// subscription.
func testUpdateMainSite(t *testing.T, w *world) {
	ctx := t.Context()
	want := w.customerSpace
	want.GUID, want.Name = "new guid", ledger.DomainName{ASCII: "new.example", Unicode: "new.example"}
	want.Status, want.Description = ledger.StatusDownByReseller, "new text"
	want.Own.Hosting = ledger.Hosting{Type: ledger.HostingFrameForward, URL: "https://example.com", IPs: want.Own.Hosting.IPs}
	connections := int64(7)
	want.Own.Prefs, want.Own.Performance = ledger.Prefs{}, ledger.Performance{MaxConnections: &connections}
	want.Own.TurnOffAction = "503"
	ok(t, w.UpdateWebspace(ctx, want.ID, nil, func(space *ledger.Webspace) error {
		*space = want
		return nil
	}))
	site := must(w.Sites(ctx, []int64{want.ID}))(t)[0]
	equal(t, "main site's name", site.Name, want.Name)
	equal(t, "main site's status", site.Status, want.Status)
	equal(t, "main site's description", site.Description, want.Description)
	equal(t, "main site's hosting", site.Hosting, want.Own.Hosting)
	equal(t, "main site's preferences", site.Prefs, want.Own.Prefs)
	equal(t, "main site's performance", site.Performance, want.Own.Performance)
	equal(t, "main site's guid", site.WebspaceGUID, want.GUID)
	equal(t, "main site's action", site.TurnOffAction, want.Own.TurnOffAction)

	fails(t, w.UpdateSite(ctx, want.ID, func(site *ledger.Site) error {
		site.Description = "kept by mistake"
		return nil
	}), ledger.ErrFailed)
	fails(t, w.DeleteSite(ctx, want.ID), ledger.ErrFailed)
	equal(t, "subscription after refused changes", must(w.Webspaces(ctx, []int64{want.ID}))(t), []ledger.Webspace{want})
}
