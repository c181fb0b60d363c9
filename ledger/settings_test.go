package ledger_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostledger/hostledger/ledger"
)

// Settings are kept as JSON: what was set to nothing is not what was not set.
func TestSettingsComeBackFromJSON(t *testing.T) {
	empty, zero, off := "", int64(0), false
	full := everything("full")
	for _, want := range []ledger.PlanSettings{
		{},
		{
			Settings: full, WebServer: ledger.WebServer{Additional: &empty}, Oversell: &off,
			LogRotation: &ledger.LogRotation{Bytes: &zero, Compress: &off, Email: &empty},
			IPPool:      ledger.IPPool{Addresses: []string{"192.0.2.1"}, AllocateIPv4: &zero},
		},
		{
			Settings: ledger.Settings{
				Hosting:     ledger.Hosting{Type: ledger.HostingForward, URL: "https://example.com", HTTPCode: 302},
				Limits:      ledger.Limits{Values: ledger.Properties[int64]{{Name: "max_box"}}},
				Prefs:       ledger.Prefs{WWW: &off, StatTTL: &empty, OutgoingMessagesDomainLimit: &empty, ICPStatus: &off, ICPPermit: &empty},
				Performance: ledger.Performance{Bandwidth: &empty, MaxConnections: &zero},
				Permissions: ledger.Properties[bool]{{Name: "manage_dns"}},
				PHP:         ledger.Properties[string]{{Name: "memory_limit"}},
				Mail: ledger.Mail{
					NonexistentUser: &ledger.Unknown{Action: "bounce"}, Webmail: &empty, SpamProtectSign: &off, Greylisting: &off,
					MailService: &off, MailLists: &off, ProviderPackage: &empty, WebmailCertificate: &empty, OutgoingMailbox: &empty,
					OutgoingDomain: &empty, OutgoingSubscription: &empty, OutgoingSendmail: &empty, OverlimitPercent: &zero,
				},
				APSFilter: &off,
			},
			Preferences: ledger.PlanPreferences{StatTTL: &zero, MailLists: &off, MailService: &off, DNSZoneType: &empty},
		},
	} {
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got ledger.PlanSettings
		if err := json.Unmarshal(text, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-kept +read):\n%s", text, diff)
		}
	}
}
