package storetest

import (
	"cmp"
	"context"
	"maps"
	"math"
	"math/big"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/hostledger/hostledger/ledger"
)

// trafficModel is what a store should keep of traffic.
type trafficModel struct {
	days   map[siteDate]ledger.Counters
	months map[siteDate]*[8]big.Int // by the first day of the month
}

type siteDate struct {
	site int64
	date ledger.Date
}

// set keeps a record as SetTraffic does.
func (m *trafficModel) set(record *ledger.SiteTraffic) {
	key := siteDate{record.SiteID, record.Date}
	before := m.days[key]
	after := before
	for _, counter := range []struct {
		bit      ledger.CounterSet
		to, from *int64
	}{
		{ledger.HTTPIn, &after.HTTPIn, &record.HTTPIn}, {ledger.HTTPOut, &after.HTTPOut, &record.HTTPOut},
		{ledger.FTPIn, &after.FTPIn, &record.FTPIn}, {ledger.FTPOut, &after.FTPOut, &record.FTPOut},
		{ledger.SMTPIn, &after.SMTPIn, &record.SMTPIn}, {ledger.SMTPOut, &after.SMTPOut, &record.SMTPOut},
		{ledger.POP3IMAPIn, &after.POP3IMAPIn, &record.POP3IMAPIn}, {ledger.POP3IMAPOut, &after.POP3IMAPOut, &record.POP3IMAPOut},
	} {
		if record.Given&counter.bit != 0 {
			*counter.to = *counter.from
		}
	}
	m.days[key] = after
	key.date = key.date.FirstOfMonth()
	if m.months[key] == nil {
		m.months[key] = &[8]big.Int{}
	}
	for i, old := range before.List() {
		total := &m.months[key][i]
		total.Sub(total, big.NewInt(*old))
		total.Add(total, big.NewInt(*after.List()[i]))
	}
}

// forget removes days as ForgetTraffic does.
func (m *trafficModel) forget(site int64, month ledger.Date) {
	maps.DeleteFunc(m.days, func(key siteDate, _ ledger.Counters) bool { return key.site == site && key.date < month })
}

func (m *trafficModel) all() (days []ledger.SiteDay) {
	for key, counters := range m.days {
		days = append(days, ledger.SiteDay{SiteID: key.site, Date: key.date, Counters: counters})
	}
	slices.SortFunc(days, func(x, y ledger.SiteDay) int {
		return cmp.Or(cmp.Compare(x.Date, y.Date), cmp.Compare(x.SiteID, y.SiteID))
	})
	return days
}

func (m *trafficModel) first(site int64) (first ledger.Date) {
	for key := range m.days {
		if key.site == site && (first == 0 || key.date < first) {
			first = key.date
		}
	}
	return first
}

func (m *trafficModel) month(month ledger.Date) (used []ledger.SiteMonth) {
	for key, totals := range m.months {
		of := ledger.SiteMonth{SiteID: key.site}
		for i := range totals {
			of.Totals[i] = math.MaxUint64
			if totals[i].IsUint64() {
				of.Totals[i] = totals[i].Uint64()
			}
		}
		if key.date == month && of.Totals != (ledger.Totals{}) {
			used = append(used, of)
		}
	}
	slices.SortFunc(used, func(x, y ledger.SiteMonth) int { return cmp.Compare(x.SiteID, y.SiteID) })
	return used
}

// top is for sites that are each the only one of their subscription.
func (m *trafficModel) top(month ledger.Date, limit int) (top []ledger.WebspaceMonth) {
	for _, used := range m.month(month) {
		top = append(top, ledger.WebspaceMonth{WebspaceID: used.SiteID, Bytes: used.AtMost()})
	}
	slices.SortStableFunc(top, func(x, y ledger.WebspaceMonth) int { return cmp.Compare(y.Bytes, x.Bytes) })
	return top[:min(limit, len(top))]
}

// testTrafficModel keeps, archives and forgets traffic at random and compares
// what is read with a model.
func testTrafficModel(t *testing.T, w *world) {
	made := 0
	rapid.Check(t, func(rt *rapid.T) {
		m := &trafficMachine{w: w, model: trafficModel{days: map[siteDate]ledger.Counters{}, months: map[siteDate]*[8]big.Int{}}}
		for range 4 {
			made++
			m.sites = append(m.sites, w.addWebspace(t, "made"+id(int64(made))+".example", &w.customer).ID)
		}
		rt.Repeat(rapid.StateMachineActions(m))
		for _, site := range m.sites {
			fine(rt, w.DeleteWebspace(t.Context(), site))
		}
		m.model = trafficModel{}
		m.Check(rt)
	})
}

// trafficMachine does to a store and to a model the same.
type trafficMachine struct {
	w     *world
	model trafficModel
	sites []int64
}

const unknownSite = 987654321

