package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// trafficReader reads mail traffic from CSV. A line that is wrong is told of
// and skipped: the server would refuse the whole packet for it.
type trafficReader struct {
	csv     *csv.Reader
	columns map[string]int // by name
}

// newTrafficReader reads the line of column names.
func newTrafficReader(source io.Reader) (*trafficReader, error) {
	r := &trafficReader{csv: csv.NewReader(source), columns: map[string]int{}}
	r.csv.ReuseRecord = true
	header, err := r.csv.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the file is empty: it should begin with a line of column names")
	}
	if err != nil {
		return nil, err
	}
	for i, name := range header {
		name = strings.TrimPrefix(name, "\ufeff") // the mark with which some programs begin a file
		r.columns[strings.ToLower(strings.TrimSpace(name))] = i
	}
	for _, name := range []string{"date", "smtp_in", "smtp_out", "pop3_imap_in", "pop3_imap_out"} {
		if _, ok := r.columns[name]; !ok {
			return nil, fmt.Errorf("the first line should name the columns, but there is no %s", name)
		}
	}
	if _, ok := r.columns["id"]; !ok {
		if _, ok := r.columns["name"]; !ok {
			return nil, errors.New("the first line should name the columns, but there is neither id nor name")
		}
	}
	return r, nil
}

// offset returns how many bytes have been read.
func (r *trafficReader) offset() int64 { return r.csv.InputOffset() }

// read returns up to most lines, and those that are wrong. At the end of the
// file the error is io.EOF.
func (r *trafficReader) read(most int) (lines []trafficLine, bad []lineError, err error) {
	for len(lines)+len(bad) < most {
		record, err := r.csv.Read()
		var syntax *csv.ParseError
		switch {
		case errors.As(err, &syntax):
			bad = append(bad, lineError{syntax.StartLine, syntax.Err})
			continue
		case err != nil:
			return lines, bad, err
		}
		number, _ := r.csv.FieldPos(0)
		line, err := r.parse(record)
		if err != nil {
			bad = append(bad, lineError{number, err})
			continue
		}
		line.number = number
		lines = append(lines, line)
	}
	return lines, bad, nil
}

func (r *trafficReader) parse(record []string) (line trafficLine, err error) {
	cell := func(name string) string {
		if i, ok := r.columns[name]; ok {
			return strings.TrimSpace(record[i])
		}
		return ""
	}
	t := &line.traffic
	if id := cell("id"); id != "" {
		if t.DomID, err = strconv.ParseInt(id, 10, 64); err != nil {
			return line, fmt.Errorf("id: %q is not a whole number", id)
		}
	} else if line.name = cell("name"); line.name == "" {
		return line, errors.New("there is neither an id nor a name")
	}
	if t.Date, err = ledger.ParseDate(cell("date")); err != nil {
		return line, fmt.Errorf("date: %w", err)
	}
	for _, counter := range []struct {
		name string
		to   *int64
	}{
		{"smtp_in", &t.SMTPIn}, {"smtp_out", &t.SMTPOut},
		{"pop3_imap_in", &t.POP3IMAPIn}, {"pop3_imap_out", &t.POP3IMAPOut},
	} {
		if *counter.to, err = parseBytes(cell(counter.name)); err != nil {
			return line, fmt.Errorf("%s: %w", counter.name, err)
		}
	}
	return line, nil
}

func parseBytes(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	bytes, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is not a whole number of bytes", text)
	}
	return bytes, nil
}
