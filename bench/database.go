package main

import (
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/crypto/bcrypt"

	"github.com/hostledger/hostledger/bench/peers"
	"github.com/hostledger/hostledger/ledger"
)

// database is a database server that holds the same rows as a ledger and is
// asked by its own protocol.
type database struct {
	*sql.DB
	used     func() float64 // processor time
	numbered bool           // whether placeholders are $1, $2 …
	conflict string         // what makes an INSERT replace the counters of a row
}

func mariaDB(m *peers.MariaDB) *database {
	return &database{DB: m.DB, used: m.Time, conflict: "ON DUPLICATE KEY UPDATE smtp_in = VALUES(smtp_in), " +
		"smtp_out = VALUES(smtp_out), pop3_imap_in = VALUES(pop3_imap_in), pop3_imap_out = VALUES(pop3_imap_out)"}
}

func postgres(db *sql.DB, p *peers.Postgres) *database {
	return &database{DB: db, used: p.Time, numbered: true, conflict: postgresConflict}
}

const postgresConflict = "ON CONFLICT (site_id, date) DO UPDATE SET smtp_in = excluded.smtp_in, " +
	"smtp_out = excluded.smtp_out, pop3_imap_in = excluded.pop3_imap_in, pop3_imap_out = excluded.pop3_imap_out"

const (
	mailColumns = "site_id, date, smtp_in, smtp_out, pop3_imap_in, pop3_imap_out"
	allCounters = "http_in, http_out, ftp_in, ftp_out, smtp_in, smtp_out, pop3_imap_in, pop3_imap_out"
)

// create makes the tables anew, with so many sites and no traffic. Their key
// suits both the order of the large packet and questions for one site.
func (d *database) create(sites int) error {
	var counters strings.Builder
	for name := range strings.SplitSeq(allCounters, ", ") {
		counters.WriteString(name + " BIGINT NOT NULL DEFAULT 0, ")
	}
	for _, statement := range []string{
		"DROP TABLE IF EXISTS traffic", "DROP TABLE IF EXISTS sites", "DROP TABLE IF EXISTS accounts",
		"CREATE TABLE accounts (login VARCHAR(60) PRIMARY KEY, password VARCHAR(255) NOT NULL)",
		"CREATE TABLE sites (id BIGINT PRIMARY KEY)",
		"CREATE TABLE traffic (site_id BIGINT NOT NULL, date INTEGER NOT NULL, " + counters.String() + "PRIMARY KEY (site_id, date))",
	} {
		if _, err := d.Exec(statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return d.insert("sites (id)", sites, func(b []byte, i int) []byte { return strconv.AppendInt(b, int64(i)+1, 10) })
}

// addAccount adds the administrator, for what takes his password.
func (d *database) addAccount() error {
	hash, err := bcrypt.GenerateFromPassword([]byte(adminPassword), bcrypt.DefaultCost)
	if err != nil {
		return err
	}
	_, err = d.Exec("INSERT INTO accounts VALUES ('admin', '" + string(hash) + "')")
	return err
}

// insert adds rows in one transaction; row appends the values of one.
func (d *database) insert(table string, rows int, row func(b []byte, i int) []byte) error {
	const rowsPerStatement = 1000
	tx, err := d.Begin()
	if err != nil {
		return err
	}
	for first := 0; first < rows; first += rowsPerStatement {
		text := []byte("INSERT INTO " + table + " VALUES ")
		for i := first; i < min(first+rowsPerStatement, rows); i++ {
			text = append(row(append(text, '('), i), "),"...)
		}
		if _, err := tx.Exec(string(text[:len(text)-1])); err != nil {
			return errors.Join(fmt.Errorf("filling %s: %w", table, err), tx.Rollback())
		}
	}
	return tx.Commit()
}

// appendRow appends the values of mailColumns.
func appendRow(b []byte, t ledger.MailTraffic) []byte {
	for i, n := range [...]int64{t.SiteID, int64(t.Date), t.SMTPIn, t.SMTPOut, t.POP3IMAPIn, t.POP3IMAPOut} {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, n, 10)
	}
	return b
}

// fill adds days of the first so many sites.
func (d *database) fill(sites int, since ledger.Date, days int) error {
	err := d.insert("traffic ("+mailColumns+")", sites*days, func(b []byte, i int) []byte {
		return appendRow(b, record(int64(i/days)+1, since.AddDays(i%days), 0))
	})
	if err != nil {
		return err
	}
	analyze := "ANALYZE TABLE traffic"
	if d.numbered {
		analyze = "ANALYZE traffic"
	}
	_, err = d.Exec(analyze)
	return err
}

// check compares the sum of what the first so many sites have on days with
// what it has to be.
func (d *database) check(sites int, since ledger.Date, days int, version int64) error {
	var rows, sum int64
	err := d.QueryRow(fmt.Sprintf("SELECT count(*), coalesce(sum(smtp_in + smtp_out + pop3_imap_in + pop3_imap_out), 0) FROM traffic"+
		" WHERE site_id BETWEEN 1 AND %d AND date BETWEEN %d AND %d", sites, since, since.AddDays(days-1))).Scan(&rows, &sum)
	if err != nil {
		return err
	}
	if want := sumOf(sites, since, days, version); rows != int64(sites*days) || sum != want {
		return fmt.Errorf("the database has %d rows that add up to %d instead of %d and %d", rows, sum, sites*days, want)
	}
	return nil
}
