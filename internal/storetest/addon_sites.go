package storetest

import (
	"cmp"
	"errors"
	"slices"
	"testing"

	"github.com/hostledger/hostledger/ledger"
)

// testSites checks the sites that are added to subscriptions.
func testSites(t *testing.T, w *world) {
	t.Run("add", func(t *testing.T) { testAddSite(t, w) })
	t.Run("select", func(t *testing.T) { testSiteSelectors(t, w) })
	t.Run("list", func(t *testing.T) { testDomains(t, w) })
	t.Run("status", func(t *testing.T) { testHolderStatus(t, w) })
	t.Run("update", func(t *testing.T) { testUpdateSite(t, w) })
	t.Run("delete", func(t *testing.T) { testDeleteSite(t, w) })
	t.Run("delete with the subscription", func(t *testing.T) { testDeleteWithWebspace(t, w) })
}

// addSite adds a site, or a subdomain of parent, and returns it as the store
// should read it back.
func (w *world) addSite(t *testing.T, name string, space *ledger.Webspace, parent *ledger.Site) ledger.Site {
	t.Helper()
	site := newSite(name, space, parent)
	ok(t, w.AddSite(t.Context(), &site, admitAny))
	site.Hosting.IPs = space.Own.Hosting.IPs
	return site
}

func newSite(name string, space *ledger.Webspace, parent *ledger.Site) ledger.Site {
	yes := true
	site := ledger.Site{
		WebspaceID: space.ID, WebspaceGUID: space.GUID, GUID: "guid-of-" + name,
		Name: ledger.DomainName{ASCII: name, Unicode: "ü" + name}, Created: today, Description: "about " + name,
		Hosting: ledger.Hosting{Type: ledger.HostingForward, URL: "https://" + name, HTTPCode: 302},
		Prefs:   ledger.Prefs{WWW: &yes}, MailService: &yes,
	}
	if parent != nil {
		site.ParentSiteID, site.ParentName = parent.ID, parent.Name
	}
	return site
}

func admitAny(ledger.Use) error { return nil }

func testAddSite(t *testing.T, w *world) {
	ctx := t.Context()
	space := &w.customerSpace
	addon := w.addSite(t, "addon.example", space, nil)
	sub := w.addSite(t, "sub.addon.example", space, &addon)
	equal(t, "sites", must(w.Sites(ctx, []int64{sub.ID, addon.ID}))(t), []ledger.Site{sub, addon})
	equal(t, "sites of the subscription", must(w.WebspaceSiteIDs(ctx, space.ID))(t), []int64{space.ID, addon.ID, sub.ID})
	checkCount(t, w, space.ID, 2, 1)
	checkCount(t, w, w.clientSpace.ID, 1, 0)
	checkCount(t, w, 987654321, 0, 0)

	for _, taken := range []string{"addon.example", w.adminSpace.Name.ASCII} {
		site := newSite(taken, space, nil)
		fails(t, w.AddSite(ctx, &site, admitAny), ledger.ErrExists)
		equal(t, "id of a site that was refused", site.ID, 0)
	}
	other := newWebspace("addon.example", &w.admin)
	fails(t, w.AddWebspace(ctx, &other, nil), ledger.ErrExists)

	refused := errors.New("refused")
	site := newSite("refused.example", space, &addon)
	err := w.AddSite(ctx, &site, func(has ledger.Use) error {
		equal(t, "what is there to be admitted to", has, ledger.Use{Sites: 2, Subdomains: 1})
		return refused
	})
	if !errors.Is(err, refused) {
		t.Errorf("got the error %v, want that of admit", err)
	}
	site.ParentSiteID = 987654321
	fails(t, w.AddSite(ctx, &site, admitAny), ledger.ErrNotFound)
	site.ParentSiteID, site.WebspaceID = 0, 987654321
	fails(t, w.AddSite(ctx, &site, admitAny), ledger.ErrNotFound)
	checkCount(t, w, space.ID, 2, 1)

	ok(t, w.DeleteSite(ctx, addon.ID))
	again := w.addSite(t, "addon.example", space, nil)
	if again.ID <= sub.ID {
		t.Errorf("got id %d after the deleted %d, want a higher one", again.ID, sub.ID)
	}
	ok(t, w.DeleteSite(ctx, again.ID))
}

