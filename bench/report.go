package main

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The table stands between these lines of the page.
const (
	tableBegins = "<!-- measured: begin -->\n"
	tableEnds   = "<!-- measured: end -->\n"
)

// report says what was measured where, and puts medians in a table.
func report(o options, rounds []round, environment string) string {
	table := [][]string{{"what", "Hostledger", "lowest – highest", "beside", "", "ratio", "target", "reached"}}
	for _, l := range lines(o.sizes) {
		if cells := l.cells(rounds, o.sizes == fullSizes); cells != nil {
			table = append(table, cells)
		}
	}
	return fmt.Sprintf("`%s`, rounds: %d, medians, on %s.\n\n%s", o.command, len(rounds), environment, markdown(table))
}

// cells returns the line's cells, nil when it was not measured. The ratio is
// the median of the rounds' ratios.
func (l line) cells(rounds []round, judge bool) []string {
	var values, besides, ratios []float64
	for _, r := range rounds {
		value, ok1 := r[l.figure]
		beside, ok2 := r[l.besideFigure]
		if ok1 && (ok2 || l.beside == "") {
			values, besides, ratios = append(values, value), append(besides, beside), append(ratios, value/beside)
		}
	}
	if len(values) == 0 {
		return nil
	}
	value, ratio := median(values), median(ratios)
	cells := []string{l.name, l.unit.write(value), l.unit.span(values), l.beside, "", "", "", ""}
	if l.beside != "" {
		cells[4], cells[5] = l.unit.write(median(besides)), strconv.FormatFloat(ratio, 'f', 2, 64)+" ×"
	}
	if l.target != nil && judge {
		cells[6], cells[7] = l.target.text, "no"
		if l.target.reached(value, ratio) {
			cells[7] = "yes"
		}
	}
	return cells
}

func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 0 {
		return (sorted[middle-1] + sorted[middle]) / 2
	}
	return sorted[middle]
}

// markdown writes a table whose columns are in line on a terminal too.
func markdown(table [][]string) string {
	widths := make([]int, len(table[0]))
	for _, row := range table {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for n, row := range table {
		for i, cell := range row {
			b.WriteString("| " + cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+1))
		}
		b.WriteString("|\n")
		if n == 0 {
			for _, width := range widths {
				b.WriteString("|" + strings.Repeat("-", width+2))
			}
			b.WriteString("|\n")
		}
	}
	return b.String()
}

// environment tells what kind of machine this is.
func (b *bench) environment() string {
	text := fmt.Sprintf("%s/%s, %d CPUs%s, %s", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), processor(), runtime.Version())
	if b.sqlite != "" {
		text += ", C with SQLite " + b.sqlite
	}
	return text
}

// processor returns the processor's name in brackets, where Linux tells it.
func processor() string {
	info, _ := os.ReadFile("/proc/cpuinfo")
	for text := range strings.Lines(string(info)) {
		if name, value, ok := strings.Cut(text, ":"); ok && strings.TrimSpace(name) == "model name" {
			return " (" + strings.TrimSpace(value) + ")"
		}
	}
	return ""
}

// writePage puts a report in the place of the one that a page has.
func writePage(name, text string) error {
	page, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	before, rest, begins := strings.Cut(string(page), tableBegins)
	_, after, ends := strings.Cut(rest, tableEnds)
	if !begins || !ends {
		return fmt.Errorf("%s lacks the lines %q and %q", name, tableBegins, tableEnds)
	}
	return os.WriteFile(name, []byte(before+tableBegins+text+tableEnds+after), 0o644)
}
