package server_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
)

// rita and jane are the reseller and the customer that populate adds.
func (h host) identity(login string, role ledger.Role) ledger.Identity {
	h.Helper()
	return ledger.Identity{AccountID: h.account(login), Role: role, Login: login}
}

// Sums are exact, and cycles of one meaning are one.
func TestRevenue(t *testing.T) {
	h := newHost(t)
	h.populate()
	for i, price := range []struct{ sum, currency, cycle string }{
		{"0.10", "EUR", "P1M"},
		{"0.20", "EUR", "P1MT"},
		{"999999999999999999.999", "EUR", "P12M"},
		{"1", "EUR", "P1Y"},
		{"1", "EUR", "P1Y"},
		{"5", "EUR", "P2W"},
		{"7", "EUR", "P14D"},
		{"3", "EUR", ""},
		{"100", "CHF", "P1Y"},
		{"100", "CHF", "P6M"},
	} {
		w, err := h.AddWebspace(t.Context(), server.Admin, ledger.NewWebspace{Name: fmt.Sprintf("revenue%d.example", i)})
		h.ok(err)
		h.ok(h.SetWebspaceBilling(t.Context(), server.Admin, []int64{w.ID}, ledger.WebspaceBillingUpdate{
			Price: &ledger.PriceInput{Currency: price.currency, Sum: price.sum}, Cycle: &price.cycle,
		}))
	}
	found, err := h.Revenue(t.Context(), server.Admin)
	h.ok(err)
	var got []string
	for _, r := range found {
		got = append(got, fmt.Sprint(r.Currency, " ", r.Cycle, " ", r.Sum, " of ", r.Webspaces))
	}
	h.equal("revenue", got, []string{
		"CHF P6M 100 of 1", "CHF P1Y 100 of 1",
		"EUR P2W 12 of 2", "EUR P1M 0.30 of 2", "EUR P1Y 1000000000000000001.999 of 3", "EUR  3 of 1",
	})
	none, err := h.Revenue(t.Context(), h.identity("jane", ledger.RoleCustomer))
	h.ok(err)
	h.equal("revenue of jane's", len(none), 0)
}

func TestTrafficOfTheMonth(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	h := host{t, s.Ledger}
	h.populate()
	jane, rita := h.webspaceOf("jane"), h.webspaceOf("rita")
	setTraffic(t, s, int(jane), "2026-03-31", 3)
	setTraffic(t, s, int(jane), "2026-05-01", 5)
	setTraffic(t, s, int(jane), "2026-05-15", 7)
	setTraffic(t, s, int(rita), "2026-05-15", 11)

	top, err := h.TopWebspaces(t.Context(), server.Admin, 10)
	h.ok(err)
	h.equal("top", top, []ledger.WebspaceMonth{{WebspaceID: jane, Bytes: 12}, {WebspaceID: rita, Bytes: 11}})
	for who, want := range map[ledger.Identity]uint64{
		server.Admin: 23, h.identity("jane", ledger.RoleCustomer): 12, h.identity("rita", ledger.RoleReseller): 11,
	} {
		all, err := h.MonthOfAll(t.Context(), who)
		h.ok(err)
		h.equal("month of all of "+who.Login, all.AtMost(), want)
	}

	sites, err := h.WebspaceSites(t.Context(), []int64{jane})
	h.ok(err)
	months, err := h.WebspaceMonths(t.Context(), &sites[0], 20260210, 20260501)
	h.ok(err)
	var got []string
	for i := range months {
		got = append(got, fmt.Sprint(months[i].Month, " ", months[i].AtMost()))
	}
	h.equal("months", got, []string{"2026-02-01 0", "2026-03-01 3", "2026-04-01 0", "2026-05-01 12"})
	_, err = h.WebspaceMonths(t.Context(), &sites[0], 19260501, 20260501)
	h.fails(err, ledger.ErrInvalid, "since, to: expected a range of at most 1200 months.")
}