func checkCount(t *testing.T, w *world, webspace int64, wantSites, wantSubdomains int) {
	t.Helper()
	equal(t, "sites and subdomains", must(w.CountUse(t.Context(), []int64{webspace}))(t)[webspace], ledger.Use{Sites: wantSites, Subdomains: wantSubdomains})
}

func testSiteSelectors(t *testing.T, w *world) {
	customer, client := w.customerSpace, w.clientSpace
	addon := w.addSite(t, "addon.example", &customer, nil)
	sub := w.addSite(t, "sub.addon.example", &customer, &addon)
	main := ledger.Site{ID: client.ID}
	ofMain := w.addSite(t, "sub.client.example", &client, &main)
	siblings := must(w.SiblingSites(t.Context(), []int64{sub.ID, addon.ID, client.ID, 987654321}))(t)
	siblings = slices.DeleteFunc(siblings, func(s ledger.SiteOfWebspace) bool {
		return s.SiteID > client.ID && s.SiteID < addon.ID // those that earlier tests deleted
	})
	slices.SortFunc(siblings, func(a, b ledger.SiteOfWebspace) int { return cmp.Compare(a.SiteID, b.SiteID) })
	equal(t, "siblings", siblings, []ledger.SiteOfWebspace{
		{SiteID: customer.ID, WebspaceID: customer.ID}, {SiteID: client.ID, WebspaceID: client.ID},
		{SiteID: addon.ID, WebspaceID: customer.ID}, {SiteID: sub.ID, WebspaceID: customer.ID}, {SiteID: ofMain.ID, WebspaceID: client.ID},
	})
	selects(t, ledger.Everything, w.SiteIDs, []selection{
		{ledger.ByAll, "", []int64{addon.ID, sub.ID, ofMain.ID}},
		{ledger.ByID, id(sub.ID), []int64{sub.ID}},
		{ledger.ByName, "addon.example", []int64{addon.ID}},
		{ledger.ByName, "üaddon.example", nil},
		{ledger.ByGUID, sub.GUID, []int64{sub.ID}},
		{ledger.ByParentID, id(customer.ID), []int64{addon.ID, sub.ID}},
		{ledger.ByParentID, id(addon.ID), nil},
		{ledger.ByParentName, client.Name.ASCII, []int64{ofMain.ID}},
		{ledger.ByParentGUID, customer.GUID, []int64{addon.ID, sub.ID}},
		{ledger.ByParentSiteID, id(addon.ID), []int64{sub.ID}},
		{ledger.ByParentSiteID, id(customer.ID), nil},
		{ledger.ByParentSiteName, "addon.example", []int64{sub.ID}},
		{ledger.ByParentSiteName, client.Name.ASCII, []int64{ofMain.ID}},
		{ledger.ByParentSiteGUID, addon.GUID, []int64{sub.ID}},
		{ledger.ByParentSiteGUID, "", nil},
	})
	selects(t, ledger.Everything, w.SubdomainIDs, []selection{
		{ledger.ByAll, "", []int64{sub.ID, ofMain.ID}},
		{ledger.ByID, id(sub.ID), []int64{sub.ID}},
		{ledger.ByID, id(addon.ID), nil},
		{ledger.ByName, "sub.addon.example", []int64{sub.ID}},
		{ledger.ByName, "addon.example", nil},
		{ledger.BySiteName, "addon.example", []int64{sub.ID}},
		{ledger.BySiteName, client.Name.ASCII, []int64{ofMain.ID}},
		{ledger.BySiteName, customer.Name.ASCII, nil},
	})
	for _, c := range []struct {
		in                 ledger.Scope
		seesAddon, seesSub bool
	}{
		{scope(w.customer), true, false}, {scope(w.client), false, true}, {scope(w.reseller), false, true}, {ledger.Scope{}, false, false},
	} {
		ofCustomer, ofAddon, ofClient := []int64{addon.ID, sub.ID}, []int64{sub.ID}, []int64{ofMain.ID}
		if !c.seesAddon {
			ofCustomer, ofAddon = nil, nil
		}
		if !c.seesSub {
			ofClient = nil
		}
		selects(t, c.in, w.SiteIDs, []selection{
			{ledger.ByParentID, id(customer.ID), ofCustomer}, {ledger.ByParentSiteID, id(client.ID), ofClient},
			{ledger.ByAll, "", append(append([]int64(nil), ofCustomer...), ofClient...)},
		})
		selects(t, c.in, w.SubdomainIDs, []selection{
			{ledger.BySiteName, "addon.example", ofAddon}, {ledger.BySiteName, client.Name.ASCII, ofClient},
			{ledger.ByAll, "", append(append([]int64(nil), ofAddon...), ofClient...)},
		})
	}
	ok(t, w.DeleteSite(t.Context(), addon.ID))
	ok(t, w.DeleteSite(t.Context(), ofMain.ID))
}

