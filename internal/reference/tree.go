package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hostledger/hostledger/internal/protocol"
)

// tree draws an element with all that may be in it.
func tree(root *protocol.Particle) string {
	d := drawing{}
	d.rows = append(d.rows, row{label: root.Name, below: "│", text: d.text(root)})
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
func (d *drawing) inside(p *protocol.Particle, prefix string) {
	if p.Content != nil {
		p = p.Content
	}
	for i, part := range p.Parts {
		branch, below := "├─ ", "│  "
		if i == len(p.Parts)-1 {
			branch, below = "└─ ", "   "
		}
		r := row{label: prefix + branch + title(part), below: prefix + below, occurs: occurs(part), text: d.text(part)}
		if len(part.Inside()) > 0 {
			r.below += "│"
		}
		d.rows = append(d.rows, r)
		d.inside(part, prefix+below)
	}
}

// title names a particle; one without a name says how its parts belong together.
func title(p *protocol.Particle) string {
	switch {
	case p.Kind == "element":
		return p.Name
	case p.Kind == "choice" && p.Max == 1:
		return "(one of)"
	case p.Kind == "choice":
		return "(any of)"
	}
	return "(together)"
}

func occurs(p *protocol.Particle) string {
	switch p.Max {
	case p.Min:
		return fmt.Sprint(p.Max)
	case protocol.Unbounded:
		return fmt.Sprintf("%d..n", p.Min)
	}
	return fmt.Sprintf("%d..%d", p.Min, p.Max)
}

// text says what an element takes, and what the schema says about it, but that
// once only.
func (d *drawing) text(p *protocol.Particle) string {
	text := p.Text
	if p.Content != nil {
		text = order(p.Content)
	}
	for _, note := range p.Notes {
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
func order(p *protocol.Particle) string {
	switch {
	case p.Kind == "all":
		return "In any order"
	case p.Kind == "choice" && p.Max == 1 && p.Min == 0:
		return "One of these, or nothing"
	case p.Kind == "choice" && p.Max == 1:
		return "One of these"
	case p.Kind == "choice" && p.Max == protocol.Unbounded:
		return "Any number of these, in any order"
	case p.Kind == "choice":
		return fmt.Sprintf("Any of these, in any order, %d at most", p.Max)
	case p.Min == 0:
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
