package storetest

import (
	"context"
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

func testEvents(t *testing.T, w *world) {
	t.Run("of changes", func(t *testing.T) { testEventsOfChanges(t, w) })
	t.Run("of nothing", func(t *testing.T) { testNoEvents(t, w) })
	t.Run("read", func(t *testing.T) { testReadEvents(t, w) })
	t.Run("delete", func(t *testing.T) { testDeleteEvents(t, w) })
}

// someone is the cause of the changes in these tests.
var someone = ledger.Cause{User: "rita", Host: "2001:db8::7", Time: time.Date(2027, 1, 15, 8, 0, 0, 0, time.UTC)}

// eventsOf returns the events that a change adds to the journal, each as
// class/type and object, and checks their causes.
func eventsOf(t *testing.T, w *world, change func(context.Context)) (events []string) {
	t.Helper()
	last := must(w.LastEventID(t.Context()))(t)
	change(ledger.WithCause(t.Context(), someone))
	for _, e := range must(w.Events(t.Context(), last, nil, 100))(t) {
		equal(t, "cause of "+e.String(), e.Cause, someone)
		if e.ID <= last {
			t.Errorf("got event %d after %d, want a higher id", e.ID, last)
		}
		last = e.ID
		events = append(events, e.String()+" "+e.ObjectID)
	}
	equal(t, "last id", must(w.LastEventID(t.Context()))(t), last)
	return events
}

// change is a change and the events that it writes. Of an object whose id is not
// known before it is added, they have the name by which it is in made.
type change struct {
	method string
	do     func(context.Context) error
	want   []string
}

// made are the ids of objects by the names that changes have for them.
type made map[string]*int64

func (m made) replace(events []string) (replaced []string) {
	for _, e := range events {
		kind, object, _ := strings.Cut(e, " ")
		if made, ok := m[object]; ok {
			object = id(*made)
		}
		replaced = append(replaced, kind+" "+object)
	}
	return replaced
}

// testEventsOfChanges makes every kind of change there is.
func testEventsOfChanges(t *testing.T, w *world) {
	covered := map[string]bool{
		"SetMeta": true, "SetTraffic": true, "DeleteEvents": true, "AddSession": true, "UpdateSession": true, "DeleteSession": true,
	}
	ids := made{}
	for _, changes := range [][]change{w.accountChanges(), w.webspaceChanges(), w.siteChanges(ids), w.otherChanges(ids), w.deletions(ids)} {
		for _, c := range changes {
			covered[c.method] = true
			got := eventsOf(t, w, func(ctx context.Context) {
				if err := c.do(ctx); err != nil {
					t.Errorf("%s: %v", c.method, err)
				}
			})
			equal(t, "events of "+c.method, got, ids.replace(c.want))
		}
	}
	for method := range reflect.TypeFor[ledger.Store]().Methods() {
		isWrite := slices.ContainsFunc([]string{"Add", "Update", "Set", "Delete"}, func(verb string) bool {
			return strings.HasPrefix(method.Name, verb)
		})
		if isWrite && !covered[method.Name] {
			t.Errorf("the events of %s are not tested", method.Name)
		}
	}
}

func (w *world) accountChanges() []change {
	update := func(a *ledger.Account, change func(*ledger.Account)) func(context.Context) error {
		return func(ctx context.Context) error {
			return w.UpdateAccount(ctx, a.ID, func(a *ledger.Account) error {
				change(a)
				return nil
			})
		}
	}
	admin, reseller, customer := id(w.admin.ID), id(w.reseller.ID), id(w.customer.ID)
	return []change{
		{"AddAccount", func(ctx context.Context) error {
			return w.AddAccount(ctx, &ledger.Account{ID: 900, Role: ledger.RoleCustomer, OwnerID: w.admin.ID, Login: "new", Created: today}, nil)
		}, []string{"client/created 900"}},
		{"AddAccount", func(ctx context.Context) error {
			return w.AddAccount(ctx, &ledger.Account{ID: 901, Role: ledger.RoleReseller, OwnerID: w.admin.ID, Login: "sells", Created: today}, nil)
		}, []string{"reseller/created 901"}},
		{"UpdateAccount", update(&w.customer, func(a *ledger.Account) { a.Contact.Phone = "11" }), []string{"client/updated " + customer}},
		{"UpdateAccount", update(&w.customer, func(a *ledger.Account) { a.PasswordHash = "new hash" }), []string{"client/updated " + customer}},
		{"UpdateAccount", update(&w.customer, func(a *ledger.Account) { a.Status = ledger.StatusDownByAdmin }),
			[]string{"client_status/status_changed " + customer}},
		{"UpdateAccount", update(&w.customer, func(a *ledger.Account) { a.GUID, a.Status, a.Login = "other", 0, "renamed" }),
			[]string{"client/guid_changed " + customer, "client_status/status_changed " + customer, "client/updated " + customer}},
		{"UpdateAccount", update(&w.reseller, func(a *ledger.Account) { a.Status = ledger.StatusDownByAdmin }),
			[]string{"reseller_status/status_changed " + reseller}},
		{"UpdateAccount", update(&w.reseller, func(a *ledger.Account) { a.Reseller.Limits.Overuse = "notify" }),
			[]string{"reseller_limits/updated " + reseller}},
		{"UpdateAccount", update(&w.reseller, func(a *ledger.Account) {
			a.Reseller.Permissions = ledger.Properties[bool]{{Name: "create_clients"}}
		}), []string{"reseller_perms/updated " + reseller}},
		{"UpdateAccount", update(&w.reseller, func(a *ledger.Account) {
			a.Reseller.IPPool = []ledger.PoolAddress{{Address: netip.MustParseAddr("192.0.2.1"), Type: ledger.IPShared}}
		}), []string{"reseller_ip_pool/updated " + reseller}},
		{"UpdateAccount", update(&w.reseller, func(a *ledger.Account) { a.Reseller.IPPool = nil }), []string{"reseller_ip_pool/updated " + reseller}},
		{"UpdateAccountWithWebspaces", func(ctx context.Context) error {
			return w.UpdateAccountWithWebspaces(ctx, w.customer.ID, func(a *ledger.Account) error {
				a.Description = "moved"
				return nil
			}, nil, func(space *ledger.Webspace) error {
				space.Description = "moved"
				return nil
			})
		}, []string{"domain/updated " + id(w.customerSpace.ID), "client/updated " + customer}},
		{"UpdateAccount", update(&w.admin, func(a *ledger.Account) { a.PasswordHash, a.GUID = "new hash", "other" }),
			[]string{"admin_info/updated " + admin}},
	}
}

func (w *world) webspaceChanges() []change {
	update := func(change func(*ledger.Webspace)) func(context.Context) error {
		return func(ctx context.Context) error {
			return w.UpdateWebspace(ctx, w.customerSpace.ID, nil, func(space *ledger.Webspace) error {
				change(space)
				return nil
			})
		}
	}
	space := id(w.customerSpace.ID)
	return []change{
		{"AddWebspace", func(ctx context.Context) error {
			added := newWebspace("added.example", &w.customer)
			added.ID = 7000
			return w.AddWebspace(ctx, &added, nil)
		}, []string{"domain/created 7000", "phosting/created 7000"}},
		{"AddWebspace", func(ctx context.Context) error {
			bare := newWebspace("bare.example", &w.customer)
			bare.ID, bare.Own.Hosting = 7001, ledger.Hosting{Type: ledger.HostingNone}
			return w.AddWebspace(ctx, &bare, nil)
		}, []string{"domain/created 7001"}},
		{"UpdateWebspace", update(func(w *ledger.Webspace) { w.AdminDescription = "new" }), []string{"domain/updated " + space}},
		{"UpdateWebspace", update(func(s *ledger.Webspace) { s.OwnerID = w.client.ID }), []string{"domain/updated " + space}},
		{"UpdateWebspace", update(func(s *ledger.Webspace) { s.OwnerID = w.customer.ID }), []string{"domain/updated " + space}},
		{"UpdateWebspace", update(func(w *ledger.Webspace) { w.Status = ledger.StatusDownByAdmin }),
			[]string{"domain_status/status_changed " + space}},
		{"UpdateWebspace", update(func(w *ledger.Webspace) {
			w.GUID, w.Status = "other", ledger.StatusActive
			w.Own.Limits.Values.Merge(ledger.Properties[int64]{{Name: "max_traffic", Value: 1}})
			w.Own.Hosting.Properties.Merge(ledger.Properties[string]{{Name: "ftp_login", Value: "other"}})
			w.Own.Mail.None = true
		}), []string{
			"domain/guid_changed " + space, "domain_status/status_changed " + space, "domain_limits/updated " + space,
			"phosting/updated " + space, "domain/updated " + space,
		}},
		{"UpdateWebspace", update(func(w *ledger.Webspace) { w.Own.Hosting = ledger.Hosting{Type: ledger.HostingForward} }),
			[]string{"phosting/deleted " + space, "fhosting/created " + space}},
		{"UpdateWebspace", update(func(w *ledger.Webspace) { w.Own.Hosting.Type = ledger.HostingFrameForward }),
			[]string{"fhosting/updated " + space}},
		{"UpdateWebspace", update(func(w *ledger.Webspace) { w.Overused, w.Status = 20260501, ledger.StatusDownByAdmin }),
			[]string{"domain_status/status_changed " + space, "domain_limit_traffic/exceeded " + space}},
		{"UpdateWebspace", update(func(w *ledger.Webspace) { w.Own.Hosting.Type = ledger.HostingNone }),
			[]string{"fhosting/deleted " + space}},
		{"UpdateWebspace", update(func(w *ledger.Webspace) { w.Own.Hosting.IPs = []string{"192.0.2.2"} }),
			[]string{"domain/updated " + space}},
	}
}

func (w *world) siteChanges(ids made) []change {
	space := &w.adminSpace
	var addon, subOfMain, subOfAddon ledger.Site
	ids["addon"], ids["subOfMain"], ids["subOfAddon"] = &addon.ID, &subOfMain.ID, &subOfAddon.ID
	add := func(site *ledger.Site, name string, parent *int64) func(context.Context) error {
		return func(ctx context.Context) error {
			*site = newSite(name, space, nil)
			if parent != nil {
				site.ParentSiteID = *parent
			}
			return w.AddSite(ctx, site, admitAny)
		}
	}
	update := func(id *int64, change func(*ledger.Site)) func(context.Context) error {
		return func(ctx context.Context) error {
			return w.UpdateSite(ctx, *id, func(site *ledger.Site) error {
				change(site)
				return nil
			})
		}
	}
	alias, ofAddon := newAlias("alias.example", space, space.ID), newAlias("more.example", space, space.ID)
	ids["alias"], ids["ofAddon"] = &alias.ID, &ofAddon.ID
	suspended := func(site *ledger.Site) { site.Status = ledger.StatusDownByCustomer }
	return []change{
		{"AddSite", add(&addon, "a.example", nil), []string{"site/created addon", "fhosting/created addon"}},
		{"AddSite", add(&subOfMain, "m.example", &space.ID), []string{"subdomain/created subOfMain", "fhosting/created subOfMain"}},
		{"AddSite", add(&subOfAddon, "s.example", &addon.ID), []string{"site_subdomain/created subOfAddon", "fhosting/created subOfAddon"}},
		{"UpdateSite", update(&addon.ID, suspended), []string{"site/status_changed addon"}},
		{"UpdateSite", update(&subOfMain.ID, suspended), []string{"subdomain/status_changed subOfMain"}},
		{"AddAlias", func(ctx context.Context) error { return w.AddAlias(ctx, &alias, admitAny) }, []string{"domain_alias/created alias"}},
		{"AddAlias", func(ctx context.Context) error {
			ofAddon.SiteID = addon.ID
			return w.AddAlias(ctx, &ofAddon, admitAny)
		}, []string{"site_alias/created ofAddon"}},
		{"UpdateSite", update(&addon.ID, func(s *ledger.Site) { s.GUID, s.Hosting.URL, s.TurnOffAction = "other", "https://other", "503" }),
			[]string{"site/guid_changed addon", "fhosting/updated addon", "site/updated addon"}},
		{"DeleteSite", func(ctx context.Context) error { return w.DeleteSite(ctx, addon.ID) },
			[]string{"site_alias/deleted ofAddon", "fhosting/deleted subOfAddon", "site_subdomain/deleted subOfAddon", "fhosting/deleted addon", "site/deleted addon"}},
	}
}

func (w *world) otherChanges(ids made) []change {
	addr := netip.MustParseAddr("192.0.2.1")
	customer, client := id(w.customer.ID), id(w.client.ID)
	space, other := id(w.customerSpace.ID), id(w.clientSpace.ID)
	billing := func(b *ledger.WebspaceBilling) { b.CertStoreURL = "https://example.com" }
	balances := ledger.CustomerBilling{ledger.BalanceCredit: {{Currency: "EUR", Sum: "1.00"}}, ledger.BalanceIncome: nil}
	plan := &ledger.Plan{Kind: ledger.ServicePlan, OwnerID: w.admin.ID, Name: "Plan"}
	forResellers := &ledger.Plan{Kind: ledger.ResellerPlan, OwnerID: w.admin.ID, Name: "Plan"}
	ids["plan"], ids["forResellers"] = &plan.ID, &forResellers.ID
	rename := func(p *ledger.Plan) error {
		p.Name = "Renamed"
		return nil
	}
	down := func(a *ledger.Alias) error {
		a.Status = ledger.StatusWebDown
		return nil
	}
	return []change{
		{"AddPlan", func(ctx context.Context) error { return w.AddPlan(ctx, plan) }, []string{"template_domain/created plan"}},
		{"AddPlan", func(ctx context.Context) error { return w.AddPlan(ctx, forResellers) }, []string{"template_reseller/created forResellers"}},
		{"UpdatePlan", func(ctx context.Context) error { return w.UpdatePlan(ctx, plan.ID, rename) }, []string{"template_domain/updated plan"}},
		{"UpdatePlan", func(ctx context.Context) error { return w.UpdatePlan(ctx, plan.ID, rename) }, nil},
		{"DeletePlan", func(ctx context.Context) error { return w.DeletePlan(ctx, plan.ID) }, []string{"template_domain/deleted plan"}},
		{"UpdateAlias", func(ctx context.Context) error { return w.UpdateAlias(ctx, *ids["alias"], down) }, []string{"domain_alias/updated alias"}},
		{"DeleteAlias", func(ctx context.Context) error { return w.DeleteAlias(ctx, *ids["alias"]) }, []string{"domain_alias/deleted alias"}},
		{"UpdateMeta", func(ctx context.Context) error {
			return w.UpdateMeta(ctx, "settings", func(string) (string, error) { return "new", nil })
		}, []string{"plesk_component/updated settings"}},
		{"UpdateMeta", func(ctx context.Context) error {
			return w.UpdateMeta(ctx, "settings", func(same string) (string, error) { return same, nil })
		}, nil},
		{"UpdateWebspaceBilling", func(ctx context.Context) error {
			return w.UpdateWebspaceBilling(ctx, []int64{w.customerSpace.ID}, billing)
		}, []string{"domain/updated " + space}},
		{"UpdateWebspaceBilling", func(ctx context.Context) error {
			return w.UpdateWebspaceBilling(ctx, []int64{w.customerSpace.ID, w.clientSpace.ID}, billing)
		}, []string{"domain/updated " + other}},
		{"SetCustomerBilling", func(ctx context.Context) error { return w.SetCustomerBilling(ctx, []int64{w.customer.ID}, balances) },
			[]string{"client/updated " + customer}},
		{"SetCustomerBilling", func(ctx context.Context) error {
			return w.SetCustomerBilling(ctx, []int64{w.customer.ID, w.client.ID}, balances)
		}, []string{"client/updated " + client}},
		{"AddSecretKey", func(ctx context.Context) error {
			return w.AddSecretKey(ctx, &ledger.SecretKey{ID: "key", Hash: "hash", AccountID: w.client.ID})
		}, []string{"client/updated " + client}},
		{"DeleteSecretKey", func(ctx context.Context) error { return w.DeleteSecretKey(ctx, "key") }, []string{"client/updated " + client}},
		{"AddIPAddress", func(ctx context.Context) error {
			return w.AddIPAddress(ctx, ledger.IPAddress{Address: addr, Type: ledger.IPShared})
		}, []string{"ip_address/created 192.0.2.1"}},
		{"AddIPAddress", func(ctx context.Context) error {
			return w.AddIPAddress(ctx, ledger.IPAddress{Address: netip.IPv6Loopback(), Type: ledger.IPShared})
		}, []string{"ip_address/created ::1"}},
		{"UpdateIPAddress", func(ctx context.Context) error {
			return w.UpdateIPAddress(ctx, addr, func(ip *ledger.IPAddress) error {
				ip.Type = ledger.IPExclusive
				return nil
			})
		}, []string{"ip_address/updated 192.0.2.1"}},
		{"DeleteIPAddress", func(ctx context.Context) error { return w.DeleteIPAddress(ctx, netip.IPv6Loopback()) },
			[]string{"ip_address/deleted ::1"}},
	}
}

// deletions take with them what belongs to the object, which goes first.
func (w *world) deletions(ids made) []change {
	plan := &ledger.Plan{Kind: ledger.ServicePlan, OwnerID: w.reseller.ID, Name: "Plan"}
	addon := &ledger.Plan{Kind: ledger.ServicePlanAddon, OwnerID: 901, Name: "Plan"}
	ids["planOfReseller"], ids["planAddon"] = &plan.ID, &addon.ID
	convert := func(role ledger.Role) func(context.Context) error {
		return func(ctx context.Context) error {
			return w.UpdateAccountWithWebspaces(ctx, 901, func(a *ledger.Account) error {
				a.Role, a.GUID = role, role.String()
				return nil
			}, nil, nil)
		}
	}
	return []change{
		{"AddPlan", func(ctx context.Context) error { return w.AddPlan(ctx, plan) }, []string{"template_domain/created planOfReseller"}},
		{"AddPlan", func(ctx context.Context) error { return w.AddPlan(ctx, addon) }, []string{"template_domain/created planAddon"}},
		{"UpdateAccountWithWebspaces", convert(ledger.RoleCustomer),
			[]string{"template_domain/deleted planAddon", "reseller/deleted 901", "client/created 901"}},
		{"UpdateAccountWithWebspaces", convert(ledger.RoleReseller), []string{"client/deleted 901", "reseller/created 901"}},
		{"DeleteWebspace", func(ctx context.Context) error { return w.DeleteWebspace(ctx, 7000) },
			[]string{"phosting/deleted 7000", "domain/deleted 7000"}},
		{"DeleteWebspace", func(ctx context.Context) error { return w.DeleteWebspace(ctx, w.adminSpace.ID) },
			[]string{"fhosting/deleted subOfMain", "subdomain/deleted subOfMain", "phosting/deleted " + id(w.adminSpace.ID), "domain/deleted " + id(w.adminSpace.ID)}},
		{"DeleteAccount", func(ctx context.Context) error { return w.DeleteAccount(ctx, w.reseller.ID) }, []string{
			"phosting/deleted " + id(w.clientSpace.ID), "domain/deleted " + id(w.clientSpace.ID),
			"phosting/deleted " + id(w.resellerSpace.ID), "domain/deleted " + id(w.resellerSpace.ID),
			"template_domain/deleted planOfReseller", "client/deleted " + id(w.client.ID), "reseller/deleted " + id(w.reseller.ID),
		}},
		{"DeleteAccount", func(ctx context.Context) error { return w.DeleteAccount(ctx, 900) }, []string{"client/deleted 900"}},
	}
}