// testHolderStatus checks that a site shows what its subscription, its owner
// and, for a subdomain, the sites that it is of are.
func testDomains(t *testing.T, w *world) {
	ctx := t.Context()
	more := w.addWebspace(t, "more.example", &w.reseller)
	addon := w.addSite(t, "addon.example", &more, nil)
	sub := w.addSite(t, "sub.addon.example", &more, &addon)
	mainOf := func(space ledger.Webspace) ledger.Domain {
		return ledger.Domain{ID: space.ID, IsMain: true, GUID: space.GUID, Name: space.Name, ExternalID: space.ExternalID}
	}
	equal(t, "domains of a reseller, without those of his customers", must(w.Domains(ctx, w.reseller.ID))(t), []ledger.Domain{
		mainOf(w.resellerSpace), mainOf(more),
		{ID: addon.ID, GUID: addon.GUID, Name: addon.Name},
		{ID: sub.ID, ParentSiteID: addon.ID, GUID: sub.GUID, Name: sub.Name},
	})
	equal(t, "domains of a customer", must(w.Domains(ctx, w.client.ID))(t), []ledger.Domain{mainOf(w.clientSpace)})
	equal(t, "domains of nobody", must(w.Domains(ctx, 987654321))(t), nil)
	ok(t, w.DeleteWebspace(ctx, more.ID))
}

// testHolderStatus checks that a site shows what its subscription and its
// owner are.
func testHolderStatus(t *testing.T, w *world) {
	ctx := t.Context()
	addon := w.addSite(t, "addon.example", &w.resellerSpace, nil)
	check := func(ofMain, ofAddon ledger.Status) {
		t.Helper()
		sites := must(w.Sites(ctx, []int64{w.resellerSpace.ID, addon.ID}))(t)
		equal(t, "main site's holder", sites[0].HolderStatus, ofMain)
		equal(t, "addon site's holder", sites[1].HolderStatus, ofAddon)
	}
	check(0, 0)
	ok(t, w.UpdateWebspace(ctx, w.resellerSpace.ID, nil, func(space *ledger.Webspace) error {
		space.Status = ledger.StatusDownByCustomer
		return nil
	}))
	check(0, ledger.StatusDownByCustomer)
	suspend(t, w, w.reseller.ID)
	check(ledger.StatusDownByAdmin, ledger.StatusDownByAdmin|ledger.StatusDownByCustomer)
	ofCustomer := must(w.Sites(ctx, []int64{w.clientSpace.ID}))(t)[0]
	equal(t, "holder of a site of the reseller's customer", ofCustomer.HolderStatus, ledger.StatusDownByAdmin)
	space := must(w.Webspaces(ctx, []int64{w.clientSpace.ID}))(t)[0]
	equal(t, "owner's status of his subscription", space.OwnerStatus, ledger.StatusDownByAdmin)
	w.clientSpace.OwnerStatus = ledger.StatusDownByAdmin
	ok(t, w.DeleteSite(ctx, addon.ID))
	testHolderStatusOfSubdomains(t, w)
}

