package collect

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// Status is what a collector has read, what it has yet to send, and what it
// could not make sense of.
type Status struct {
	Logs     []LogStatus     `json:"logs"`
	Targets  []TargetStatus  `json:"targets"`
	Unknown  []UnknownDomain `json:"unknown"` // delivered to here, of no site of a target; most bytes first, at most mostUnknown
	Problems []Problem       `json:"problems"`
	// Elsewhere counts domains that are of no target's site and were never
	// delivered to here: senders and recipients of other hosts.
	Elsewhere int `json:"elsewhere"`
}

// Refused counts the totals that targets did not take.
func (s *Status) Refused() (n int) {
	for _, t := range s.Targets {
		n += t.RefusedDays
	}
	return n
}

// LogStatus is how far a log was read.
type LogStatus struct {
	Format string `json:"format"`
	Path   string `json:"path"`
	File   string `json:"file"`   // the newest that was read of, "" for the journal
	Offset int64  `json:"offset"` // in it, in bytes of its content
	Behind int64  `json:"behind"` // bytes of it that are yet to be read; 0 when nobody knows
}

// TargetStatus is what a target has yet to confirm.
type TargetStatus struct {
	Name      string    `json:"name"`
	Delivered time.Time `json:"delivered"` // when it last had everything; zero: never
	Problem   string    `json:"problem"`   // why the last delivery failed, "" when it did not
	Waiting   int       `json:"waiting"`   // days of domains that it has not confirmed and that may be of its sites
	// RefusedDays is how many totals it did not take; Refusals are the latest.
	RefusedDays int       `json:"refused_days"`
	Refusals    []Refusal `json:"refusals"`
}

// Refusal is why a target did not take the total of a site and day.
type Refusal struct {
	Date   ledger.Date `json:"date"`
	SiteID int64       `json:"site_id"`
	Reason string      `json:"reason"`
}

// UnknownDomain is a domain that mail was delivered to, or pages were served
// of, and that is of no site of a target.
type UnknownDomain struct {
	Target string      `json:"target"`
	Name   string      `json:"name"`
	Since  ledger.Date `json:"since"` // the first day that waits for it
	Bytes  int64       `json:"bytes"`
}

// Problem is how many lines of a log could not be counted, and why.
type Problem struct {
	Path    string `json:"path"` // of the log, "" when they were found later
	Reason  string `json:"reason"`
	Count   int64  `json:"count"`
	Example string `json:"example"` // the beginning of the last such line
}

// problemTexts say what problems are.
var problemTexts = [problemCount]string{
	notUnderstood: "not of the log's format",
	noBeginning:   "delivery of a message whose beginning is not in the log",
	noDomain:      "names no domain",
	noDomainName:  "not a domain name",
	tooLong:       "line longer than 1 MiB",
	beforeKept:    "older than the days that are kept",
	badSize:       "impossible number of bytes",
}

// Bounds of what a status lists.
const (
	mostUnknown  = 20
	mostRefusals = 20
)

// Status tells what the collector has done.
func (c *Collector) Status(ctx context.Context) (*Status, error) { return c.state.status(ctx) }

// ReadStatus tells what a collector has done, whether it runs or not.
func ReadStatus(ctx context.Context, config *Config) (*Status, error) {
	s, err := readState(ctx, config.State)
	if err != nil {
		return nil, err
	}
	status, err := s.status(ctx)
	return status, errors.Join(err, s.close())
}

func (s *state) status(ctx context.Context) (*Status, error) {
	st := &Status{}
	for _, part := range []func(context.Context, *Status) error{s.logStatus, s.targetStatus, s.unknownDomains, s.problemStatus} {
		if err := part(ctx, st); err != nil {
			return nil, fmt.Errorf("reading %w: %w", errState, err)
		}
	}
	return st, nil
}

func (s *state) logStatus(ctx context.Context, st *Status) error {
	return each(ctx, s.db, func(rows *sql.Rows) error {
		var l LogStatus
		err := rows.Scan(&l.Format, &l.Path, &l.File, &l.Offset)
		if info, statErr := os.Stat(l.File); statErr == nil && packingOf(l.File) == plain {
			l.Behind = max(info.Size()-l.Offset, 0)
		}
		st.Logs = append(st.Logs, l)
		return err
	}, `SELECT l.format, l.path, ifnull(g.path, ''), ifnull(g.offset, 0) FROM logs l
		LEFT JOIN generations g ON g.id = (SELECT max(id) FROM generations WHERE log_id = l.id)
		ORDER BY 1, 2`)
}

