package server_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
)

// limited is a host with a reseller and subscriptions 1 to 5 that have a limit
// of 1000 bytes a month.
const limited = `<packet>
	<reseller><add><gen-info><pname>Rick</pname><login>rick</login><passwd>setup-Pa55</passwd></gen-info></add></reseller>
	<webspace>
		<add><gen_setup><name>block.example</name></gen_setup><limits><overuse>block</overuse><limit><name>max_traffic</name><value>1000</value></limit></limits></add>
		<add><gen_setup><name>quiet.example</name></gen_setup><limits><limit><name>max_traffic</name><value>1000</value></limit></limits></add>
		<add><gen_setup><name>notify.example</name></gen_setup><limits><overuse>notify</overuse><limit><name>max_traffic</name><value>1000</value></limit></limits></add>
		<add><gen_setup><name>free.example</name></gen_setup></add>
		<add><gen_setup><name>rick.example</name><owner-login>rick</owner-login></gen_setup><limits><limit><name>max_traffic</name><value>1000</value></limit></limits></add>
	</webspace>
	<site><add><gen_setup><name>addon.example</name><webspace-id>2</webspace-id></gen_setup></add></site>
</packet>`

func TestOveruseSuspends(t *testing.T) {
	s := hostledgertest.New(t)
	s.Fixture(t, limited)
	check := func(want ...ledger.Status) {
		t.Helper()
		if err := s.Ledger.CheckTraffic(t.Context()); err != nil {
			t.Fatal(err)
		}
		found, err := s.Ledger.Webspaces(t.Context(), []int64{1, 2, 3, 4, 5})
		if err != nil {
			t.Fatal(err)
		}
		for i, w := range found {
			if w.Status != want[i] {
				t.Errorf("%s has the status %d, want %d", w.Name.ASCII, w.Status, want[i])
			}
		}
	}
	const up, down, byReseller = ledger.StatusActive, ledger.StatusDownByAdmin, ledger.StatusDownByReseller
	check(up, up, up, up, up)

	setTraffic(t, s, 1, "2026-05-01", 1000)
	setTraffic(t, s, 2, "2026-04-30", 5000)
	setTraffic(t, s, 2, "2026-05-14", 600)
	check(up, up, up, up, up)

	for id := range 5 {
		setTraffic(t, s, id+1, "2026-05-15", 700)
	}
	setTraffic(t, s, 3, "2026-05-14", 700)
	setTraffic(t, s, 4, "2026-05-14", 700)
	setTraffic(t, s, 5, "2026-05-14", 700)
	check(down, down, up, up, byReseller)

	// Put back in service, they stay so for the rest of the month.
	post(t, s, `<packet><webspace><set><filter/><values><gen_setup><status>0</status></gen_setup></values></set></webspace></packet>`)
	setTraffic(t, s, 1, "2026-05-13", 700)
	check(up, up, up, up, up)

	s.SetTime(time.Date(2026, 6, 2, 12, 0, 0, 0, time.UTC))
	setTraffic(t, s, 1, "2026-06-01", 1001)
	check(down, up, up, up, up)
}

// What addon sites use counts, and so does a limit that is set afterwards.
func TestOveruseOfAllSites(t *testing.T) {
	s := hostledgertest.New(t)
	s.Fixture(t, limited)
	setTraffic(t, s, 2, "2026-05-15", 600)
	setTraffic(t, s, 6, "2026-05-15", 600)
	setTraffic(t, s, 4, "2026-05-15", 600)
	if err := s.Ledger.CheckTraffic(t.Context()); err != nil {
		t.Fatal(err)
	}
	checkFoundByServer(t, s)
	post(t, s, `<packet><webspace><set><filter><id>4</id></filter><values><limits><limit><name>max_traffic</name><value>599</value></limit></limits></values></set></webspace></packet>`)
	if err := s.Ledger.CheckTraffic(t.Context()); err != nil {
		t.Fatal(err)
	}
	found, err := s.Ledger.Webspaces(t.Context(), []int64{2, 4})
	if err != nil || found[0].Status != ledger.StatusDownByAdmin || found[1].Status != ledger.StatusDownByAdmin {
		t.Errorf("got the statuses %d and %d, and the error %v", found[0].Status, found[1].Status, err)
	}
}

// checkFoundByServer checks that the last event is the server's own finding.
func checkFoundByServer(t *testing.T, s *hostledgertest.Server) {
	t.Helper()
	last, err := s.Ledger.LastEventID(t.Context(), server.Admin)
	if err != nil {
		t.Fatal(err)
	}
	events, err := s.Ledger.Events(t.Context(), server.Admin, last-1, nil)
	if err != nil {
		t.Fatal(err)
	}
	e := events[0]
	if e.Class != ledger.ClassDomainTrafficLimit || e.Type != ledger.EventExceeded || e.User != "system" || e.Host != "127.0.0.1" {
		t.Errorf("the last event is %+v, want one of overuse that the server itself found", e)
	}
}