var (
	modelDates  = []ledger.Date{10101, 20251201, 20251230, 20251231, 20260101, 20260102, 20260131, 20260201, 99991231}
	modelMonths = []ledger.Date{10101, 20251201, 20260101, 20260201, 99991201}
	modelBytes  = rapid.OneOf(rapid.Int64Range(0, 3), rapid.Int64Range(0, math.MaxInt64), rapid.Just[int64](math.MaxInt64))
	modelGiven  = rapid.OneOf(rapid.Just(ledger.AllCounters),
		rapid.Map(rapid.Uint8Range(0, uint8(ledger.AllCounters)), func(n uint8) ledger.CounterSet { return ledger.CounterSet(n) }))
)

func (m *trafficMachine) SetMail(t *rapid.T) {
	run := &ledger.TrafficRun{}
	for range rapid.IntRange(1, 10).Draw(t, "records") {
		*run.Add() = ledger.MailTraffic{
			SiteID: m.site(t), Date: rapid.SampledFrom(modelDates).Draw(t, "date"), Given: modelGiven.Draw(t, "given") & ledger.AllMailCounters,
			SMTPIn: modelBytes.Draw(t, "smtp_in"), SMTPOut: modelBytes.Draw(t, "smtp_out"),
			POP3IMAPIn: modelBytes.Draw(t, "pop3_imap_in"), POP3IMAPOut: modelBytes.Draw(t, "pop3_imap_out"),
		}
	}
	m.set(t, run)
}

func (m *trafficMachine) SetAll(t *rapid.T) {
	days := make([]ledger.SiteTraffic, rapid.IntRange(1, 10).Draw(t, "records"))
	for i := range days {
		days[i].SiteID, days[i].Date, days[i].Given = m.site(t), rapid.SampledFrom(modelDates).Draw(t, "date"), modelGiven.Draw(t, "given")
		for n, counter := range days[i].List() {
			*counter = modelBytes.Draw(t, ledger.CounterNames[n])
		}
	}
	m.set(t, ledger.SiteRun(days))
}

// site draws a site, perhaps one that is not there.
func (m *trafficMachine) site(t *rapid.T) int64 {
	return rapid.SampledFrom(append(m.sites, unknownSite)).Draw(t, "site")
}

func (m *trafficMachine) set(t *rapid.T, run *ledger.TrafficRun) {
	fine(t, m.w.SetTraffic(context.Background(), ledger.Everything, run, errMissing))
	for i := range run.Len() {
		record := run.Record(i)
		if isUnknown := record.SiteID == unknownSite; isUnknown != (run.Err(i) != nil) {
			t.Fatalf("record %d of site %d: got the outcome %v", i, record.SiteID, run.Err(i))
		}
		if run.Err(i) == nil {
			m.model.set(&record)
		}
	}
}

func (m *trafficMachine) Archive(t *rapid.T) {
	fine(t, m.w.ArchiveTraffic(context.Background(), rapid.SampledFrom(modelMonths).Draw(t, "month")))
}

func (m *trafficMachine) Forget(t *rapid.T) {
	site, month := rapid.SampledFrom(m.sites).Draw(t, "site"), rapid.SampledFrom(modelMonths).Draw(t, "month")
	m.model.forget(site, month)
	fine(t, m.w.ForgetTraffic(context.Background(), []int64{site}, month))
}

func (m *trafficMachine) Check(t *rapid.T) {
	ctx := context.Background()
	days, err := m.w.Traffic(ctx, m.sites, 10101, ledger.MaxDate)
	fine(t, err)
	alike(t, "days", days, m.model.all())

	since, some := rapid.SampledFrom(modelDates).Draw(t, "since"), m.sites[:2]
	days, err = m.w.Traffic(ctx, some, since, 20260115)
	fine(t, err)
	alike(t, "some days", days, slices.DeleteFunc(m.model.all(), func(d ledger.SiteDay) bool {
		return !slices.Contains(some, d.SiteID) || d.Date < since || d.Date > 20260115
	}))

	site := rapid.SampledFrom(m.sites).Draw(t, "site")
	first, err := m.w.FirstTraffic(ctx, []int64{site})
	fine(t, err)
	alike(t, "first", []ledger.Date{first}, []ledger.Date{m.model.first(site)})

	month := rapid.SampledFrom(modelMonths).Draw(t, "month")
	used, err := m.w.MonthTraffic(ctx, m.sites, month)
	fine(t, err)
	alike(t, "month", used, m.model.month(month))

	top, err := m.w.TopWebspaces(ctx, ledger.Everything, month, 3)
	fine(t, err)
	alike(t, "top", top, m.model.top(month, 3))
}

func fine(t *rapid.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func alike[T comparable](t *rapid.T, what string, got, want []T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Fatalf("%s (-want +got):\n%s", what, gocmp.Diff(want, got))
	}
}
