package sqlstore

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"

	"github.com/jackc/pgx/v5"

	"github.com/hostledger/hostledger/ledger"
)

// copiedRecords is how many new records make it worth the round trips to copy
// them rather than to insert them.
const copiedRecords = 100

// trafficChanges are what a part of a write changes in the tables.
type trafficChanges struct {
	fresh, changed []trafficRow
	months         [][]monthChange // one statement each, which has a site and month once
	round          int             // of months that the last change is in
	copied         []byte          // for the next copy
}

// trafficRow is what a write sets of a row of traffic: the mail counters, in the
// order of mailCounters.
type trafficRow struct {
	webspace, site int64
	date           ledger.Date
	mail           [len(mailCounters)]int64
}

// monthChange is what the mail counters of a site and month change by, or a part
// of it if that does not fit.
type monthChange struct {
	webspace, site int64
	month          ledger.Date
	mail           [len(mailCounters)]int64
}

// compare finds out what a part of the records changes.
func (w *postgresWrite) compare(part []trafficKey) {
	w.fresh, w.changed = w.fresh[:0], w.changed[:0]
	for i := range w.months {
		w.months[i] = w.months[i][:0]
	}
	stored := w.stored
	var row trafficRow
	for record := range w.batch.part(part).merged() {
		for len(stored) > 0 && inOrderOfSites(stored[0], ledger.SiteDay{SiteID: record.SiteID, Date: record.Date}) < 0 {
			stored = stored[1:]
		}
		isStored := len(stored) > 0 && stored[0].SiteID == record.SiteID && stored[0].Date == record.Date
		var before, after ledger.Counters
		if isStored {
			before = stored[0].Counters
		}
		after = before
		replace(&after, &record)
		if isStored && after == before {
			continue
		}
		if row.site != record.SiteID {
			row.webspace = w.webspaceOf(record.SiteID)
		}
		row.site, row.date, row.mail = record.SiteID, record.Date, mailOf(&after)
		if isStored {
			w.changed = append(w.changed, row)
		} else {
			w.fresh = append(w.fresh, row)
		}
		w.addToMonth(&row, mailOf(&before))
	}
}

// inOrderOfSites is the order of site and date.
func inOrderOfSites(x, y ledger.SiteDay) int {
	return cmp.Or(cmp.Compare(x.SiteID, y.SiteID), cmp.Compare(x.Date, y.Date))
}

// mailOf returns the mail counters in the order of mailCounters.
func mailOf(c *ledger.Counters) [len(mailCounters)]int64 {
	return [...]int64{c.SMTPIn, c.SMTPOut, c.POP3IMAPIn, c.POP3IMAPOut}
}

// addToMonth adds what a row changes to the change of its month, which is that
// of the row before or a new one.
func (c *trafficChanges) addToMonth(row *trafficRow, before [len(mailCounters)]int64) {
	change := monthChange{webspace: row.webspace, site: row.site, month: row.date.FirstOfMonth()}
	for i := range before {
		change.mail[i] = row.mail[i] - before[i] // neither is negative
	}
	switch last := c.lastMonth(); {
	case last == nil || last.site != change.site || last.month != change.month:
		c.round = 0
	case last.add(&change.mail):
		return
	default:
		c.round++
	}
	if c.round == len(c.months) {
		c.months = append(c.months, nil)
	}
	c.months[c.round] = append(c.months[c.round], change)
}

func (c *trafficChanges) lastMonth() *monthChange {
	if c.round == len(c.months) || len(c.months[c.round]) == 0 {
		return nil
	}
	return &c.months[c.round][len(c.months[c.round])-1]
}

// add adds more, unless a sum does not fit.
func (m *monthChange) add(more *[len(mailCounters)]int64) bool {
	sums := m.mail
	for i, n := range more {
		sums[i] += n
		if (sums[i] < m.mail[i]) != (n < 0) {
			return false
		}
	}
	m.mail = sums
	return true
}

