package trafficfile

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// lines are the lines of a table.
type lines interface {
	// read returns the cells of the next line, which are good until it is called
	// again, and its number: a *csv.ParseError for a line that is wrong, io.EOF
	// at the end.
	read() (cells []string, line int, err error)
}

func newLines(plain *bufio.Reader, comma rune) lines {
	if comma == '\t' {
		return &tabbedLines{plain: plain}
	}
	quoted := quotedLines{csv.NewReader(plain)}
	quoted.Comma, quoted.ReuseRecord = comma, true
	return quoted
}

// quotedLines are those of RFC 4180.
type quotedLines struct{ *csv.Reader }

func (l quotedLines) read() (cells []string, line int, err error) {
	if cells, err = l.Read(); err != nil {
		return nil, 0, err
	}
	line, _ = l.FieldPos(0)
	return cells, line, nil
}

// tabbedLines are as MySQL's client prints them: quotation marks mean nothing,
// and tabs within a cell are written otherwise.
type tabbedLines struct {
	plain *bufio.Reader
	line  int
	cells []string
}

func (l *tabbedLines) read() (cells []string, line int, err error) {
	for text := ""; text == ""; {
		if text, err = l.plain.ReadString('\n'); text == "" || err != nil && !errors.Is(err, io.EOF) {
			return nil, 0, err
		}
		text = strings.TrimRight(text, "\r\n")
		l.line++
		cells = append(cells[:0], strings.Split(text, "\t")...)
	}
	if isFirst := l.cells == nil; !isFirst && len(cells) != len(l.cells) {
		return nil, 0, &csv.ParseError{StartLine: l.line, Line: l.line, Err: csv.ErrFieldCount}
	}
	l.cells = cells
	return cells, l.line, nil
}
