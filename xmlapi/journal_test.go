package xmlapi_test

import (
	"encoding/xml"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
)

// changesNothing are golden packets whose changes succeed and make nothing any
// different.
var changesNothing = map[string]bool{
	"webspace_set/12_disk_usage_is_taken_anew":    true,
	"webspace_set/15_nothing":                     true,
	"webspace_set/29_still_suspended@john":        true,
	"webspace_set/31_name_taken":                  true,
	"webspace_set-billing-info/03_no_values":      true,
	"webspace_set-billing-info/25_newest_version": true,
	"customer_set/05_nothing":                     true,
	"customer_set-billing-info/07_no_values":      true,
	"reseller_set/04_nothing":                     true,
	"site_set/04_nothing":                         true,
	"ip_set/03_certificate_is_not_kept":           true,
	"ip_set/04_nothing":                           true,
	"ip_set/09_service_node":                      true,

	"webspace_disable-aps-filter/02_twice_is_once":              true,
	"webspace_disable-aps-filter/05_not_found_among_found":      true,
	"webspace_enable-aps-filter/02_twice_is_once":               true,
	"webspace_enable-aps-filter/05_not_found_among_found":       true,
	"webspace_sync-subscription/04_every_subscription":          true,
	"webspace_sync-subscription/05_not_found_among_found":       true,
	"webspace_switch-subscription/13_others_subscription@rita":  true,
	"server_set/09_certificates":                                true,
	"server_set/10_nothing":                                     true,
	"site-alias_rename/03_same_name":                            true,
	"subdomain_rename/03_same_name":                             true,
	"locale_disable/02_again":                                   true,
	"locale_enable/01_enabled_already":                          true,
	"php-handler_enable/02_unknown":                             true,
	"site-alias_set/07_not_found_among_found":                   true,
	"site-alias_set/12_revoked_does_not_bind_the_administrator": true,
	"subdomain_set/06_not_found_among_found":                    true,
	"customer_change-owner/18_same_owner_takes_none":            true,
}

// notInTheJournal are operations that are no reading and that the journal does
// not tell of.
var notInTheJournal = []string{"set_traffic", "create_session", "terminate", "srv_man"}

// Whatever changes something is in the journal, with who did it, from where
// and when; nothing else is. Every golden packet is posted, and its answer says
// which of its operations succeeded.
func TestEveryChangeIsInTheJournal(t *testing.T) {
	t.Parallel()
	fixture := readFile(t, filepath.Join(goldenDir, "fixture.xml"))
	for _, operation := range xmlapi.Operations() {
		folder := goldenFolder(operation)
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			s := hostledgertest.New(t)
			s.Fixture(t, fixture)
			for _, request := range goldenRequests(t, folder) {
				checkJournal(t, s, request)
			}
		})
	}
}

func checkJournal(t *testing.T, s *hostledgertest.Server, request string) {
	t.Helper()
	name := strings.TrimSuffix(request, requestSuffix)
	caller := callerOf(s, request)
	before := lastEvent(t, s)
	changes := changesIn(t, post(t, as(s, caller), readFile(t, request)))
	isChange := len(changes) > 0 && !changesNothing[strings.TrimPrefix(name, goldenDir+"/")]
	if written := lastEvent(t, s) - before; written > 0 != isChange {
		t.Errorf("%s: got %d events for the changes %v", name, written, changes)
	}
	events, err := s.Ledger.Events(t.Context(), server.Admin, before, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := ledger.Cause{User: caller, Host: "127.0.0.1", Time: time.Date(2026, 5, 15, 12, 0, 0, 0, time.UTC)}
	for _, e := range events {
		if e.Cause != want {
			t.Errorf("%s: the cause of %s is %v, want %v", name, e.EventKind, e.Cause, want)
		}
	}
}

func lastEvent(t *testing.T, s *hostledgertest.Server) int64 {
	t.Helper()
	last, err := s.Ledger.LastEventID(t.Context(), server.Admin)
	if err != nil {
		t.Fatal(err)
	}
	return last
}

// changesIn returns the operations of an answer that succeeded on something
// and that the journal tells of.
func changesIn(t *testing.T, answer string) (changes []string) {
	t.Helper()
	type result struct {
		Status   string `xml:"status"`
		FilterID string `xml:"filter-id"`
		Object   []any  `xml:",any"` // its id, a key, an address
	}
	type action struct { // within an operation
		XMLName xml.Name
		Results []result `xml:"result"`
	}
	var packet struct {
		Operators []struct {
			XMLName    xml.Name
			Operations []struct {
				XMLName xml.Name
				Results []result `xml:"result"`
				Actions []action `xml:",any"`
			} `xml:",any"`
		} `xml:",any"`
	}
	if err := xml.Unmarshal([]byte(answer), &packet); err != nil {
		t.Fatalf("%v\n%s", err, answer)
	}
	for _, operator := range packet.Operators {
		for _, operation := range operator.Operations {
			for _, a := range append(operation.Actions, action{operation.XMLName, operation.Results}) {
				name := a.XMLName.Local
				isRead := strings.HasPrefix(name, "get") || strings.HasPrefix(name, "list") || strings.HasSuffix(name, "list")
				if isRead || slices.Contains(notInTheJournal, name) {
					continue
				}
				namesNothing := name == "rename" || operator.XMLName.Local == "server"
				for _, result := range a.Results {
					if result.Status == "ok" && (len(result.Object) > 0 || namesNothing) {
						changes = append(changes, operator.XMLName.Local+"/"+name)
					}
				}
			}
		}
	}
	return changes
}
