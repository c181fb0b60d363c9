package sqlstore

import (
	"errors"

	"zombiezen.com/go/sqlite"

	"github.com/hostledger/hostledger/ledger"
)

// counterColumns are the columns of traffic in the order of [ledger.Counters].
const counterColumns = `http_in, http_out, ftp_in, ftp_out, smtp_in, smtp_out, pop3_imap_in, pop3_imap_out`

// storedDay is what is stored of a site and day.
type storedDay struct {
	isStored bool
	ledger.Counters
}

// stored returns what is stored of the sites and the date of records, which
// have one date and ascend by site.
func (t *sqliteTraffic) stored(chunk []ledger.SiteTraffic) (days []storedDay, err error) {
	days = make([]storedDay, len(chunk))
	date := chunk[0].Date
	records := siteCursor{stmt: t.fromSite, date: date}
	defer func() { err = errors.Join(err, t.fromSite.Reset()) }()
	isArchived := t.archivedMonths.has(date.FirstOfMonth())
	for i := range chunk {
		day, site := &days[i], chunk[i].SiteID
		found, err := records.seek(site)
		switch {
		case err != nil:
			return nil, err
		case found:
			day.isStored = true
			readCounters(t.fromSite, 1, &day.Counters)
		case isArchived:
			if err := t.readArchived(day, site, date); err != nil {
				return nil, err
			}
		}
	}
	return days, nil
}

// readArchived reads what the archive has of a site and date.
func (t *sqliteTraffic) readArchived(day *storedDay, site int64, date ledger.Date) error {
	days, counters, err := t.archivedMonth(site, date.FirstOfMonth())
	if err != nil {
		return err
	}
	return eachArchived(days, counters, func(n int, c *ledger.Counters) {
		if date.FirstOfMonth()+ledger.Date(n) == date {
			day.isStored, day.Counters = true, *c
		}
	})
}

// archivedMonth returns what the archive has of a site and month; days is 0
// when that is nothing.
func (t *sqliteTraffic) archivedMonth(site int64, month ledger.Date) (days uint32, counters []byte, err error) {
	stmt := t.archived
	stmt.BindInt64(1, site)
	stmt.BindInt64(2, int64(month))
	found, err := stmt.Step()
	if found {
		days = uint32(stmt.ColumnInt64(0)) //nolint:gosec // 31 bits
		counters = make([]byte, stmt.ColumnLen(1))
		stmt.ColumnBytes(1, counters)
	}
	return days, counters, errors.Join(err, stmt.Reset())
}

// readCounters reads eight columns from one on.
func readCounters(row *sqlite.Stmt, column int, c *ledger.Counters) {
	for i, counter := range c.List() {
		*counter = row.ColumnInt64(column + i)
	}
}

// siteCursor goes through the records of a date in the order of the sites. It
// steps over a few that nobody asks for and seeks behind many.
type siteCursor struct {
	stmt  *sqlite.Stmt
	date  ledger.Date
	state cursorState
	site  int64 // of the record that the cursor is on
}

type cursorState uint8

const (
	notBegun cursorState = iota
	onRecord
	atEnd
)

// mostSteps is how many records cost about as much to step over as a seek.
const mostSteps = 8

// seek goes to the record of a site and tells whether there is one. Sites ascend
// from call to call.
func (c *siteCursor) seek(site int64) (found bool, err error) {
	for steps := 0; c.state != atEnd; steps++ {
		if c.state == onRecord && c.site >= site {
			return c.site == site, nil
		}
		if c.state == notBegun || steps == mostSteps {
			if err := c.stmt.Reset(); err != nil {
				return false, err
			}
			c.stmt.BindInt64(1, int64(c.date))
			c.stmt.BindInt64(2, site)
		}
		isRecord, err := c.stmt.Step()
		if err != nil {
			return false, err
		}
		if c.state = atEnd; isRecord {
			c.state, c.site = onRecord, c.stmt.ColumnInt64(0)
		}
	}
	return false, nil
}
