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

// report says what was measured where, and puts medians in a table, if any of
// its lines was measured.
func report(o options, lines []line, rounds []round, environment string) string {
	table := [][]string{{"what", "Hostledger", "lowest – highest", "beside", "", "ratio", "target", "reached"}}
	for _, l := range lines {
		table = append(table, l.rows(rounds, !o.quick)...)
	}
	if len(table) == 1 {
		return ""
	}
	return fmt.Sprintf("`%s`, rounds: %d, medians, on %s.\n\n%s", o.command, len(rounds), environment, markdown(table))
}

// rows returns the line's rows, none when it was not measured. What else stands
// beside it has rows of its own.
func (l line) rows(rounds []round, judge bool) (rows [][]string) {
	values := valuesOf(rounds, l.figure)
	if len(values) == 0 {
		return nil
	}
	own := []string{l.name, l.unit.write(median(values)), l.unit.span(values), "", "", ""}
	for _, s := range l.besides {
		cells, ratio := l.compare(s, rounds)
		if cells == nil {
			continue
		}
		row := append(own[:3:3], cells...)
		if len(rows) == 0 && l.target != nil {
			row = append(row, l.target.judge(median(values), judge)...)
		} else {
			row = append(row, s.target.judge(ratio, judge)...)
		}
		rows, own = append(rows, row), []string{"the same", "", ""}
	}
	if len(rows) == 0 {
		rows = [][]string{append(own, l.target.judge(median(values), judge)...)}
	}
	return rows
}

// compare returns the cells of what stands beside a line, nil when it was not
// measured, and the median of the rounds' ratios.
func (l line) compare(s beside, rounds []round) (cells []string, ratio float64) {
	var ratios []float64
	for _, r := range rounds {
		value, ok1 := r[l.figure]
		other, ok2 := r[s.figure]
		if ok1 && ok2 {
			ratios = append(ratios, value/other)
		}
	}
	if len(ratios) == 0 {
		return nil, 0
	}
	ratio = median(ratios)
	return []string{s.name, l.unit.write(median(valuesOf(rounds, s.figure))), strconv.FormatFloat(ratio, 'f', 2, 64) + " ×"}, ratio
}

func valuesOf(rounds []round, f figure) (values []float64) {
	for _, r := range rounds {
		if value, ok := r[f]; ok {
			values = append(values, value)
		}
	}
	return values
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
	if b.libxml2 != "" {
		text += ", libxml2 " + b.libxml2
	}
	for name := range b.leftOut {
		text += ", without " + name
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

// writePage puts a text in the place of the one that a section of a page has.
func writePage(name, section, text string) error {
	begins, ends := "<!-- "+section+": begin -->\n", "<!-- "+section+": end -->\n"
	page, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	before, rest, hasBegin := strings.Cut(string(page), begins)
	_, after, hasEnd := strings.Cut(rest, ends)
	if !hasBegin || !hasEnd {
		return fmt.Errorf("%s lacks the lines %q and %q", name, begins, ends)
	}
	return os.WriteFile(name, []byte(before+begins+text+ends+after), 0o644)
}
