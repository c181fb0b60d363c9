package storetest

import (
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

func testSites(t *testing.T, w *world) {
	ctx := t.Context()
	space := w.customerSpace
	want := func(space ledger.Webspace) ledger.Site {
		return ledger.Site{
			ID: space.ID, WebspaceID: space.ID, WebspaceGUID: space.GUID, GUID: space.GUID, Name: space.Name,
			Created: space.Created, Status: space.Status, Description: space.Description,
			Hosting: space.Settings.Hosting, Prefs: space.Settings.Prefs, Performance: space.Settings.Performance,
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
