package main

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"

	"github.com/hostledger/hostledger/internal/protocol"
)

// What is written by hand of the pages, with a mark where the table belongs.
var (
	//go:embed text/index.md
	indexText string
	//go:embed text/roles.md
	rolesText string
	//go:embed text/errors.md
	errorsText string
)

func withTable(text string, rows [][]string) string {
	return strings.Replace(text, "<!-- table -->\n", table(rows), 1)
}

func indexPage(operators []*operator) string {
	rows := [][]string{{"operator", "operations", "about"}}
	for _, o := range operators {
		var links []string
		for _, operation := range o.operations {
			links = append(links, operation.link(o.Name+".md"))
		}
		rows = append(rows, []string{o.link(), strings.Join(links, ", "), prose(sentence(o.About))})
	}
	return withTable(indexText, rows)
}

func rolesPage(operators []*operator) string {
	heading := []string{"operator", "operation"}
	for _, role := range roles {
		heading = append(heading, role.String())
	}
	rows := [][]string{heading}
	for _, o := range operators {
		for _, operation := range o.operations {
			row := []string{o.Name, operation.link(o.Name + ".md")}
			for _, role := range roles {
				may := "no"
				if slices.Contains(operation.Callers, role) {
					may = "yes"
				}
				row = append(row, may)
			}
			rows = append(rows, row)
		}
	}
	return withTable(rolesText, rows)
}

func errorsPage(codes []protocol.Code, operators []*operator) string {
	rows := [][]string{{"code", "meaning", "given by"}}
	for _, c := range codes {
		number := strconv.Itoa(c.Number)
		givers := givenBy(number, operators)
		if number == invalidRequest {
			givers = "" // any packet may be invalid
		}
		rows = append(rows, []string{number, prose(c.Meaning), givers})
	}
	return withTable(errorsText, rows)
}

// givenBy lists the operations that answer with a code.
func givenBy(code string, operators []*operator) string {
	var all []string
	for _, o := range operators {
		var names []string
		for _, operation := range o.operations {
			if slices.ContainsFunc(operation.refusals, func(r *refusal) bool { return r.code == code }) {
				names = append(names, operation.Name)
			}
		}
		if len(names) > 0 {
			all = append(all, o.link()+": "+strings.Join(names, ", "))
		}
	}
	return strings.Join(all, "; ")
}
