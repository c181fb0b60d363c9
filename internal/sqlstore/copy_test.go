package sqlstore

import (
	"bytes"
	"context"
	"database/sql"
	"log/slog"
	"math"
	"math/rand/v2"
	"net/netip"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
)

// TestCopy copies a ledger with something of everything from one kind of
// database to another and back, and looks at each as clients do: at what is
// there, and at what comes of changes.
func TestCopy(t *testing.T) {
	original := openSQLiteIn(t, t.TempDir())
	fill(t, original)
	before, answers := contentsOf(t, original), answer(t, original, "get.xml")
	stores := map[string]*Store{"PostgreSQL": openPostgres(t), "PostgreSQL again": openPostgres(t), "SQLite": openSQLiteIn(t, t.TempDir()), "SQLite again": openSQLiteIn(t, t.TempDir())}
	copyAll(t, original, stores["PostgreSQL"])
	copyAll(t, stores["PostgreSQL"], stores["PostgreSQL again"])
	copyAll(t, stores["PostgreSQL again"], stores["SQLite"])
	copyAll(t, stores["SQLite"], stores["SQLite again"])

	changed, changes := answer(t, original, "change.xml"), contentsOf(t, original)
	for name, store := range stores {
		t.Run(name, func(t *testing.T) {
			same(t, "contents", contentsOf(t, store), before)
			same(t, "answers", answer(t, store, "get.xml"), answers)
			same(t, "answers to changes", answer(t, store, "change.xml"), changed)
			same(t, "contents after the changes", contentsOf(t, store), changes)
		})
	}
}

func copyAll(t *testing.T, from, to *Store) []Copied {
	t.Helper()
	copied, err := Copy(t.Context(), from, to, CopyOptions{Today: 20260515, Progress: func(string, int64, int64) {}})
	if err != nil {
		t.Fatal(err)
	}
	return copied
}

func same[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(),
		cmpopts.EquateComparable(netip.Addr{}, ledger.RenewalDate{}, ledger.Cycle{})); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

var admin = ledger.Identity{AccountID: ledger.AdminID, Role: ledger.RoleAdmin, Login: "admin", Address: netip.MustParseAddr("127.0.0.1")}

// apiOf returns the API over a store, at noon of 15 May 2026 and with the same
// random numbers each time.
func apiOf(store *Store) *xmlapi.API {
	return &xmlapi.API{
		Ledger: ledger.New(store, ledger.Options{
			Now:    func() time.Time { return time.Date(2026, 5, 15, 12, 0, 0, 0, time.UTC) },
			Random: rand.NewChaCha8([32]byte{}), WeakPasswords: true,
		}),
		Limits: xmlapi.DefaultLimits, Log: slog.New(slog.DiscardHandler),
	}
}

// answer posts the packet in a file as the administrator.
func answer(t *testing.T, store *Store, file string) string {
	t.Helper()
	packet, err := os.ReadFile("testdata/copy/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	err = apiOf(store).Answer(t.Context(), xmlapi.Request{
		Body: bytes.NewReader(packet), Pretty: true,
		Authenticate: func(context.Context) (ledger.Identity, error) { return admin, nil },
	}, &out)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(out.Bytes(), []byte("<status>error</status>")) {
		t.Errorf("%s was refused:\n%s", file, out.Bytes())
	}
	return out.String()
}

// fill makes a new store the ledger of testdata/copy/fill.xml, with traffic of
// days that are recent, archived and forgotten.
func fill(t *testing.T, store *Store) {
	t.Helper()
	ctx, api := t.Context(), apiOf(store)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	packets, err := os.ReadFile("testdata/copy/fill.xml")
	must(err)
	must(api.Ledger.Initialize(ctx, ledger.Setup{
		Admin: admin, AdminPassword: func() string { return "setup-Pa55word" },
		IPs:  []ledger.IPAddress{{Address: admin.Address, Netmask: "255.0.0.0", Type: "shared", Interface: "lo"}},
		Fill: func(ctx context.Context) error { return api.RunFixture(ctx, admin, bytes.NewReader(packets)) },
	}))
	must(store.DeleteEvents(ctx, 5))
	setMail(t, store, math.MaxInt64, 1, 20260101, 20260102, 20260103)
	setMail(t, store, 100, 2, 20251130, 20251201, 20260131, 20260301, 20260430, 20260513)
	setMail(t, store, 0, 2, 20260512, 20251202)
	setMail(t, store, 7, 6, 20260514)
	must(restoreAllCounters(ctx, store, ledger.SiteOfWebspace{SiteID: 4, WebspaceID: 2}))
	must(store.ArchiveTraffic(ctx, 20260501))
	setMail(t, store, 200, 2, 20260131, 20260130)
	must(store.ForgetTraffic(ctx, []int64{2}, 20260101))
}

// setMail sets the same figures for days of a site.
func setMail(t testing.TB, store *Store, bytes, site int64, dates ...ledger.Date) {
	t.Helper()
	run := &ledger.TrafficRun{}
	for _, date := range dates {
		*run.Add() = ledger.MailTraffic{
			SiteID: site, Date: date, Given: ledger.AllMailCounters, SMTPIn: bytes, SMTPOut: bytes / 2, POP3IMAPIn: bytes / 3, POP3IMAPOut: bytes / 4,
		}
	}
	if err := store.SetTraffic(context.Background(), ledger.Everything, run, ledger.ErrNotFound); err != nil || run.Err(0) != nil {
		t.Fatal(err, run.Err(0))
	}
}