func (s *state) targetStatus(ctx context.Context, st *Status) error {
	var ids []int64
	err := each(ctx, s.db, func(rows *sql.Rows) error {
		var t TargetStatus
		var id, delivered int64
		err := rows.Scan(&id, &t.Name, &delivered, &t.Problem, &t.RefusedDays)
		if delivered > 0 {
			t.Delivered = time.Unix(delivered, 0)
		}
		ids, st.Targets = append(ids, id), append(st.Targets, t)
		return err
	}, `SELECT t.id, t.name, t.delivered, t.problem,
			(SELECT count(*) FROM refusals WHERE target_id = t.id)
		FROM targets t ORDER BY t.id`)
	for i := 0; i < len(ids) && err == nil; i++ {
		t := &st.Targets[i]
		if err = s.db.QueryRowContext(ctx, waiting, ids[i]).Scan(&t.Waiting); err != nil {
			break
		}
		err = each(ctx, s.db, func(rows *sql.Rows) error {
			var r Refusal
			err := rows.Scan(&r.Date, &r.SiteID, &r.Reason)
			t.Refusals = append(t.Refusals, r)
			return err
		}, "SELECT day, site_id, reason FROM refusals WHERE target_id = ? ORDER BY day DESC, site_id LIMIT ?", ids[i], mostRefusals)
	}
	return err
}

// waiting counts the days of domains that a target has not confirmed and that may
// be of its sites.
const waiting = `SELECT count(*) FROM unsent WHERE target_id = ?1
	AND domain_id NOT IN (SELECT domain_id FROM sites WHERE target_id = ?1 AND site_id = 0)`

func (s *state) unknownDomains(ctx context.Context, st *Status) error {
	err := each(ctx, s.db, func(rows *sql.Rows) error {
		var u UnknownDomain
		err := rows.Scan(&u.Target, &u.Name, &u.Since, &u.Bytes)
		u.Name = legibleName(u.Name)
		st.Unknown = append(st.Unknown, u)
		return err
	}, `SELECT g.name, d.name, min(t.day), sum(t.http_in + t.http_out + t.ftp_in + t.ftp_out
			+ t.smtp_in + t.smtp_out + t.pop3_imap_in + t.pop3_imap_out)
		FROM sites s JOIN domains d ON d.id = s.domain_id AND d.ours = 1 JOIN targets g ON g.id = s.target_id
		JOIN unsent u ON u.target_id = s.target_id AND u.domain_id = s.domain_id
		JOIN totals t ON t.day = u.day AND t.domain_id = u.domain_id
		WHERE s.site_id = 0 GROUP BY s.target_id, d.id ORDER BY 4 DESC, 2 LIMIT ?`, mostUnknown)
	if err != nil {
		return err
	}
	return s.db.QueryRowContext(ctx, `SELECT count(*) FROM domains WHERE ours = 0
		AND id IN (SELECT domain_id FROM sites)
		AND id NOT IN (SELECT domain_id FROM sites WHERE site_id > 0)`).Scan(&st.Elsewhere)
}

// legibleName returns a domain name of the state as people write it.
func legibleName(ascii string) string {
	name, err := ledger.ParseDomainName(ascii)
	if err != nil {
		return ascii
	}
	return name.Unicode
}

func (s *state) problemStatus(ctx context.Context, st *Status) error {
	return each(ctx, s.db, func(rows *sql.Rows) error {
		var p Problem
		var kind problem
		err := rows.Scan(&p.Path, &kind, &p.Count, &p.Example)
		if kind < problemCount {
			p.Reason = problemTexts[kind]
		}
		st.Problems = append(st.Problems, p)
		return err
	}, `SELECT ifnull(l.path, ''), p.kind, p.count, p.example FROM problems p LEFT JOIN logs l ON l.id = p.log_id ORDER BY 1, 2`)
}
