package ledger_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostledger/hostledger/ledger"
)

// subscribed is a subscription of a plan with add-ons.
func subscribed(plan ledger.Settings, addons ...ledger.Settings) *ledger.Webspace {
	w := &ledger.Webspace{Plan: &ledger.Plan{Settings: ledger.PlanSettings{Settings: plan}}}
	w.Own.Hosting.Type = ledger.HostingVirtual
	for _, addon := range addons {
		w.Addons = append(w.Addons, ledger.Plan{Settings: ledger.PlanSettings{Settings: addon}})
	}
	return w
}

func TestLimitsOfAddonsAddUp(t *testing.T) {
	const unset = math.MinInt64
	limits := func(name string, value int64) (s ledger.Settings) {
		if value != unset {
			s.Limits.Values = ledger.Properties[int64]{{Name: name, Value: value}}
		}
		return s
	}
	for _, c := range []struct {
		name              string
		plan, addon, more int64
		want              int64
	}{
		{"max_box", 10, 5, unset, 15},
		{"max_box", 10, 5, 7, 22},
		{"max_box", 10, 0, unset, 10},
		{"max_box", 0, 5, unset, 5},
		{"max_box", 10, unset, unset, 10},
		{"max_box", 10, -1, unset, -1},
		{"max_box", 10, -1, 5, -1},
		{"max_box", -1, 5, unset, -1},
		{"max_box", unset, 5, unset, -1},
		{"max_box", unset, 5, 5, -1},
		{"max_traffic", math.MaxInt64, 1, unset, math.MaxInt64},
		{"max_traffic", math.MaxInt64 - 1, 1, unset, math.MaxInt64},
		{"max_traffic", math.MaxInt64 - 1, 1, math.MaxInt64, math.MaxInt64},
		{"mbox_quota", 100, 50, unset, 100},
		{"mbox_quota", 100, 150, unset, 150},
		{"mbox_quota", 100, -1, unset, -1},
		{"mbox_quota", -1, 150, unset, -1},
		{"expiration", 1_800_000_000, 1_700_000_000, 1_900_000_000, 1_900_000_000},
		{"git_max_repos", 3, 2, unset, 5},
		{"git_max_repos", unset, 2, unset, -1},
	} {
		w := subscribed(limits(c.name, c.plan), limits(c.name, c.addon), limits(c.name, c.more))
		complete := w.Settings().Limits.Complete()
		if got, _ := complete.Get(c.name); got != c.want {
			t.Errorf("%s: %d with the add-ons %d and %d is %d, want %d", c.name, c.plan, c.addon, c.more, got, c.want)
		}
	}
}

// An add-on takes nothing away, whatever it says.
func TestAddonsTakeNothingAway(t *testing.T) {
	for _, c := range []struct{ name, plan, addon, want string }{
		{"ssl", "true", "false", "true"},
		{"ssl", "false", "true", "true"},
		{"ssl", "true", "", "true"},
		{"webstat", "awstats", "none", "awstats"},
		{"webstat", "awstats", "webalizer", "webalizer"},
		{"shell", "/bin/bash", "/bin/false", "/bin/bash"},
		{"shell", "/bin/false", "/bin/bash", "/bin/bash"},
		{"ftp_quota", "1000", "500", "1000"},
		{"ftp_quota", "1000", "1500", "1500"},
		{"ftp_quota", "1000", "-1", "-1"},
		{"ftp_quota", "-1", "1500", "-1"},
		{"ftp_quota", "1000", "much", "1000"},
		{"php_handler_id", "fpm-8.1", "fpm-8.4", "fpm-8.4"},
	} {
		properties := func(value string) (s ledger.Settings) {
			s.Hosting.Properties = ledger.Properties[string]{{Name: c.name, Value: value}}
			return s
		}
		if got, _ := subscribed(properties(c.plan), properties(c.addon)).Settings().Hosting.Properties.Get(c.name); got != c.want {
			t.Errorf("%s: %q with the add-on %q is %q, want %q", c.name, c.plan, c.addon, got, c.want)
		}
	}
	bounds := func(bandwidth string, connections int64) (s ledger.Settings) {
		if bandwidth != "" {
			s.Performance = ledger.Performance{Bandwidth: &bandwidth, MaxConnections: &connections}
		}
		return s
	}
	for _, c := range []struct{ plan, addon, want ledger.Settings }{
		{bounds("100", 10), bounds("50.5", 5), bounds("100", 10)},
		{bounds("100", 10), bounds("100.5", 11), bounds("100.5", 11)},
		{bounds("100", 10), bounds("-1", -1), bounds("-1", -1)},
		{bounds("-1", -1), bounds("100", 10), bounds("-1", -1)},
		{bounds("", 0), bounds("100", 10), bounds("", 0)},
		{bounds("100", 10), bounds("", 0), bounds("100", 10)},
	} {
		if diff := cmp.Diff(c.want.Performance, subscribed(c.plan, c.addon).Settings().Performance); diff != "" {
			t.Errorf("bounds of %+v with the add-on %+v (-want +got):\n%s", c.plan.Performance, c.addon.Performance, diff)
		}
	}
}

