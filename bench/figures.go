package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// figure names a number that a measure puts into its round.
type figure string

const (
	decodeOurs    figure = "decode ours" // MB/s
	decodeToken   figure = "decode encoding/xml"
	decodeXMLLint figure = "decode xmllint"

	fsyncTime figure = "fsync" // seconds

	binarySize figure = "binary"      // bytes
	firstStart figure = "first start" // seconds
	laterStart figure = "later start" // seconds
	idleMemory figure = "idle memory" // bytes

	bulkFirst        figure = "bulk first" // rows a second
	bulkRewrite      figure = "bulk rewrite"
	bulkMemory       figure = "bulk memory"     // bytes
	referenceFirst   figure = "reference first" // rows a second
	referenceRewrite figure = "reference rewrite"

	thousandsRate figure = "packets of 10,000" // rows a second
	hundredsRate  figure = "packets of 100"
	singleRate    figure = "single, 1 connection"
	singleP50     figure = "single, 1 connection, p50" // seconds
	singleP99     figure = "single, 1 connection, p99"
	manyRate      figure = "single, 16 connections" // rows a second
	manyP50       figure = "single, 16 connections, p50"
	manyP99       figure = "single, 16 connections, p99"
	manyEffort    figure = "single, 16 connections, processor" // seconds of processor time

	yearRate        figure = "years, 1 connection"      // answers a second
	yearP50         figure = "years, 1 connection, p50" // seconds
	yearP99         figure = "years, 1 connection, p99"
	manyYearsRate   figure = "years, 16 connections"      // answers a second
	manyYearsP50    figure = "years, 16 connections, p50" // seconds
	manyYearsP99    figure = "years, 16 connections, p99"
	manyYearsEffort figure = "years, 16 connections, processor" // seconds of processor time
)

// line is a line of the table.
type line struct {
	name   string
	figure figure
	unit   unit
	// What stands beside it, in the same unit; empty: nothing.
	beside       string
	besideFigure figure
	target       *target
}

// target is what a line has to reach.
type target struct {
	text    string
	reached func(value, ratio float64) bool
}

func ratioAtLeast(least float64) *target {
	return &target{fmt.Sprintf("ratio ≥ %g", least), func(_, ratio float64) bool { return ratio >= least }}
}

func atLeast(least float64, u unit) *target {
	return &target{"≥ " + u.write(least), func(value, _ float64) bool { return value >= least }}
}

func atMost(most float64, u unit) *target {
	return &target{"≤ " + u.write(most), func(value, _ float64) bool { return value <= most }}
}

// lines are the lines of the table, in its order.
func lines(s sizes) []line {
	nodes := threeDigits(float64(s.sites * s.days))
	packet := megabytes.write(float64(s.decodeBytes))
	return []line{
		{"reading a packet of " + packet + ", all checks", decodeOurs, speed, "encoding/xml, `Token`", decodeToken, ratioAtLeast(12)},
		{"the same", decodeOurs, speed, "`xmllint --stream`, with its start", decodeXMLLint, nil},
		{"set_traffic, one packet of " + nodes + " nodes, new rows", bulkFirst, rows, "C, sorted rows", referenceFirst, ratioAtLeast(0.4)},
		{"set_traffic, the same rows rewritten", bulkRewrite, rows, "C, sorted rows", referenceRewrite, ratioAtLeast(0.4)},
		{"peak memory of these two, above idle", bulkMemory, megabytes, "", "", atMost(120e6, megabytes)},
		{"set_traffic, packets of 10,000 nodes", thousandsRate, rows, "", "", nil},
		{"set_traffic, packets of 100 nodes", hundredsRate, rows, "", "", nil},
		{"set_traffic, packets of 1 node, 1 connection", singleRate, rows, "", "", nil},
		{"… p50 until the answer", singleP50, milliseconds, "write and fsync of 4 KiB", fsyncTime, nil},
		{"… p99", singleP99, milliseconds, "", "", nil},
		{"set_traffic, packets of 1 node, 16 connections", manyRate, rows, "", "", atLeast(8000, rows)},
		{"… p50 until the answer", manyP50, milliseconds, "write and fsync of 4 KiB", fsyncTime, nil},
		{"… p99", manyP99, milliseconds, "", "", nil},
		{"… processor time of the server", manyEffort, milliseconds, "", "", nil},
		{"get_traffic, 365 days, 1 connection", yearRate, answers, "", "", nil},
		{"… p50 until the answer", yearP50, milliseconds, "", "", nil},
		{"… p99", yearP99, milliseconds, "", "", nil},
		{"get_traffic, 365 days, 16 connections", manyYearsRate, answers, "", "", nil},
		{"… p50 until the answer", manyYearsP50, milliseconds, "", "", nil},
		{"… p99", manyYearsP99, milliseconds, "", "", nil},
		{"… processor time of the server", manyYearsEffort, milliseconds, "", "", nil},
		{"start to first answer, new ledger", firstStart, milliseconds, "", "", nil},
		{"start to first answer, later", laterStart, milliseconds, "", "", nil},
		{"memory when idle", idleMemory, megabytes, "", "", nil},
		{"size of the binary", binarySize, megabytes, "", "", nil},
	}
}

// unit says how a figure is written.
type unit struct {
	number func(float64) string
	name   string
}

func (u unit) write(v float64) string { return u.number(v) + u.name }

// span writes the least and the greatest of figures.
func (u unit) span(values []float64) string {
	return u.number(slices.Min(values)) + " – " + u.write(slices.Max(values))
}

var (
	speed        = unit{threeDigits, " MB/s"}
	rows         = unit{threeDigits, " rows/s"}
	answers      = unit{threeDigits, "/s"}
	megabytes    = unit{func(v float64) string { return strconv.FormatFloat(v/1e6, 'f', 0, 64) }, " MB"}
	milliseconds = unit{func(v float64) string { return strconv.FormatFloat(v*1e3, 'f', 2, 64) }, " ms"}
)

// threeDigits writes a number rounded to three digits, with commas between
// thousands.
func threeDigits(v float64) string {
	if v <= 0 {
		return "0"
	}
	unit := math.Pow(10, max(0, math.Floor(math.Log10(v))-2))
	text := strconv.FormatFloat(math.Round(v/unit)*unit, 'f', 0, 64)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