// writePart writes the changes of a part and reads what is stored of the next,
// or commits after the last.
func (w *postgresWrite) writePart(ctx context.Context, next [][]trafficKey) error {
	if len(w.fresh) >= copiedRecords {
		if err := w.copyFresh(ctx); err != nil {
			return err
		}
		w.fresh = w.fresh[:0]
	}
	var statements pgx.Batch
	if rows := append(w.changed, w.fresh...); len(rows) > 0 {
		statements.Queue(upsertDays, daysArguments(rows)...)
	}
	for _, months := range w.months {
		if len(months) > 0 {
			statements.Queue(upsertMonths, monthsArguments(months)...)
		}
	}
	if len(next) > 0 {
		w.queueStored(&statements, next[0])
	} else {
		statements.Queue(`COMMIT`)
	}
	return w.conn.SendBatch(ctx, &statements).Close()
}

const (
	mailColumns = `smtp_in, smtp_out, pop3_imap_in, pop3_imap_out`

	upsertDays = `INSERT INTO traffic (webspace_id, site_id, date, ` + mailColumns + `)
		SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::integer[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
		ON CONFLICT (site_id, date, webspace_id) DO UPDATE SET smtp_in = excluded.smtp_in, smtp_out = excluded.smtp_out,
			pop3_imap_in = excluded.pop3_imap_in, pop3_imap_out = excluded.pop3_imap_out`

	upsertMonths = `INSERT INTO traffic_months AS m (webspace_id, site_id, month, ` + mailColumns + `)
		SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::integer[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
		ON CONFLICT (site_id, month, webspace_id) DO UPDATE SET
			smtp_in = m.smtp_in + excluded.smtp_in, smtp_out = m.smtp_out + excluded.smtp_out,
			pop3_imap_in = m.pop3_imap_in + excluded.pop3_imap_in, pop3_imap_out = m.pop3_imap_out + excluded.pop3_imap_out`

	copyDays = `COPY traffic (webspace_id, site_id, date, ` + mailColumns + `) FROM STDIN BINARY`
)

// daysArguments returns an array for each column of upsertDays.
func daysArguments(rows []trafficRow) []any {
	a := newArrays(len(rows), len(mailCounters))
	for i := range rows {
		a.set(i, rows[i].webspace, rows[i].site, rows[i].date, rows[i].mail[:])
	}
	return a.arguments()
}

// monthsArguments returns an array for each column of upsertMonths.
func monthsArguments(months []monthChange) []any {
	a := newArrays(len(months), len(mailCounters))
	for i := range months {
		a.set(i, months[i].webspace, months[i].site, months[i].month, months[i].mail[:])
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

// copyFresh copies new rows into the table, in PostgreSQL's binary format: for
// each row the number of its fields, and for each of these its length and value.
func (w *postgresWrite) copyFresh(ctx context.Context) error {
	to := append(w.copied[:0], "PGCOPY\n\xff\r\n\x00"+"\x00\x00\x00\x00"+"\x00\x00\x00\x00"...) // no flags, no extension
	for i := range w.fresh {
		row := &w.fresh[i]
		to = binary.BigEndian.AppendUint16(to, uint16(3+len(row.mail)))
		to = appendBigint(to, row.webspace)
		to = appendBigint(to, row.site)
		to = binary.BigEndian.AppendUint32(to, 4)
		to = binary.BigEndian.AppendUint32(to, uint32(row.date)) //nolint:gosec // a date
		for _, counter := range row.mail {
			to = appendBigint(to, counter)
		}
	}
	to = append(to, "\xff\xff"...)
	w.copied = to
	_, err := w.conn.PgConn().CopyFrom(ctx, bytes.NewReader(to), copyDays)
	return err
}

func appendBigint(to []byte, n int64) []byte {
	to = binary.BigEndian.AppendUint32(to, 8)
	return binary.BigEndian.AppendUint64(to, uint64(n)) //nolint:gosec // two's complement
}
