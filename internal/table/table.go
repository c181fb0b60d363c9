// Package table writes rows as an aligned table for people, or as CSV for
// programs.
package table

import (
	"bufio"
	"encoding/csv"
	"io"
	"strings"
	"unicode/utf8"
)

// Table is rows of cells under headings.
type Table struct {
	Columns []Column
	Rows    [][]string
	Totals  []string // a last row, set off by a rule; nil: none
}

// Column is a column of a table.
type Column struct {
	Heading string // for people
	Name    string // for programs
	Right   bool   // align at the right, as numbers are
}

const gap = "  "

// Write writes the table aligned, with a rule below the headings.
func (t *Table) Write(w io.Writer) error {
	out := bufio.NewWriter(w)
	widths := t.widths()
	headings := make([]string, len(t.Columns))
	rules := make([]string, len(t.Columns))
	for i, column := range t.Columns {
		headings[i] = column.Heading
		rules[i] = strings.Repeat("─", widths[i])
	}
	t.writeRow(out, widths, headings)
	t.writeRow(out, widths, rules)
	for _, row := range t.Rows {
		t.writeRow(out, widths, row)
	}
	if t.Totals != nil {
		t.writeRow(out, widths, rules)
		t.writeRow(out, widths, t.Totals)
	}
	return out.Flush()
}

func (t *Table) widths() []int {
	widths := make([]int, len(t.Columns))
	for i, column := range t.Columns {
		widths[i] = utf8.RuneCountInString(column.Heading)
	}
	for _, row := range append([][]string{t.Totals}, t.Rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	return widths
}

func (t *Table) writeRow(out *bufio.Writer, widths []int, row []string) {
	var line strings.Builder
	for i, cell := range row {
		padding := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
		if i > 0 {
			line.WriteString(gap)
		}
		if t.Columns[i].Right {
			line.WriteString(padding + cell)
		} else {
			line.WriteString(cell + padding)
		}
	}
	_, _ = out.WriteString(strings.TrimRight(line.String(), " ") + "\n") // Flush tells of errors
}

// WriteCSV writes the names of the columns and the rows, without totals.
func (t *Table) WriteCSV(w io.Writer) error {
	names := make([]string, len(t.Columns))
	for i, column := range t.Columns {
		names[i] = column.Name
	}
	return csv.NewWriter(w).WriteAll(append([][]string{names}, t.Rows...))
}
