package table_test

import (
	"os"

	"github.com/hostledger/hostledger/internal/table"
)

var prices = table.Table{
	Columns: []table.Column{
		{Heading: "Name", Name: "name"},
		{Heading: "Price", Name: "price", Right: true},
		{Heading: "Remark", Name: "remark"},
	},
	Rows:   [][]string{{"exämple", "10.00", ""}, {"b", "5.00", `said "no", twice`}},
	Totals: []string{"Total", "15.00", ""},
}

func ExampleTable_Write() {
	_ = prices.Write(os.Stdout)
	// Output:
	// Name     Price  Remark
	// ───────  ─────  ────────────────
	// exämple  10.00
	// b         5.00  said "no", twice
	// ───────  ─────  ────────────────
	// Total    15.00
}

func ExampleTable_WriteCSV() {
	_ = prices.WriteCSV(os.Stdout)
	// Output:
	// name,price,remark
	// exämple,10.00,
	// b,5.00,"said ""no"", twice"
}
