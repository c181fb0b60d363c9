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

// trafficRow is what a row of traffic is to hold.
type trafficRow struct {
	webspace, site int64
	date           ledger.Date
	counters       [8]int64
}

// monthChange is what the counters of a site and month change by, or a part of
// it if that does not fit.
type monthChange struct {
	webspace, site int64
	month          ledger.Date
	counters       [8]int64
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
		replace(&after, record)
		if isStored && after == before {
			continue
		}
		if row.site != record.SiteID {
			row.webspace = w.webspaceOf(record.SiteID)
		}
		row.site, row.date, row.counters = record.SiteID, record.Date, valuesOf(&after)
		if isStored {
			w.changed = append(w.changed, row)
		} else {
			w.fresh = append(w.fresh, row)
		}
		w.addToMonth(&row, valuesOf(&before))
	}
}

// inOrderOfSites is the order of site and date.
func inOrderOfSites(x, y ledger.SiteDay) int {
	return cmp.Or(cmp.Compare(x.SiteID, y.SiteID), cmp.Compare(x.Date, y.Date))
}

// addToMonth adds what a row changes to the change of its month, which is that
// of the row before or a new one.
func (c *trafficChanges) addToMonth(row *trafficRow, before [8]int64) {
	change := monthChange{webspace: row.webspace, site: row.site, month: row.date.FirstOfMonth()}
	for i := range before {
		change.counters[i] = row.counters[i] - before[i] // neither is negative
	}
	switch last := c.lastMonth(); {
	case last == nil || last.site != change.site || last.month != change.month:
		c.round = 0
	case last.add(&change.counters):
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
func (m *monthChange) add(more *[8]int64) bool {
	sums := m.counters
	for i, n := range more {
		sums[i] += n
		if (sums[i] < m.counters[i]) != (n < 0) {
			return false
		}
	}
	m.counters = sums
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
		statements.Queue(w.upsertDays, w.daysArguments(rows)...)
	}
	for _, months := range w.months {
		if len(months) > 0 {
			statements.Queue(w.upsertMonths, w.monthsArguments(months)...)
		}
	}
	if len(next) > 0 {
		w.queueStored(&statements, next[0])
	} else {
		statements.Queue(`COMMIT`)
	}
	return w.conn.SendBatch(ctx, &statements).Close()
}

// copyFresh copies new rows into the table, in PostgreSQL's binary format: for
// each row the number of its fields, and for each of these its length and value.
func (w *postgresWrite) copyFresh(ctx context.Context) error {
	to := append(w.copied[:0], "PGCOPY\n\xff\r\n\x00"+"\x00\x00\x00\x00"+"\x00\x00\x00\x00"...) // no flags, no extension
	for i := range w.fresh {
		row := &w.fresh[i]
		to = binary.BigEndian.AppendUint16(to, uint16(3+len(row.counters)-w.from)) //nolint:gosec // 11 at most
		to = appendBigint(to, row.webspace)
		to = appendBigint(to, row.site)
		to = binary.BigEndian.AppendUint32(to, 4)
		to = binary.BigEndian.AppendUint32(to, uint32(row.date)) //nolint:gosec // a date
		for _, counter := range row.counters[w.from:] {
			to = appendBigint(to, counter)
		}
	}
	to = append(to, "\xff\xff"...)
	w.copied = to
	_, err := w.conn.PgConn().CopyFrom(ctx, bytes.NewReader(to), w.copyDays)
	return err
}

func appendBigint(to []byte, n int64) []byte {
	to = binary.BigEndian.AppendUint32(to, 8)
	return binary.BigEndian.AppendUint64(to, uint64(n)) //nolint:gosec // two's complement
}
