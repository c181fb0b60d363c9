package server_test

import (
	"slices"
	"testing"

	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
)

const webDay = ledger.Date(20260514)

func siteTraffic(site int64, given ledger.CounterSet, bytes int64) ledger.SiteTraffic {
	record := ledger.SiteTraffic{Given: given}
	record.SiteID, record.Date = site, webDay
	for i, counter := range record.List() {
		if given&(1<<i) != 0 {
			*counter = bytes
		}
	}
	return record
}

func TestSetSiteTraffic(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	h := host{t, s.Ledger}
	h.populate()
	mine, other := h.webspaceOf("rita"), h.webspaceOf("jane")
	set := func(who ledger.Identity, days ...ledger.SiteTraffic) []error {
		t.Helper()
		outcomes, err := h.SetSiteTraffic(t.Context(), who, days)
		h.ok(err)
		return outcomes
	}
	negative := siteTraffic(mine, ledger.FTPIn, -1)
	outcomes := set(h.identity("rita", ledger.RoleReseller),
		siteTraffic(mine, ledger.HTTPOut|ledger.SMTPIn, 7), negative, siteTraffic(other, ledger.HTTPOut, 7),
		siteTraffic(987654321, ledger.HTTPOut, 7), siteTraffic(mine, ledger.HTTPOut, 8))
	h.ok(outcomes[0])
	h.fails(outcomes[1], ledger.ErrInvalid, "ftp_in: expected a number of bytes from 0 up, not -1.")
	h.equal("somebody else's site", outcomes[2], ledger.ErrNoSite)
	h.equal("unknown site", outcomes[3], ledger.ErrNoSite)
	h.ok(outcomes[4])
	if err := set(h.identity("jane", ledger.RoleCustomer), siteTraffic(other, ledger.HTTPOut, 7))[0]; err == nil {
		t.Error("a customer set traffic")
	}
	h.equal("of nothing", len(set(server.Admin)), 0)

	sites, err := h.Sites(t.Context(), []int64{mine})
	h.ok(err)
	days, err := h.SiteTraffic(t.Context(), &sites[0], ledger.Range{Since: webDay, To: webDay})
	h.ok(err)
	for _, counters := range days.All() {
		h.equal("stored", *counters, ledger.Counters{HTTPOut: 8, SMTPIn: 7})
	}
	h.equal("sources of traffic by the protocol", len(h.TrafficSources(server.Admin)), 0)
}

func TestLimitIsPassedByWebTraffic(t *testing.T) {
	h := newHost(t)
	h.populate()
	h.ok(h.CheckTraffic(t.Context()))
	h.set(1, limits("max_traffic", 100))
	h.ok(h.CheckTraffic(t.Context()))
	outcomes, err := h.SetSiteTraffic(t.Context(), server.Admin, []ledger.SiteTraffic{siteTraffic(1, ledger.HTTPOut, 101)})
	h.ok(err)
	h.ok(outcomes[0])
	h.ok(h.CheckTraffic(t.Context()))
	if w := h.read(1); w.Overused == 0 {
		t.Error("the subscription is not overused")
	}
}

func TestSitesNamed(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	h := host{t, s.Ledger}
	h.populate()
	post(t, s, `<packet><webspace><add><gen_setup><name>exämple.net</name></gen_setup></add></webspace></packet>`)
	home := func(names ...string) []int64 {
		t.Helper()
		ids, err := h.SitesNamed(t.Context(), server.Admin, names)
		h.ok(err)
		return ids
	}
	site := home("exämple.net")[0]
	_, err := h.AddAlias(t.Context(), server.Admin, ledger.NewAlias{SiteID: site, Name: "alias.example"})
	h.ok(err)
	subdomain, err := h.AddSubdomain(t.Context(), server.Admin, ledger.NewSubdomain{Parent: "exämple.net", Name: "sub"})
	h.ok(err)
	names := []string{"none.example", "EXÄMPLE.net", "xn--exmple-cua.net.", "alias.EXAMPLE", "sub.exämple.net", ""}
	if got, want := home(names...), []int64{0, site, site, site, subdomain.ID, 0}; !slices.Equal(got, want) {
		t.Errorf("got the sites %d, want %d", got, want)
	}
	ids, err := h.SitesNamed(t.Context(), h.identity("rita", ledger.RoleReseller), names)
	h.ok(err)
	if want := make([]int64, len(names)); !slices.Equal(ids, want) {
		t.Errorf("a reseller sees the sites %d of the administrator", ids)
	}
}