// New limits that come with an owner's plan are compared with what was used before.
func TestOveruseOfNewPlans(t *testing.T) {
	tin := "Tin"
	for name, change := range map[string]func(h host) error{
		"change of owner": func(h host) error {
			return h.ChangeOwner(h.Context(), server.Admin, h.account("jane"), ledger.NewOwner{Login: "admin", PlanName: &tin})
		},
		"conversion": func(h host) error {
			return h.ConvertToCustomer(h.Context(), server.Admin, h.account("rita"), &tin)
		},
		"switch": func(h host) error {
			_, err := h.SwitchSubscription(h.Context(), server.Admin, h.webspaceOf("jane"), &ledger.Selector{By: ledger.ByName, Value: tin})
			return err
		},
		"change of a plan": func(h host) error {
			p := h.plan(ledger.ServicePlan, "Lead", limits("max_traffic", 300))
			if _, err := h.SwitchSubscription(h.Context(), server.Admin, h.webspaceOf("jane"), &ledger.Selector{By: ledger.ByName, Value: "Lead"}); err != nil {
				return err
			}
			h.ok(h.CheckTraffic(h.Context()))
			h.change(p, limits("max_traffic", 100))
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := hostledgertest.New(t)
			h := host{t, s.Ledger}
			h.populate()
			h.plan(ledger.ServicePlan, tin, limits("max_traffic", 100))
			for _, login := range []string{"jane", "rita"} {
				setTraffic(t, s, int(h.webspaceOf(login)), "2026-05-14", 200)
			}
			h.ok(h.CheckTraffic(t.Context()))
			h.ok(change(h))
			h.ok(h.CheckTraffic(t.Context()))
			if h.read(h.webspaceOf("jane")).Status|h.read(h.webspaceOf("rita")).Status != ledger.StatusDownByAdmin {
				t.Error("the subscription is still in service")
			}
		})
	}
}

// A subscription whose limit is raised while its traffic is compared stays in
// service.
func TestLimitRaisedMeanwhile(t *testing.T) {
	h, store := newBusyHost(t)
	h.populate()
	h.set(1, limits("max_traffic", 100))
	date, _ := ledger.ParseDate("2026-05-14")
	run := &ledger.TrafficRun{}
	*run.Add() = ledger.MailTraffic{SiteID: 1, Date: date, SMTPIn: 200, Given: ledger.SMTPIn}
	h.ok(h.SetTraffic(t.Context(), server.Admin, run, ledger.ErrNoSite))
	store.meanwhile = func() { h.set(1, limits("max_traffic", 200)) }
	h.ok(h.CheckTraffic(t.Context()))
	if w := h.read(1); w.Status != ledger.StatusActive || w.Overused != 0 {
		t.Errorf("the subscription has the status %d and is overused since %v", w.Status, w.Overused)
	}
}

// A server that watches compares of itself, and ends when it is closed.
func TestWatch(t *testing.T) {
	t.Parallel()
	s, err := server.Open(t.Context(), server.Options{
		AdminPassword: func() string { return "setup-Pa55" }, Log: slog.New(slog.DiscardHandler),
		CheckTraffic: time.Millisecond, WeakPasswords: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	h := host{t, s.Ledger}
	h.subscribe("jane.example", nil, limits("max_traffic", 100))
	run := &ledger.TrafficRun{}
	*run.Add() = ledger.MailTraffic{SiteID: 1, Date: h.Today(), SMTPIn: 200, Given: ledger.SMTPIn}
	h.ok(h.SetTraffic(t.Context(), server.Admin, run, ledger.ErrNoSite))
	for deadline := time.Now().Add(10 * time.Second); h.read(1).Status != ledger.StatusDownByAdmin; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the subscription is in service after 10 seconds")
		}
	}
	h.ok(s.Close())
}

// webspaceOf returns the id of the subscription of an account that populate added.
func (h host) webspaceOf(login string) int64 {
	h.Helper()
	found, err := h.FindWebspaces(h.Context(), server.Admin, ledger.Filter{By: ledger.ByName, Values: []string{login + ".example"}})
	h.ok(err)
	h.ok(found[0].Err)
	return found[0].ID
}

func setTraffic(t *testing.T, s *hostledgertest.Server, site int, date string, bytes int) {
	t.Helper()
	post(t, s, fmt.Sprintf(`<packet><site><set_traffic><dom_id>%d</dom_id><date>%s</date><smtp_in>%d</smtp_in><smtp_out/>`+
		`<pop3_imap_in/><pop3_imap_out/></set_traffic></site></packet>`, site, date, bytes))
}

func post(t *testing.T, s *hostledgertest.Server, packet string) {
	t.Helper()
	answer, err := s.Client().Post(t.Context(), strings.NewReader(packet), false)
	if err == nil {
		err = client.Check(answer)
	}
	if err != nil {
		t.Fatal(err)
	}
}
