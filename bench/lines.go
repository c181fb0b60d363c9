package main

import (
	"fmt"
	"slices"
)

// line is a line of the table, with further ones for what else stands beside it.
type line struct {
	name    string
	figure  figure
	unit    unit
	target  *target
	besides []beside
}

// beside is what the same machine does without Hostledger.
type beside struct {
	name   string
	figure figure
	target *target // of the ratio
}

// target is what a figure or a ratio has to reach.
type target struct {
	text    string
	reached func(value float64) bool
}

// judge returns what a row says of its target, which may be nil.
func (t *target) judge(value float64, judge bool) []string {
	switch {
	case t == nil || !judge:
		return []string{"", ""}
	case t.reached(value):
		return []string{t.text, "yes"}
	default:
		return []string{t.text, "no"}
	}
}

func atLeast(least float64, u unit) *target {
	return &target{"≥ " + u.write(least), func(value float64) bool { return value >= least }}
}

func atMost(most float64, u unit) *target {
	return &target{"≤ " + u.write(most), func(value float64) bool { return value <= most }}
}

func ratioAtLeast(least float64) *target { return atLeast(least, times) }
func ratioAtMost(most float64) *target   { return atMost(most, times) }

// What stands beside figures more than once.
const (
	stackName      = "nginx + PHP-FPM + MariaDB"
	influxName     = "InfluxDB"
	pocketBaseName = "PocketBase, not durable"
	mariaDBName    = "MariaDB's own protocol"
	postgresName   = "PostgreSQL's own protocol"
	pflogsummName  = "pflogsumm"
)

// lines are the lines of the first table, in its order.
func lines(s sizes) []line {
	nodes, sites := threeDigits(float64(s.sites*s.days)), threeDigits(float64(s.sites))
	return slices.Concat(
		decodeLines(megabytes.write(float64(s.decodeBytes))),
		bulkLines(nodes, sites, s.storedDays),
		smallLines(),
		questionLines(threeDigits(float64(s.yearSites))),
		panelLines(threeDigits(float64(s.panelSites))),
		postgresLines(nodes),
		footprintLines(nodes),
	)
}

func decodeLines(packet string) []line {
	return []line{
		{"reading a packet of " + packet + ", all checks", decodeOurs, speed, nil, []beside{
			{"libxml2's SAX parser", decodeSAX, nil},
			{"encoding/xml, `Token`", decodeToken, ratioAtLeast(12)},
			{"`xmllint --stream`, with its start", decodeXMLLint, nil},
		}},
		{"reading it with a space in every tag, by the generic reader", spacedOurs, speed, nil, []beside{
			{"libxml2's SAX parser", spacedSAX, ratioAtLeast(2)},
		}},
		{"reading it with a comment in every element", commentedOurs, speed, nil, []beside{
			{"libxml2's SAX parser", commentedSAX, nil},
		}},
	}
}

func bulkLines(nodes, sites string, storedDays int) []line {
	return []line{
		{"set_traffic, one packet of " + nodes + " nodes, new rows", bulkFirst, rows, nil, []beside{
			{"C, sorted rows", referenceFirst, ratioAtLeast(0.6)},
			{stackName, stackBulk, ratioAtLeast(10)},
		}},
		{"set_traffic, the same rows rewritten", bulkRewrite, rows, nil, []beside{
			{"C, sorted rows", referenceRewrite, ratioAtLeast(0.4)},
		}},
		{fmt.Sprintf("set_traffic, a new day for %s over %d stored days", sites, storedDays), newDayFirst, rows, nil, []beside{
			{"C, sorted rows", newDayReference, ratioAtLeast(0.6)},
		}},
		{"set_traffic, that day rewritten", newDayRewrite, rows, nil, []beside{
			{"C, sorted rows", newDayReferenceRewrite, ratioAtLeast(0.4)},
		}},
	}
}

func smallLines() []line {
	return []line{
		{"set_traffic, packets of 10,000 nodes", thousandsRate, rows, nil, nil},
		{"set_traffic, packets of 100 nodes", hundredsRate, rows, nil, nil},
		{"set_traffic, packets of 1 node, 1 connection", singleRate, rows, nil, nil},
		{"… p50 until the answer", singleP50, milliseconds, nil, []beside{
			{"write and fsync of 4 KiB", fsyncTime, nil},
		}},
		{"… p99", singleP99, milliseconds, nil, nil},
		{"set_traffic, packets of 1 node, 16 connections", manyRate, rows, nil, []beside{
			{stackName, stackRate, ratioAtLeast(3.5)},
			{influxName, influxRate, ratioAtLeast(1)},
			{pocketBaseName, pocketBaseRate, ratioAtLeast(1)},
			{postgresName, postgresFigures.singles.rate, nil},
			{mariaDBName, mariaDBFigures.singles.rate, nil},
		}},
		{"… p50 until the answer", manyP50, milliseconds, nil, []beside{
			{"write and fsync of 4 KiB", fsyncTime, nil},
		}},
		{"… p99", manyP99, milliseconds, nil, []beside{
			{stackName, stackP99, ratioAtMost(1)},
			{influxName, influxP99, nil},
		}},
		{"… processor time of the server", manyEffort, microseconds, atMost(60e-6, microseconds), []beside{
			{stackName, stackEffort, nil},
			{influxName, influxEffort, nil},
			{pocketBaseName, pocketBaseEffort, nil},
			{postgresName, postgresFigures.singles.effort, nil},
			{mariaDBName, mariaDBFigures.singles.effort, nil},
		}},
	}
}

