package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// tree draws an element with all that may be in it.
func tree(root *particle) string {
	d := drawing{}
	d.rows = append(d.rows, row{label: root.name, below: "│", text: d.text(root)})
	d.inside(root, "")
	return d.String()
}

type drawing struct {
	rows []row
	told []string // notes that are there already
}

// row is a line of a tree: an element, how often it may be there and what it
// takes. The label of lines that go on with the text is below.
type row struct{ label, below, occurs, text string }

// inside adds the particles that p consists of.
func (d *drawing) inside(p *particle, prefix string) {
	if p.content != nil {
		p = p.content
	}
	for i, part := range p.parts {
		branch, below := "├─ ", "│  "
		if i == len(p.parts)-1 {
			branch, below = "└─ ", "   "
		}
		r := row{label: prefix + branch + part.title(), below: prefix + below, occurs: part.occurs(), text: d.text(part)}
		if len(part.inside()) > 0 {
			r.below += "│"
		}
		d.rows = append(d.rows, r)
		d.inside(part, prefix+below)
	}
}

// title names a particle; one without a name says how its parts belong together.
func (p *particle) title() string {
	switch {
	case p.kind == "element":
		return p.name
	case p.kind == "choice" && p.max == 1:
		return "(one of)"
	case p.kind == "choice":
		return "(any of)"
	}
	return "(together)"
}

func (p *particle) occurs() string {
	switch p.max {
	case p.min:
		return fmt.Sprint(p.max)
	case unbounded:
		return fmt.Sprintf("%d..n", p.min)
	}
	return fmt.Sprintf("%d..%d", p.min, p.max)
}

// text says what an element takes, and what the schema says about it, but that
// once only.
func (d *drawing) text(p *particle) string {
	text := p.text
	if p.content != nil {
		text = p.content.order()
	}
	for _, note := range p.notes {
		if slices.Contains(d.told, note) {
			continue
		}
		d.told = append(d.told, note)
		if text != "" {
			text = strings.TrimSuffix(text, ".") + ". "
		}
		text += note
	}
	return text
}

// order says which parts of an element's content there are, and in which
// order, unless all are there in the order shown.
func (p *particle) order() string {
	switch {
	case p.kind == "all":
		return "In any order"
	case p.kind == "choice" && p.max == 1 && p.min == 0:
		return "One of these, or nothing"
	case p.kind == "choice" && p.max == 1:
		return "One of these"
	case p.kind == "choice" && p.max == unbounded:
		return "Any number of these, in any order"
	case p.kind == "choice":
		return fmt.Sprintf("Any of these, in any order, %d at most", p.max)
	case p.min == 0:
		return "All of these, or nothing"
	}
	return ""
}

// String writes the rows in columns.
func (d *drawing) String() string {
	const gap, narrowest = 2, 45
	labels, counts := 0, 0
	for _, r := range d.rows {
		labels = max(labels, utf8.RuneCountInString(r.label))
		counts = max(counts, len(r.occurs))
	}
	text := max(lineWidth-labels-counts-2*gap, narrowest)
	var b strings.Builder
	for _, r := range d.rows {
		label, occurs := r.label, r.occurs
		for _, line := range wrap(r.text, text) {
			columns := fmt.Sprintf("%-*s  %-*s  %s", labels, label, counts, occurs, line)
			b.WriteString(strings.TrimRight(columns, " ") + "\n")
			label, occurs = r.below, ""
		}
	}
	return b.String()
}
