package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// measureDatabase asks a database by its own protocol what the API is asked.
// Its statements are prepared, and values are taken as the driver gives them.
func (b *bench) measureDatabase(d *database, figures databaseFigures, r round) error {
	if err := d.create(0); err != nil {
		return err
	}
	if err := figures.singles.measure(d.upserts(b.today), b.sizes.peerSingles, 1, d.used, r); err != nil {
		return err
	}
	if err := errors.Join(d.check(b.sizes.peerSingles, b.today, 1, 0), d.create(0)); err != nil {
		return err
	}
	if err := d.fill(b.sizes.yearSites, b.yearBegins(), daysOfYear); err != nil {
		return err
	}
	years := d.years(b.sizes.yearSites, b.yearBegins(), daysOfYear)
	if err := figures.year.measure(years, b.sizes.years, 1, d.used, r); err != nil {
		return err
	}
	if err := figures.years.measure(years, b.sizes.manyYears, 1, d.used, r); err != nil {
		return err
	}
	return figures.month.measure(d.months(b.sizes.yearSites, b.today), b.sizes.months, 1, d.used, r)
}

// statement is a client that has a statement prepared.
type statement struct {
	conn     *sql.Conn
	prepared *sql.Stmt
	run      func(s *sql.Stmt, n int) error
}

func (s statement) ask(n int) error { return s.run(s.prepared, n) }

func (s statement) close() { _ = errors.Join(s.prepared.Close(), s.conn.Close()) }

// prepared returns what opens connections with a statement, whose placeholders
// are ?.
func (d *database) prepared(text string, run func(s *sql.Stmt, n int) error) func() (client, error) {
	if d.numbered {
		for i := 1; strings.Contains(text, "?"); i++ {
			text = strings.Replace(text, "?", "$"+strconv.Itoa(i), 1)
		}
	}
	return func() (client, error) {
		conn, err := d.Conn(context.Background())
		if err != nil {
			return nil, err
		}
		s, err := conn.PrepareContext(context.Background(), text)
		if err != nil {
			return nil, errors.Join(err, conn.Close())
		}
		return statement{conn, s, run}, nil
	}
}

// upserts write a row at a time, each of another site.
func (d *database) upserts(date ledger.Date) func() (client, error) {
	text := "INSERT INTO traffic (" + mailColumns + ") VALUES (?, ?, ?, ?, ?, ?) " + d.conflict
	return d.prepared(text, func(s *sql.Stmt, n int) error {
		t := record(int64(n)+1, date, 0)
		_, err := s.Exec(t.SiteID, int64(t.Date), t.SMTPIn, t.SMTPOut, t.POP3IMAPIn, t.POP3IMAPOut)
		return err
	})
}

// years ask for the days of a site.
func (d *database) years(sites int, since ledger.Date, days int) func() (client, error) {
	text := "SELECT date, " + allCounters + " FROM traffic WHERE site_id = ? AND date BETWEEN ? AND ? ORDER BY date"
	step := max(1, sites/yearsAsked)
	return d.prepared(text, func(s *sql.Stmt, n int) error {
		rows, err := s.Query(n*step%sites+1, int64(since), int64(since.AddDays(days-1)))
		return expectRows(rows, err, days)
	})
}

// months ask for the bytes of the month, for each site.
func (d *database) months(sites int, today ledger.Date) func() (client, error) {
	text := "SELECT site_id, sum(" + strings.ReplaceAll(allCounters, ", ", " + ") +
		") FROM traffic WHERE date BETWEEN ? AND ? GROUP BY site_id ORDER BY site_id"
	return d.prepared(text, func(s *sql.Stmt, _ int) error {
		rows, err := s.Query(int64(today.FirstOfMonth()), int64(today))
		return expectRows(rows, err, sites)
	})
}

// expectRows reads rows to their end and counts them.
func expectRows(rows *sql.Rows, err error, want int) error {
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values, places := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		places[i] = &values[i]
	}
	got := 0
	for ; rows.Next(); got++ {
		if err := rows.Scan(places...); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if got != want {
		return fmt.Errorf("the database answered %d rows instead of %d", got, want)
	}
	return nil
}
