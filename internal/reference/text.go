package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

const lineWidth = 110

// wrap breaks a text into lines at its spaces.
func wrap(text string, width int) (lines []string) {
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= width:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return append(lines, line)
}

func paragraph(text string) string { return strings.Join(wrap(text, lineWidth), "\n") + "\n\n" }

// paragraphs is paragraph for a text with empty lines between its paragraphs.
func paragraphs(text string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(text, "\n\n") {
		b.WriteString(paragraph(part))
	}
	return b.String()
}

// table writes rows under a heading. Its columns are in line in the text too, up
// to one that is too wide for that.
func table(rows [][]string) string {
	const widest = 60
	widths := make([]int, len(rows[0]))
	rules := make([]string, len(rows[0]))
	for i := range widths {
		for _, row := range rows {
			widths[i] = max(widths[i], utf8.RuneCountInString(row[i]))
		}
		if widths[i] > widest || i > 0 && widths[i-1] == 0 {
			widths[i] = 0
		}
		rules[i] = strings.Repeat("-", max(widths[i], 3))
	}
	var b strings.Builder
	for _, row := range slices.Insert(slices.Clone(rows), 1, rules) {
		for i, cell := range row {
			fmt.Fprintf(&b, "| %-*s ", widths[i], cell)
		}
		b.WriteString("|\n")
	}
	return b.String() + "\n"
}

// code marks a text in a table as written literally.
func code(text string) string {
	return "`" + strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", `\|`) + "`"
}

// prose marks what Markdown would take for its own in a text.
func prose(text string) string { return markup.Replace(text) }

var markup = strings.NewReplacer("<", `\<`, "*", `\*`, "|", `\|`)

// sentence begins a text with a capital.
func sentence(text string) string {
	_, size := utf8.DecodeRuneInString(text)
	return strings.ToUpper(text[:size]) + text[size:]
}
