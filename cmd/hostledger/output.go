package main

import (
	"encoding/json"
	"os"
	"strconv"

	"github.com/hostledger/hostledger/internal/table"
)

// output is the flags that say in which form a command prints what it found.
type output struct {
	JSON bool `name:"json" xor:"form" help:"Print JSON: an array of objects."`
	CSV  bool `name:"csv" xor:"form" help:"Print CSV, with a line of column names."`
}

// print prints records as JSON, or t as CSV or as a table.
func (o output) print(records any, t *table.Table) error {
	switch {
	case o.JSON:
		encoder := json.NewEncoder(os.Stdout)
		encoder.SetIndent("", "  ")
		encoder.SetEscapeHTML(false)
		return encoder.Encode(records)
	case o.CSV:
		return t.WriteCSV(os.Stdout)
	}
	return t.Write(os.Stdout)
}

// plural counts things.
func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}