// restoreAllCounters gives a site traffic of all kinds, more in March than 64
// bits hold.
func restoreAllCounters(ctx context.Context, store *Store, site ledger.SiteOfWebspace) error {
	traffic := &siteTraffic{sites: []ledger.SiteOfWebspace{site}}
	for i, date := range []ledger.Date{20260331, 20260402, 20260510} {
		day := ledger.SiteDay{SiteID: site.SiteID, Date: date}
		month := siteTotals{site: site.SiteID, month: date.FirstOfMonth()}
		for c, counter := range day.List() {
			*counter = int64(10*c + i)
			month.totals[c].lo = uint64(1000*c + i)
			if date == 20260331 {
				month.totals[c].hi = uint64(c)
			}
		}
		traffic.days, traffic.months = append(traffic.days, day), append(traffic.months, month)
	}
	return store.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return store.traffic.restore(ctx, tx, traffic, 20260501)
	})
}

// contents is what the methods of [ledger.Store] tell of a store.
type contents struct {
	Installation []string
	Accounts     []ledger.Account
	Plans        []ledger.Plan
	Webspaces    []ledger.Webspace
	Sites        []ledger.Site
	Aliases      []ledger.Alias
	Keys         []ledger.SecretKey
	Sessions     []ledger.Session
	IPs          []ledger.IPAddress
	Events       []ledger.Event
	LastEvent    int64
	Billing      map[int64]ledger.WebspaceBilling
	Renewing     []int64
	Balances     []ledger.CustomerBilling
	Family       []ledger.SiteOfWebspace
	Days         []ledger.SiteDay
	First        ledger.Date
	Months       [][]ledger.SiteMonth
	Top          []ledger.WebspaceMonth
	UsedSince    []int64
}

func contentsOf(t *testing.T, s *Store) (c contents) {
	t.Helper()
	ctx, all := t.Context(), ledger.Selector{By: ledger.ByAll}
	for _, name := range []string{ledger.MetaServerGUID, ledger.MetaCopy, "server_settings"} {
		c.Installation = append(c.Installation, must(s.Meta(ctx, name))(t))
	}
	accounts, webspaces := must(s.AccountIDs(ctx, ledger.Everything, 0, all))(t), must(s.WebspaceIDs(ctx, ledger.Everything, all))(t)
	c.Accounts, c.Webspaces = must(s.Accounts(ctx, accounts))(t), must(s.Webspaces(ctx, webspaces))(t)
	for _, kind := range []ledger.PlanKind{ledger.ServicePlan, ledger.ServicePlanAddon, ledger.ResellerPlan} {
		c.Plans = append(c.Plans, must(s.Plans(ctx, must(s.PlanIDs(ctx, kind, 0, all))(t)))(t)...)
	}
	c.Sites = must(s.Sites(ctx, must(s.SiteIDs(ctx, ledger.Everything, all))(t)))(t)
	c.Aliases = must(s.Aliases(ctx, must(s.AliasIDs(ctx, ledger.Everything, all))(t)))(t)
	c.Keys, c.IPs = must(s.SecretKeys(ctx))(t), must(s.IPAddresses(ctx))(t)
	c.Sessions = must(s.Sessions(ctx, 0, time.Unix(0, 0)))(t)
	c.Events, c.LastEvent = must(s.Events(ctx, 0, nil, 10_000))(t), must(s.LastEventID(ctx))(t)
	c.Billing = must(s.WebspaceBilling(ctx, webspaces))(t)
	c.Renewing, _, _ = s.ListWebspaces(ctx, ledger.Everything, ledger.WebspaceListing{
		Listing: ledger.Listing{Order: ledger.OrderRenewal, Limit: 1000}, RenewsFrom: ledger.DayStart{Date: 19700101, At: time.Unix(0, 0)},
	})
	for _, id := range accounts {
		c.Balances = append(c.Balances, must(s.CustomerBilling(ctx, id))(t))
	}
	c.Family = must(s.SiblingSites(ctx, webspaces))(t)
	slices.SortFunc(c.Family, func(x, y ledger.SiteOfWebspace) int { return int(x.SiteID - y.SiteID) })
	sites := (&siteTraffic{sites: c.Family}).ids()
	c.Days, c.First = must(s.Traffic(ctx, sites, 0, ledger.MaxDate))(t), must(s.FirstTraffic(ctx, sites))(t)
	for month := ledger.Date(20251101); month < 20260701; month = month.AddDays(31).FirstOfMonth() {
		c.Months = append(c.Months, must(s.MonthTraffic(ctx, sites, month))(t))
		c.Top = append(c.Top, must(s.TopWebspaces(ctx, ledger.Everything, month, 10))(t)...)
	}
	c.UsedSince = must(s.WebspacesUsedSince(ctx, ledger.Everything, 20260512))(t)
	return c
}

func must[T any](value T, err error) func(t *testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}
