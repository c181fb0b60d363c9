package trafficfile

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// CSV reads traffic from a file with a line of column names and a line for each
// site and day. Columns are separated by commas, semicolons or tabs.
type CSV struct {
	lines          lines
	isTabbed       bool
	id, name, date int // places of columns, -1 for none
	counters       [8]int
	given          ledger.CounterSet
}

// NewCSV reads the line of column names: id or name, date, and any of
// [ledger.CounterNames], in any order. Other columns are ignored.
func NewCSV(plain *bufio.Reader) (*CSV, error) {
	comma := separator(plain)
	r := &CSV{lines: newLines(plain, comma), isTabbed: comma == '\t'}
	header, _, err := r.lines.read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the file is empty: it should begin with a line of column names")
	}
	if err != nil {
		return nil, err
	}
	for i := range header {
		header[i] = strings.ToLower(strings.TrimSpace(header[i]))
	}
	r.id, r.name, r.date = slices.Index(header, "id"), slices.Index(header, "name"), slices.Index(header, "date")
	for i, name := range ledger.CounterNames {
		if r.counters[i] = slices.Index(header, name); r.counters[i] >= 0 {
			r.given |= 1 << i
		}
	}
	return r, r.complete()
}

// separator returns the character that separates most names of columns.
func separator(plain *bufio.Reader) rune {
	start, _ := plain.Peek(bufferBytes / 2)
	header, _, _ := strings.Cut(string(start), "\n")
	most := ','
	for _, c := range ";\t" {
		if strings.Count(header, string(c)) > strings.Count(header, string(most)) {
			most = c
		}
	}
	return most
}

// complete tells which column is missing.
func (r *CSV) complete() error {
	switch {
	case r.date < 0:
		return errors.New("the first line should name the columns, but there is no date")
	case r.given == 0:
		return errors.New("the first line should name the columns, but there is no counter, such as smtp_in or http_out")
	case r.id < 0 && r.name < 0:
		return errors.New("the first line should name the columns, but there is neither id nor name")
	}
	return nil
}

// Given returns the counters that the file has columns for.
func (r *CSV) Given() ledger.CounterSet { return r.given }

// Read implements [Reader].
func (r *CSV) Read() (Record, error) {
	cells, line, err := r.lines.read()
	var syntax *csv.ParseError
	switch {
	case errors.As(err, &syntax):
		return Record{}, &LineError{Record{Line: syntax.StartLine}, syntax.Err}
	case err != nil:
		return Record{}, err
	}
	record := Record{Line: line}
	if err := r.parse(cells, &record); err != nil {
		return Record{}, &LineError{record, err}
	}
	return record, nil
}

func (r *CSV) parse(cells []string, record *Record) (err error) {
	if id := r.cell(cells, r.id); id == "" {
		record.Name = r.cell(cells, r.name)
	} else if record.SiteID, err = strconv.ParseInt(id, 10, 64); err != nil {
		return fmt.Errorf("id: %q is not a whole number", id)
	}
	if record.SiteID == 0 && record.Name == "" {
		return errors.New("there is neither an id nor a name")
	}
	if record.Date, err = ledger.ParseDate(r.cell(cells, r.date)); err != nil {
		return fmt.Errorf("date: %w", err)
	}
	for i, to := range record.List() {
		if *to, err = parseBytes(r.cell(cells, r.counters[i])); err != nil {
			return fmt.Errorf("%s: %w", ledger.CounterNames[i], err)
		}
	}
	record.Given = r.given
	return nil
}

// cell returns the text of a column, "" for one that is not there or, in what
// MySQL's client prints, NULL.
func (r *CSV) cell(cells []string, column int) string {
	if column < 0 {
		return ""
	}
	text := strings.TrimSpace(cells[column])
	if r.isTabbed && text == "NULL" {
		return ""
	}
	return text
}
