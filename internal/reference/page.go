package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hostledger/hostledger/internal/protocol"
	"github.com/hostledger/hostledger/ledger"
)

// longest is the number of lines of an example that are shown.
const longest = 60

var roles = []ledger.Role{ledger.RoleAdmin, ledger.RoleReseller, ledger.RoleCustomer}

// page writes an operator's page.
func (o *operator) page() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s", o.Name, paragraph(prose(sentence(o.About))))
	rows := [][]string{{"operation", "what it does"}}
	for _, operation := range o.operations {
		rows = append(rows, []string{operation.link(""), operation.firstSentence()})
	}
	b.WriteString(table(rows))
	b.WriteString(paragraph("How to read the trees, examples and errors is told in [the index](README.md#how-to-read-a-page)."))
	for _, operation := range o.operations {
		operation.write(&b)
	}
	o.writeTypes(&b)
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// link links to the operator's page.
func (o *operator) link() string { return fmt.Sprintf("[%s](%s.md)", o.Name, o.Name) }

// link links to the operation's section on a page.
func (o *operation) link(page string) string { return fmt.Sprintf("[%s](%s#%s)", o.Name, page, o.Name) }

// firstSentence says in short what the operation does.
func (o *operation) firstSentence() string {
	first, _, _ := strings.Cut(strings.Join(strings.Fields(o.About), " "), ". ")
	return prose(strings.TrimSuffix(first, "."))
}

func (o *operation) write(b *strings.Builder) {
	var callers []string
	for _, role := range o.Callers {
		callers = append(callers, role.String())
	}
	fmt.Fprintf(b, "## %s\n\n%s", o.Name, paragraphs(prose("`"+o.Name+"` "+o.About)))
	fmt.Fprintf(b, "Who may call it: %s.\n", protocol.Join(callers, " and "))
	if o.Address != "" {
		fmt.Fprintf(b, "[Documentation page](%s)\n", o.Address)
	}
	fmt.Fprintf(b, "\n### %s: request\n\n%s", o.Name, fenced("text", tree(o.Request)))
	fmt.Fprintf(b, "### %s: answer\n\n%s", o.Name, fenced("text", tree(o.Response)))
	o.writeExample(b)
	o.writeErrors(b)
}

func (o *operation) writeExample(b *strings.Builder) {
	fmt.Fprintf(b, "### %s: example\n\n", o.Name)
	if o.example.login != "" {
		fmt.Fprintf(b, "Sent by %s.\n\n", o.example.login)
	}
	b.WriteString(shortened(o.example.request))
	b.WriteString("The answer:\n\n")
	b.WriteString(shortened(o.example.response))
}

// shortened shows the beginning of a packet, and says so.
func shortened(packet string) string {
	lines := strings.SplitAfter(strings.TrimSuffix(packet, "\n"), "\n")
	if len(lines) <= longest {
		return fenced("xml", packet)
	}
	return fenced("xml", strings.Join(lines[:longest], "")) +
		fmt.Sprintf("These are the first %d of %d lines.\n\n", longest, len(lines))
}

func fenced(language, text string) string { return "```" + language + "\n" + text + "```\n\n" }

func (o *operation) writeErrors(b *strings.Builder) {
	fmt.Fprintf(b, "### %s: errors\n\n", o.Name)
	rows := [][]string{{"code", "text", "when"}}
	for _, r := range o.refusals {
		rows = append(rows, []string{r.code, code(r.text), strings.Join(r.when, "; ")})
	}
	if len(rows) > 1 {
		b.WriteString(table(rows))
	}
	folder := goldenFolder(o.Operation.Operation)
	fmt.Fprintf(b, "Recorded in [%s](../../%s).\n\n", folder, folder)
}

func (o *operator) writeTypes(b *strings.Builder) {
	rows := [][]string{{"type", "values", "meaning"}}
	for _, name := range slices.Sorted(maps.Keys(o.Types)) {
		rows = append(rows, []string{name, o.Types[name].Values, prose(o.Types[name].About)})
	}
	b.WriteString("## Types\n\n" + table(rows))
}
