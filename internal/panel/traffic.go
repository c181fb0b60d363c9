package panel

import (
	"context"
	"encoding/csv"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"github.com/hostledger/hostledger/ledger"
)

// protocols are the kinds of traffic, in the order of the ledger's counters, of
// which each has two: in and out.
var protocols = [4]struct{ Class, Name string }{
	{"web", "Web"}, {"ftp", "FTP"}, {"mail", "Mail"}, {"boxes", "Mailboxes"},
}

// trafficView is what a subscription used in some days or months.
type trafficView struct {
	Range     string // 30d, 12m or custom
	Since, To ledger.Date
	ByMonth   bool
	Bars      []bar // oldest first
	Total     bar
	Chart     chart
	CSV       string // its address
	Problem   string // why the range that was asked for is not shown
	Protocols [4]struct{ Class, Name string }
}

// Newest yields the bars as a table lists them: the newest first.
func (t trafficView) Newest() iter.Seq2[int, bar] { return slices.Backward(t.Bars) }

// bar is what was used on a day or in a month, in bytes.
type bar struct {
	Date ledger.Date // of a month its first day
	ledger.Totals
}

// Protocol returns what one protocol used, in and out.
func (b bar) Protocol(i int) uint64 { return ledger.AddBytes(b.Totals[2*i], b.Totals[2*i+1]) }

// All is what everything came to.
func (b bar) All() uint64 { return b.AtMost() }

// Ins and Outs add up what came in and what went out.
func (b bar) Ins() uint64  { return b.every(0) }
func (b bar) Outs() uint64 { return b.every(1) }

func (b bar) every(first int) (sum uint64) {
	for i := first; i < len(b.Totals); i += 2 {
		sum = ledger.AddBytes(sum, b.Totals[i])
	}
	return sum
}

const (
	shownDays   = 30
	shownMonths = 12
	// mostDayBars is up to how many days a range is shown by day.
	mostDayBars = 100
)

// traffic reads what is asked for in the address of a page.
func (v *visit) traffic(s *subscription) (t trafficView, err error) {
	today := v.Ledger.Today()
	t = trafficView{Range: "30d", Since: today.AddDays(1 - shownDays), To: today, Protocols: protocols}
	switch query := v.query(); query.Get("range") {
	case "12m":
		t.Range, t.ByMonth, t.Since = "12m", true, monthsBefore(today, shownMonths-1)
	case "custom":
		since, to, problem := parseRange(query.Get("since"), query.Get("to"), today)
		if t.Problem = problem; problem == "" {
			t.Range, t.Since, t.To = "custom", since, to
			t.ByMonth = since.DaysUntil(to) >= mostDayBars
		}
	}
	t.CSV = fmt.Sprintf("/subscriptions/%d/traffic.csv?since=%s&to=%s", s.ID, t.Since, t.To)
	if t.ByMonth {
		t.CSV += "&by=month"
	}
	if t.Bars, err = v.bars(s.ID, &t); err != nil {
		return t, err
	}
	t.Total.Totals = sum(t.Bars)
	t.Chart = v.chartOf(&t)
	return t, nil
}

// parseRange reads the days of a form, which are in any order.
func parseRange(from, until string, today ledger.Date) (since, to ledger.Date, problem string) {
	since, err := ledger.ParseDate(from)
	if err != nil {
		return 0, 0, "The first day of the range is not a date such as 2026-01-31."
	}
	to = today
	if until != "" {
		if to, err = ledger.ParseDate(until); err != nil {
			return 0, 0, "The last day of the range is not a date such as 2026-01-31."
		}
	}
	if since > to {
		since, to = to, since
	}
	if since.DaysUntil(to) >= mostRange {
		return 0, 0, "Please choose a range of at most ten years."
	}
	return since, to, ""
}

const mostRange = 3660 // days

// monthsBefore returns the first day of the month so many months before that of
// a day.
func monthsBefore(d ledger.Date, months int) ledger.Date {
	return ledger.DateOf(d.FirstOfMonth().Time().AddDate(0, -months, 0))
}

// bars reads the days or months of a view.
func (v *visit) bars(webspace int64, t *trafficView) (bars []bar, err error) {
	ctx := v.r.Context()
	sites, err := v.Ledger.WebspaceSites(ctx, []int64{webspace})
	if err != nil {
		return nil, err
	}
	if len(sites) == 0 {
		return nil, errNoPage
	}
	if t.ByMonth {
		return v.months(ctx, &sites[0], t.Since, t.To)
	}
	return v.days(ctx, &sites[0], t.Since, t.To)
}

func (v *visit) days(ctx context.Context, w *ledger.WebspaceSites, since, to ledger.Date) (bars []bar, err error) {
	days, err := v.Ledger.WebspaceTraffic(ctx, w, ledger.Range{Since: since, To: to})
	for date, counters := range days.All() {
		b := bar{Date: date}
		for i, bytes := range counters.List() {
			b.Totals[i] = uint64(*bytes)
		}
		bars = append(bars, b)
	}
	return bars, err
}

// months reads whole months from the totals that stay when days are removed, and
// what a range has of other months from their days.
func (v *visit) months(ctx context.Context, w *ledger.WebspaceSites, since, to ledger.Date) (bars []bar, err error) {
	months, err := v.Ledger.WebspaceMonths(ctx, w, since, to)
	for _, m := range months {
		b := bar{m.Month, m.Totals}
		first, last := max(since, m.Month), min(to, lastOfMonth(m.Month))
		if first != m.Month || last != lastOfMonth(m.Month) {
			days, err := v.days(ctx, w, first, last)
			if err != nil {
				return nil, err
			}
			b.Totals = sum(days)
		}
		bars = append(bars, b)
	}
	return bars, err
}

func lastOfMonth(month ledger.Date) ledger.Date { return month.AddDays(31).FirstOfMonth().AddDays(-1) }

func sum(bars []bar) (all ledger.Totals) {
	for _, b := range bars {
		for i, bytes := range b.Totals {
			all[i] = ledger.AddBytes(all[i], bytes)
		}
	}
	return all
}

// trafficCSV gives the days of a range with all counters in bytes, for
// spreadsheets, or its months, which have the dates of their first days.
func trafficCSV(v *visit) error {
	s, err := v.subscription()
	if err != nil {
		return err
	}
	since, to, problem := parseRange(v.query().Get("since"), v.query().Get("to"), v.Ledger.Today())
	if problem != "" {
		return ledger.Errorf(ledger.ErrInvalid, "%s", problem)
	}
	unit := "date"
	if v.query().Get("by") == "month" {
		unit = "month"
	}
	bars, err := v.bars(s.ID, &trafficView{Since: since, To: to, ByMonth: unit == "month"})
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="traffic-%s-%s-%s.csv"`, s.Name.ASCII, since, to))
	w := csv.NewWriter(v.w)
	_ = w.Write([]string{
		unit, "http_in", "http_out", "ftp_in", "ftp_out", "smtp_in", "smtp_out", "pop3_imap_in", "pop3_imap_out",
	})
	for _, b := range bars {
		row := []string{b.Date.String()}
		for _, bytes := range b.Totals {
			row = append(row, strconv.FormatUint(bytes, 10))
		}
		_ = w.Write(row)
	}
	w.Flush() // an error means that nobody listens any more
	return nil
}
