package sqlstore

import (
	"strconv"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// writtenCounters are the counters that a transaction writes: all from one on.
type writtenCounters struct {
	from                               int
	upsertDays, upsertMonths, copyDays string
}

// Most traffic is of mail, whose counters are the last four: rows half as wide
// are written faster.
var (
	writtenOfMail = newWrittenCounters(4)
	writtenOfAll  = newWrittenCounters(0)
)

// writtenBy returns the counters that the runs of a group may change.
func writtenBy(group []*trafficRequest) *writtenCounters {
	for _, r := range group {
		if !r.run.IsOfMail() {
			return writtenOfAll
		}
	}
	return writtenOfMail
}

func newWrittenCounters(from int) *writtenCounters {
	names := counterNames[from:]
	columns := strings.Join(names, ", ")
	var arrays, replaced, added []string
	for i, name := range names {
		arrays = append(arrays, "$"+strconv.Itoa(4+i)+"::bigint[]")
		replaced = append(replaced, name+" = excluded."+name)
		added = append(added, name+" = m."+name+" + excluded."+name)
	}
	rows := `SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::integer[], ` + strings.Join(arrays, ", ") + `)`
	return &writtenCounters{
		from: from,
		upsertDays: `INSERT INTO traffic (webspace_id, site_id, date, ` + columns + `) ` + rows + `
			ON CONFLICT (site_id, date, webspace_id) DO UPDATE SET ` + strings.Join(replaced, ", "),
		upsertMonths: `INSERT INTO traffic_months AS m (webspace_id, site_id, month, ` + columns + `) ` + rows + `
			ON CONFLICT (site_id, month, webspace_id) DO UPDATE SET ` + strings.Join(added, ", "),
		copyDays: `COPY traffic (webspace_id, site_id, date, ` + columns + `) FROM STDIN BINARY`,
	}
}

// daysArguments returns an array for each column of upsertDays.
func (w *writtenCounters) daysArguments(rows []trafficRow) []any {
	a := newArrays(len(rows), len(counterNames)-w.from)
	for i := range rows {
		a.set(i, rows[i].webspace, rows[i].site, rows[i].date, rows[i].counters[w.from:])
	}
	return a.arguments()
}

// monthsArguments returns an array for each column of upsertMonths.
func (w *writtenCounters) monthsArguments(months []monthChange) []any {
	a := newArrays(len(months), len(counterNames)-w.from)
	for i := range months {
		a.set(i, months[i].webspace, months[i].site, months[i].month, months[i].counters[w.from:])
	}
	return a.arguments()
}

// arrays are the columns of rows.
type arrays struct {
	webspaces, sites []int64
	dates            []int32
	counters         [][]int64
}

func newArrays(rows, counters int) *arrays {
	a := &arrays{webspaces: make([]int64, rows), sites: make([]int64, rows), dates: make([]int32, rows), counters: make([][]int64, counters)}
	for i := range a.counters {
		a.counters[i] = make([]int64, rows)
	}
	return a
}

func (a *arrays) set(i int, webspace, site int64, date ledger.Date, counters []int64) {
	a.webspaces[i], a.sites[i], a.dates[i] = webspace, site, int32(date)
	for c := range counters {
		a.counters[c][i] = counters[c]
	}
}

func (a *arrays) arguments() []any {
	args := []any{a.webspaces, a.sites, a.dates}
	for _, counters := range a.counters {
		args = append(args, counters)
	}
	return args
}