func testHolderStatusOfSubdomains(t *testing.T, w *world) {
	ctx := t.Context()
	addon := w.addSite(t, "addon.example", &w.customerSpace, nil)
	sub := w.addSite(t, "sub.addon.example", &w.customerSpace, &addon)
	deep := w.addSite(t, "deep.sub.addon.example", &w.customerSpace, &sub)
	main := ledger.Site{ID: w.customerSpace.ID}
	ofMain := w.addSite(t, "sub.customer.example", &w.customerSpace, &main)
	active := must(w.ServerStatistics(ctx))(t).ActiveSites
	check := func(ofSub, ofDeep ledger.Status, wantActive int) {
		t.Helper()
		sites := must(w.Sites(ctx, []int64{addon.ID, sub.ID, deep.ID, ofMain.ID}))(t)
		equal(t, "holders", []ledger.Status{sites[0].HolderStatus, sites[1].HolderStatus, sites[2].HolderStatus, sites[3].HolderStatus},
			[]ledger.Status{0, ofSub, ofDeep, 0})
		equal(t, "active sites", must(w.ServerStatistics(ctx))(t).ActiveSites, wantActive)
	}
	suspendSite := func(id int64, status ledger.Status) {
		t.Helper()
		ok(t, w.UpdateSite(ctx, id, func(site *ledger.Site) error {
			site.Status = status
			return nil
		}))
	}
	check(0, 0, active)
	suspendSite(sub.ID, ledger.StatusDownByCustomer)
	check(0, ledger.StatusDownByCustomer, active)
	suspendSite(addon.ID, ledger.StatusDownByAdmin)
	check(ledger.StatusDownByAdmin, ledger.StatusDownByAdmin|ledger.StatusDownByCustomer, active-1)
	ok(t, w.DeleteSite(ctx, addon.ID))
	ok(t, w.DeleteSite(ctx, ofMain.ID))
}

func testUpdateSite(t *testing.T, w *world) {
	ctx := t.Context()
	space := w.customerSpace
	addon := w.addSite(t, "addon.example", &space, nil)
	want := addon
	connections := int64(9)
	want.GUID, want.Name = "new guid", ledger.DomainName{ASCII: "new.example", Unicode: "new.example"}
	want.Status, want.Description = ledger.StatusDownByCustomer, "new text"
	want.Hosting = ledger.Hosting{
		Type: ledger.HostingVirtual, IPs: addon.Hosting.IPs, Properties: ledger.Properties[string]{{Name: "php", Value: "true"}},
	}
	want.Prefs, want.Performance = ledger.Prefs{}, ledger.Performance{MaxConnections: &connections}
	want.MailService, want.TurnOffAction = nil, "503"
	ok(t, w.UpdateSite(ctx, addon.ID, func(site *ledger.Site) error {
		equal(t, "site as it was", *site, addon)
		*site = want
		return nil
	}))
	equal(t, "updated site", must(w.Sites(ctx, []int64{addon.ID}))(t), []ledger.Site{want})
	equal(t, "its subscription", must(w.Webspaces(ctx, []int64{space.ID}))(t), []ledger.Webspace{space})

	refused := errors.New("refused")
	err := w.UpdateSite(ctx, addon.ID, func(site *ledger.Site) error {
		site.Description = "kept by mistake"
		return refused
	})
	if !errors.Is(err, refused) {
		t.Errorf("got the error %v, want that of change", err)
	}
	fails(t, w.UpdateSite(ctx, addon.ID, func(site *ledger.Site) error {
		site.Name, site.Description = space.Name, "kept by mistake"
		return nil
	}), ledger.ErrExists)
	fails(t, w.UpdateSite(ctx, 987654321, func(*ledger.Site) error { return nil }), ledger.ErrNotFound)
	equal(t, "site after refused updates", must(w.Sites(ctx, []int64{addon.ID}))(t), []ledger.Site{want})

	// Subdomains go where their sites go, and not onto a name that is taken.
	sub := w.addSite(t, "sub."+want.Name.ASCII, &space, &addon)
	deep := w.addSite(t, "deep.sub."+want.Name.ASCII, &space, &sub)
	rename := func(name string) error {
		return w.UpdateSite(ctx, addon.ID, func(site *ledger.Site) error {
			site.Name = ledger.DomainName{ASCII: name, Unicode: name}
			return nil
		})
	}
	ok(t, rename("moved.example"))
	found := must(w.Sites(ctx, []int64{sub.ID, deep.ID}))(t)
	equal(t, "subdomains", [2]string{found[0].Name.ASCII, found[1].Name.ASCII}, [2]string{"sub.moved.example", "deep.sub.moved.example"})
	taken := w.addSite(t, "deep.sub.taken.example", &space, nil)
	fails(t, rename("taken.example"), ledger.ErrExists)
	equal(t, "subdomain after a refusal", must(w.Sites(ctx, []int64{deep.ID}))(t), found[1:])
	ok(t, w.DeleteSite(ctx, taken.ID))

	// The addresses of a subscription are those of its sites.
	ok(t, w.UpdateWebspace(ctx, space.ID, nil, func(space *ledger.Webspace) error {
		space.Own.Hosting.IPs = []string{"192.0.2.7"}
		return nil
	}))
	equal(t, "addresses", must(w.Sites(ctx, []int64{addon.ID}))(t)[0].Hosting.IPs, []string{"192.0.2.7"})
	ok(t, w.DeleteSite(ctx, addon.ID))
}

