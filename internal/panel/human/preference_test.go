package human_test

import (
	"strings"
	"testing"

	"github.com/hostledger/hostledger/internal/panel/human"
)

func TestNegotiate(t *testing.T) {
	var all []string
	for _, w := range written {
		all = append(all, w.locale)
	}
	tests := []struct {
		header  string
		enabled []string
		want    string
	}{
		{"de-DE,de;q=0.9,en;q=0.8", all, "de-DE"},
		{"de-AT", all, "de-DE"},
		{"en-GB,en;q=0.9", all, "en-GB"},
		{"en-US,en;q=0.9", all, "en-US"},
		{"en-AU", all, "en-GB"},
		{"fr;q=0.3, it;q=0.9", all, "it-IT"},
		{"pt", all, "pt-BR"},
		{"pt-PT", all, "pt-PT"},
		{"no", all, "nb-NO"},
		{"zh-Hant-HK", all, "zh-TW"},
		{"zh", all, "zh-CN"},
		{"fil", all, "tl-PH"},
		{"ar-EG", all, "ar"},
		{"iw", all, "he-IL"},
		{"de", []string{"en-US", "fr-FR"}, "en-US"},
		{"eo", all, "en-US"},
		{"", all, "en-US"},
		{"", []string{"de-DE", "en-US"}, "en-US"},
		{"*", all, "en-US"},
		{"de;q=x", all, "en-US"},
		{strings.Repeat("de-", 5000), all, "en-US"},
		{"de", nil, "en-US"},
	}
	for _, tt := range tests {
		check(t, "Accept-Language: "+tt.header, human.Negotiate(tt.header, tt.enabled), tt.want)
	}
}

func TestZone(t *testing.T) {
	for _, name := range []string{"UTC", "Europe/Berlin", "America/Argentina/ComodRivadavia", "Etc/GMT+12"} {
		if zone := human.Zone(name); zone == nil || zone.String() != name {
			t.Errorf("Zone(%q) = %v", name, zone)
		}
	}
	for _, name := range []string{
		"", "Local", "Mars/Olympus", "Europe", "../zoneinfo/UTC", "Europe/../UTC", "/etc/localtime", `\UTC`,
		"Europe/Berlin\x00", "zone.tab", strings.Repeat("UTC/", 1000),
	} {
		if zone := human.Zone(name); zone != nil {
			t.Errorf("Zone(%q) = %v, want none", name, zone)
		}
	}
}