func TestTrafficSources(t *testing.T) {
	t.Parallel()
	s := hostledgertest.New(t)
	h := host{t, s.Ledger}
	h.populate()
	rita := h.identity("rita", ledger.RoleReseller)
	rita.Address = home
	send := func(who ledger.Identity, date ledger.Date, sites ...int64) {
		t.Helper()
		run := &ledger.TrafficRun{}
		for _, site := range sites {
			*run.Add() = ledger.MailTraffic{SiteID: site, Date: date, Given: ledger.AllMailCounters, SMTPIn: 1}
		}
		h.ok(h.SetTraffic(t.Context(), who, run, ledger.ErrNoWebspace))
	}
	h.equal("no sources", len(h.TrafficSources(server.Admin)), 0)
	send(rita, 20260514, h.webspaceOf("rita"), h.webspaceOf("jane"))
	s.SetTime(noon.Add(time.Hour))
	send(rita, 20260513, h.webspaceOf("rita"))
	send(rita, 20260515, 987654321)
	s.SetTime(noon.Add(2 * time.Hour))
	send(server.Admin, 20260515, h.webspaceOf("jane"), h.webspaceOf("rita"))
	send(h.identity("jane", ledger.RoleCustomer), 20260515, h.webspaceOf("jane"))

	h.equal("sources", tellSources(h.TrafficSources(server.Admin)), []string{
		"admin 127.0.0.1 14:00 14:00 2 0 2026-05-15 ",
		"rita 192.0.2.7 12:00 13:00 2 2 2026-05-14 domain does not exist",
	})
	h.equal("sources of rita", tellSources(h.TrafficSources(rita)), []string{"rita 192.0.2.7 12:00 13:00 2 2 2026-05-14 domain does not exist"})

	for range 1000 {
		rita.Address = rita.Address.Next()
		s.SetTime(noon.Add(3 * time.Hour))
		send(rita, 20260515, h.webspaceOf("rita"))
	}
	left := h.TrafficSources(server.Admin)
	if len(left) != 1000 || left[999].Address == home || left[999].Login != "rita" {
		t.Errorf("%d sources are left, with that of %s %v as the last", len(left), left[999].Login, left[999].Address)
	}
}

func tellSources(sources []ledger.TrafficSource) (told []string) {
	for _, s := range sources {
		told = append(told, fmt.Sprint(s.Login, " ", s.Address, " ", s.First.Format("15:04"), " ", s.Last.Format("15:04"), " ",
			s.Accepted, " ", s.Refused, " ", s.Newest, " ", s.LastProblem))
	}
	return told
}

// What users ask for is taken for what they mean, as far as it means anything.
func TestListings(t *testing.T) {
	h := newHost(t)
	h.populate()
	ids, total, err := h.ListWebspaces(t.Context(), server.Admin, ledger.WebspaceListing{
		Listing: ledger.Listing{Search: " JANE\x00.exa\xff ", Offset: -1, Limit: 10},
	})
	h.ok(err)
	h.equal("subscriptions", ids, []int64{h.webspaceOf("jane")})
	h.equal("number of them", total, 1)
	_, _, err = h.ListWebspaces(t.Context(), server.Admin, ledger.WebspaceListing{Listing: ledger.Listing{Order: "colour"}})
	h.fails(err, ledger.ErrInvalid, `order: "colour" is none that the list can have.`)

	ids, total, err = h.ListAccounts(t.Context(), server.Admin, ledger.AccountListing{Listing: ledger.Listing{Limit: 1, Descending: true}})
	h.ok(err)
	h.equal("accounts", ids, []int64{h.account("rita")})
	h.equal("number of them", total, 2)
	_, _, err = h.ListAccounts(t.Context(), server.Admin, ledger.AccountListing{Listing: ledger.Listing{Order: ledger.OrderRenewal}})
	h.fails(err, ledger.ErrInvalid, `order: "renewal" is none that the list can have.`)
}