func TestQuotaThatIsNotSetIsUnlimited(t *testing.T) {
	var addon ledger.Settings
	addon.Hosting.Properties = ledger.Properties[string]{{Name: "ftp_quota", Value: "1500"}}
	if quota, ok := subscribed(ledger.Settings{}, addon).Settings().Hosting.Properties.Get("ftp_quota"); ok {
		t.Errorf("an add-on bounded to %s what was not bounded", quota)
	}
}

// everything is settings with something in every list.
func everything(text string) ledger.Settings {
	number := int64(len(text))
	return ledger.Settings{
		Hosting: ledger.Hosting{
			Type: ledger.HostingVirtual, IPs: []string{text}, Properties: ledger.Properties[string]{{Name: "shared", Value: text}, {Name: text, Value: text}},
		},
		Limits: ledger.Limits{
			Overuse: text, Values: ledger.Properties[int64]{{Name: "shared", Value: number}, {Name: text, Value: number}},
		},
		Prefs:       ledger.Prefs{StatTTL: &text},
		Performance: ledger.Performance{Bandwidth: &text, MaxConnections: &number},
		Permissions: ledger.Properties[bool]{{Name: "shared", Value: number > 4}, {Name: text, Value: true}},
		PHP:         ledger.Properties[string]{{Name: "shared", Value: text}, {Name: text, Value: text}},
		Mail:        ledger.Mail{IPs: []string{text}, Webmail: &text},
		PlanItems:   []string{"shared", text},
		Packages:    []string{"shared", text},
		DBServers:   []int64{number},
	}
}

// spoil overwrites every value in every list.
func spoil(s *ledger.Settings) {
	for i := range s.Hosting.Properties {
		s.Hosting.Properties[i].Value = "spoilt"
	}
	for i := range s.Limits.Values {
		s.Limits.Values[i].Value = 666
	}
	for i := range s.Permissions {
		s.Permissions[i].Value = false
	}
	for i := range s.PHP {
		s.PHP[i].Value = "spoilt"
	}
	for _, list := range [][]string{s.Mail.IPs, s.PlanItems, s.Packages} {
		for i := range list {
			list[i] = "spoilt"
		}
	}
	for i := range s.DBServers {
		s.DBServers[i] = 666
	}
}

// Several subscriptions that were read together share what was read of their
// plans, so what becomes of one's settings must not reach the plans.
func TestSettingsShareNothingWithPlans(t *testing.T) {
	w := subscribed(everything("plan"), everything("addon"), everything("another"))
	plans := func() string {
		text, err := json.Marshal([]any{w.Plan, w.Addons})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	before, first := plans(), w.Settings()
	want, err := json.Marshal(first)
	if err != nil {
		t.Fatal(err)
	}
	spoil(&first)
	if diff := cmp.Diff(before, plans()); diff != "" {
		t.Errorf("the plans changed (-before +after):\n%s", diff)
	}
	got, err := json.Marshal(w.Settings())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("the settings changed (-first +again):\n%s", diff)
	}
}

// Values come in the order in which the plan, its add-ons and the subscription
// first name them, and items of lists in that in which they last do.
func TestOrderOfValues(t *testing.T) {
	w := subscribed(everything("plan"), everything("addon"))
	w.Own = everything("own")
	s := w.Settings()
	order := func(what string, got []string, want ...string) {
		t.Helper()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	order("hosting", names(s.Hosting.Properties), "shared", "plan", "addon", "own")
	order("limits", names(s.Limits.Values), "shared", "plan", "addon", "own")
	order("permissions", names(s.Permissions), "shared", "plan", "addon", "own")
	order("PHP settings", names(s.PHP), "shared", "plan", "addon", "own")
	order("applications", s.Packages, "plan", "addon", "shared", "own")
	order("additional services", s.PlanItems, "plan", "shared", "own")
	order("addresses", s.Hosting.IPs, "own")
	if value, _ := s.Hosting.Properties.Get("shared"); value != "own" {
		t.Errorf("the plans' value %q hides that of the subscription", value)
	}
	if s.Limits.Overuse != "own" {
		t.Errorf("the plan's policy %q hides that of the subscription", s.Limits.Overuse)
	}
}

func names[T any](properties ledger.Properties[T]) (names []string) {
	for _, p := range properties {
		names = append(names, p.Name)
	}
	return names
}

// Preferences of a plan are those of its subscriptions' sites.
func TestPreferencesOfPlans(t *testing.T) {
	months, never, off := int64(6), int64(0), false
	for _, c := range []struct {
		preferences ledger.PlanPreferences
		stat        string
	}{
		{ledger.PlanPreferences{StatTTL: &months, MailService: &off}, "6"},
		{ledger.PlanPreferences{StatTTL: &never, MailService: &off}, ""},
	} {
		w := subscribed(ledger.Settings{})
		w.Plan.Settings.Preferences = c.preferences
		s := w.Settings()
		if s.Prefs.StatTTL == nil || *s.Prefs.StatTTL != c.stat || s.Mail.MailService == nil || *s.Mail.MailService {
			t.Errorf("%+v: got the preferences %+v and mail %+v", c.preferences, s.Prefs, s.Mail)
		}
		on := true
		w.Own.Mail.MailService = &on
		if s := w.Settings(); !*s.Mail.MailService {
			t.Error("the plan switched off what the subscription switched on")
		}
	}
}