func questionLines(sites string) []line {
	return []line{
		{"get_traffic, 365 days of one of " + sites + ", 1 connection", yearRate, answers, nil, nil},
		{"… p50 until the answer", yearP50, milliseconds, atMost(0.5e-3, milliseconds), []beside{
			{mariaDBName, mariaDBFigures.year.p50, nil},
			{postgresName, postgresFigures.year.p50, nil},
		}},
		{"… p99", yearP99, milliseconds, nil, nil},
		{"get_traffic, 365 days, 16 connections", manyYearsRate, answers, atLeast(4000, answers), []beside{
			{mariaDBName, mariaDBFigures.years.rate, nil},
			{postgresName, postgresFigures.years.rate, nil},
		}},
		{"… p50 until the answer", manyYearsP50, milliseconds, nil, nil},
		{"… p99", manyYearsP99, milliseconds, nil, nil},
		{"… processor time of the server", manyYearsEffort, milliseconds, nil, nil},
		{"webspace/get, the month of all " + sites + ", p50", monthP50, milliseconds, atMost(3e-3, milliseconds), []beside{
			{postgresName, postgresFigures.month.p50, nil},
			{mariaDBName, mariaDBFigures.month.p50, nil},
		}},
		{"… p99", monthP99, milliseconds, nil, nil},
	}
}

func panelLines(sites string) []line {
	return []line{
		{"panel, the host's first page, " + sites + " subscriptions, p50", panelFirst, milliseconds, atMost(20e-3, milliseconds), nil},
		{"… with its totals counted anew, once a minute", panelCounted, milliseconds, nil, nil},
		{"panel, list of subscriptions by name, p50", panelList, milliseconds, nil, nil},
		{"… by renewal date", panelByRenewal, milliseconds, nil, nil},
		{"panel, page of a subscription, p50", panelOne, milliseconds, atMost(20e-3, milliseconds), nil},
		{"… transferred with all that it loads", panelWeight, kilobytes, atMost(100e3, kilobytes), nil},
	}
}

func postgresLines(nodes string) []line {
	return []line{
		{"on PostgreSQL, one packet of " + nodes + " nodes, new rows", postgresBulk, rows, nil, []beside{
			{"`psql`: COPY, one upsert", copyBulk, ratioAtLeast(0.9)},
		}},
		{"on PostgreSQL, the same rows rewritten", postgresRewrite, rows, nil, []beside{
			{"`psql`: COPY, one upsert", copyRewrite, nil},
		}},
		{"on PostgreSQL, packets of 1 node, 16 connections", postgresRate, rows, nil, []beside{
			{postgresName, postgresFigures.singles.rate, nil},
		}},
		{"… p99", postgresP99, milliseconds, nil, []beside{
			{postgresName, postgresFigures.singles.p99, nil},
		}},
		{"… processor time of the server without PostgreSQL", postgresEffort, microseconds, nil, nil},
	}
}

// logLines are the lines of the table of logs.
func logLines(s sizes) []line {
	const whole, tenth = 1e6, 1e7
	return []line{
		{"a log of " + threeDigits(float64(s.logBytes)/whole) + " MB, by the clock", logsRate, speed, nil, []beside{
			{pflogsummName, pflogsummRate, ratioAtLeast(20)},
		}},
		{"… by processor time", logsEffort, speed, atLeast(300, speed), []beside{
			{pflogsummName, pflogsummEffort, nil},
		}},
		{"… memory at its peak", logsPeak, megabytes, nil, []beside{
			{pflogsummName, pflogsummPeak, nil},
		}},
		{"… of a log of " + threeDigits(float64(s.logBytes)/tenth) + " MB", tenthPeak, megabytes, nil, nil},
		{"packed by gzip, by the clock", packedRate, speed, nil, nil},
		{"… by processor time", packedEffort, speed, nil, nil},
		{"… memory at its peak", packedPeak, megabytes, nil, nil},
	}
}

func footprintLines(nodes string) []line {
	return []line{
		{"memory when idle", idleMemory, megabytes, atMost(25e6, megabytes), nil},
		{"memory after the two packets of " + nodes + " nodes", bulkMemory, megabytes, atMost(120e6, megabytes), nil},
		{"… at its peak", bulkPeak, megabytes, atMost(120e6, megabytes), nil},
		{"start to first answer, new ledger", firstStart, milliseconds, nil, nil},
		{"start to first answer, later", laterStart, milliseconds, atMost(50e-3, milliseconds), nil},
		{"size of the binary", binarySize, megabytes, atMost(30e6, megabytes), nil},
	}
}
