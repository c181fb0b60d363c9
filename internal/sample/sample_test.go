package sample_test

import (
	"slices"
	"testing"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/internal/sample"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
)

func TestTheSampleIsWhatItSays(t *testing.T) {
	s := hostledgertest.New(t)
	s.SetTime(sample.Begin)
	s.Fixture(t, sample.Accounts())
	s.SetTime(sample.Now)
	s.Fixture(t, sample.Traffic())
	if err := s.Ledger.CheckTraffic(t.Context()); err != nil {
		t.Fatal(err)
	}
	if overused := overused(t, s.Ledger); !slices.Equal(overused, []string{"okafor-legal.example"}) {
		t.Errorf("these passed their limit of traffic: %v", overused)
	}
	if near, over := renewals(t, s); near != 7 || over != 1 {
		t.Errorf("%d renewals in the next 30 days, %d over", near, over)
	}
}

// overused returns the names of the subscriptions that are marked so.
func overused(t *testing.T, l *ledger.Ledger) (names []string) {
	t.Helper()
	matches, err := l.FindWebspaces(t.Context(), server.Admin, ledger.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	var ids []int64
	for _, m := range matches {
		ids = append(ids, m.ID)
	}
	webspaces, err := l.Webspaces(t.Context(), ids)
	if err != nil || len(webspaces) != 15 {
		t.Fatalf("%d subscriptions, %v", len(webspaces), err)
	}
	for _, w := range webspaces {
		if w.Overused != 0 {
			names = append(names, w.Name.Unicode)
		}
	}
	return names
}

// renewals returns how many are near, and how many are over.
func renewals(t *testing.T, s *hostledgertest.Server) (near, over int) {
	t.Helper()
	subscriptions, err := client.Do(t.Context(), s.Client(), client.WebspaceGet{Dataset: client.WebspaceDataset{BillingInfo: true}})
	if err != nil {
		t.Fatal(err)
	}
	for _, subscription := range subscriptions {
		billing := subscription.Data.BillingInfo
		if billing.RenewalDate == nil {
			continue
		}
		renewal, err := ledger.ParseRenewalDate(*billing.RenewalDate)
		if err != nil {
			t.Fatal(err)
		}
		switch at := renewal.Time(); {
		case at.Before(sample.Now):
			over++
		case at.Before(sample.Now.AddDate(0, 0, 30)):
			near++
		}
	}
	return near, over
}
