package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/dustin/go-humanize"

	"github.com/hostledger/hostledger/internal/collect"
	"github.com/hostledger/hostledger/internal/table"
)

type collectStatusCommand struct {
	collectConfig
	JSON bool `name:"json" help:"Print JSON."`
}

func (s *collectStatusCommand) Run(ctx context.Context) error {
	config, err := s.load(s.logger())
	if err != nil {
		return err
	}
	status, err := collect.ReadStatus(ctx, config)
	if err != nil {
		return err
	}
	if s.JSON {
		return output{JSON: true}.print(status, nil)
	}
	if err := statusTables(status); err != nil {
		return err
	}
	return reportStatus(os.Stdout, status)
}

// statusTables prints how far logs were read and what targets have.
func statusTables(status *collect.Status) error {
	logs := &table.Table{Columns: []table.Column{{Heading: "Log"}, {Heading: "Format"}, {Heading: "Read"}, {Heading: "Bytes of it", Right: true}}}
	for _, l := range status.Logs {
		logs.Rows = append(logs.Rows, []string{printable(l.Path), l.Format, printable(l.File), strconv.FormatInt(l.Offset, 10)})
	}
	targets := &table.Table{Columns: []table.Column{{Heading: "Target"}, {Heading: "Last delivery"}, {Heading: "Waiting", Right: true}, {Heading: "Problem"}}}
	for _, t := range status.Targets {
		delivered := "never"
		if !t.Delivered.IsZero() {
			delivered = t.Delivered.Format(time.DateTime)
		}
		targets.Rows = append(targets.Rows, []string{t.Name, delivered, strconv.Itoa(t.Waiting), printable(t.Problem)})
	}
	for _, t := range []*table.Table{logs, targets} {
		if err := t.Write(os.Stdout); err != nil {
			return err
		}
		if _, err := fmt.Println(); err != nil {
			return err
		}
	}
	return nil
}

// reportStatus tells what was refused, is of no site or could not be counted.
func reportStatus(w io.Writer, status *collect.Status) error {
	r := &report{to: w}
	for _, t := range status.Targets {
		for _, refused := range t.Refusals {
			r.line("%s refused %s of site %d: %s", t.Name, refused.Date, refused.SiteID, refused.Reason)
		}
	}
	for _, u := range status.Unknown {
		r.line("%s has no site for %s: %s since %s wait for one", u.Target, u.Name, humanize.IBytes(uint64(max(u.Bytes, 0))), u.Since)
	}
	if status.Elsewhere > 0 {
		r.line("domains of no site that mail came from or went to: %d", status.Elsewhere)
	}
	for _, p := range status.Problems {
		where := p.Path
		if where == "" {
			where = "all logs"
		}
		r.line("%s: %d times %s, such as %q", where, p.Count, p.Reason, p.Example)
	}
	return r.err
}

// report writes lines until one fails.
type report struct {
	to  io.Writer
	err error
}

func (r *report) line(format string, args ...any) {
	if r.err == nil {
		_, r.err = fmt.Fprintln(r.to, printable(fmt.Sprintf(format, args...)))
	}
}

// printable replaces what could steer a terminal: names of files and what
// servers say may have anything.
func printable(text string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsPrint(c) {
			return c
		}
		return unicode.ReplacementChar
	}, text)
}