func testDeleteSite(t *testing.T, w *world) {
	ctx := t.Context()
	space := w.addWebspace(t, "deletes.example", &w.customer)
	addon := w.addSite(t, "addon.example", &space, nil)
	sub := w.addSite(t, "sub.addon.example", &space, &addon)
	deep := w.addSite(t, "deep.sub.addon.example", &space, &sub)
	stays := w.addSite(t, "stays.example", &space, nil)
	keepTraffic(t, w, mail(space.ID, today, 1), mail(addon.ID, today, 2), mail(sub.ID, 20010203, 3), mail(deep.ID, today, 4), mail(stays.ID, today, 5))
	all := []int64{space.ID, addon.ID, sub.ID, deep.ID, stays.ID}

	fails(t, w.DeleteSite(ctx, space.ID), ledger.ErrFailed)
	fails(t, w.DeleteSite(ctx, 987654321), ledger.ErrNotFound)
	equal(t, "sites", must(w.WebspaceSiteIDs(ctx, space.ID))(t), all)
	ok(t, w.DeleteSite(ctx, addon.ID))
	fails(t, w.DeleteSite(ctx, addon.ID), ledger.ErrNotFound)
	fails(t, w.DeleteSite(ctx, deep.ID), ledger.ErrNotFound)
	equal(t, "sites left", must(w.Sites(ctx, all))(t), must(w.Sites(ctx, []int64{space.ID, stays.ID}))(t))
	equal(t, "sites whose traffic stays", must(w.WebspaceSiteIDs(ctx, space.ID))(t), all)
	equal(t, "siblings", len(must(w.SiblingSites(ctx, []int64{stays.ID}))(t)), len(all))
	former := must(w.AccountSites(ctx, scope(w.customer)))(t).Former
	slices.Sort(former)
	equal(t, "former sites of the owner", former[len(former)-3:], []int64{addon.ID, sub.ID, deep.ID})
	if of := must(w.AccountSites(ctx, scope(w.client)))(t).Former; slices.Contains(of, addon.ID) {
		t.Errorf("former sites of somebody else: got %v", of)
	}
	equal(t, "traffic", must(w.Traffic(ctx, all, 10101, 99991231))(t), []ledger.SiteDay{
		day(sub.ID, 20010203, 3), day(space.ID, today, 1), day(addon.ID, today, 2), day(deep.ID, today, 4), day(stays.ID, today, 5),
	})
	again := newSite("addon.example", &space, nil)
	ok(t, w.AddSite(ctx, &again, admitAny))
	if again.ID <= stays.ID {
		t.Errorf("got the id %d for a new site, want one that no other had", again.ID)
	}
	ok(t, w.DeleteWebspace(ctx, space.ID))
	equal(t, "traffic after the subscription", must(w.Traffic(ctx, all, 10101, 99991231))(t), nil)
}

func testDeleteWithWebspace(t *testing.T, w *world) {
	ctx := t.Context()
	space := w.clientSpace
	addon := w.addSite(t, "addon.example", &space, nil)
	sub := w.addSite(t, "sub.addon.example", &space, &addon)
	keepTraffic(t, w, mail(addon.ID, today, 1), mail(sub.ID, today, 2), mail(w.adminSpace.ID, today, 3))
	ok(t, w.DeleteWebspace(ctx, space.ID))
	equal(t, "sites", must(w.Sites(ctx, []int64{space.ID, addon.ID, sub.ID}))(t), nil)
	equal(t, "traffic", must(w.Traffic(ctx, []int64{space.ID, addon.ID, sub.ID, w.adminSpace.ID}, 10101, 99991231))(t),
		[]ledger.SiteDay{day(w.adminSpace.ID, today, 3)})
}
