package main

// figure names a number that a measure puts into its round.
type figure string

const (
	decodeOurs    figure = "decode ours" // MB/s
	decodeSAX     figure = "decode SAX"
	decodeToken   figure = "decode encoding/xml"
	decodeXMLLint figure = "decode xmllint"
	spacedOurs    figure = "decode ours, spaced"
	spacedSAX     figure = "decode SAX, spaced"
	commentedOurs figure = "decode ours, commented"
	commentedSAX  figure = "decode SAX, commented"

	fsyncTime figure = "fsync" // seconds

	binarySize figure = "binary"      // bytes
	firstStart figure = "first start" // seconds
	laterStart figure = "later start" // seconds
	idleMemory figure = "idle memory" // bytes

	bulkFirst        figure = "bulk first" // rows a second
	bulkRewrite      figure = "bulk rewrite"
	bulkPeak         figure = "bulk peak"       // bytes
	bulkMemory       figure = "bulk memory"     // bytes
	referenceFirst   figure = "reference first" // rows a second
	referenceRewrite figure = "reference rewrite"
	stackBulk        figure = "stack bulk"

	newDayFirst            figure = "new day first" // rows a second
	newDayRewrite          figure = "new day rewrite"
	newDayReference        figure = "new day reference first"
	newDayReferenceRewrite figure = "new day reference rewrite"

	thousandsRate figure = "packets of 10,000" // rows a second
	hundredsRate  figure = "packets of 100"
	singleRate    figure = "single, 1 connection"
	singleP50     figure = "single, 1 connection, p50" // seconds
	singleP99     figure = "single, 1 connection, p99"
	manyRate      figure = "single" // 16 connections, rows a second
	manyP50       figure = "single, p50"
	manyP99       figure = "single, p99"
	manyEffort    figure = "single, processor" // seconds of processor time

	stackRate        figure = "stack single"
	stackP99         figure = "stack single, p99"
	stackEffort      figure = "stack single, processor"
	influxRate       figure = "InfluxDB single"
	influxP99        figure = "InfluxDB single, p99"
	influxEffort     figure = "InfluxDB single, processor"
	pocketBaseRate   figure = "PocketBase single"
	pocketBaseP99    figure = "PocketBase single, p99"
	pocketBaseEffort figure = "PocketBase single, processor"

	yearRate        figure = "years, 1 connection"      // answers a second
	yearP50         figure = "years, 1 connection, p50" // seconds
	yearP99         figure = "years, 1 connection, p99"
	manyYearsRate   figure = "years" // 16 connections, answers a second
	manyYearsP50    figure = "years, p50"
	manyYearsP99    figure = "years, p99"
	manyYearsEffort figure = "years, processor" // seconds of processor time
	monthP50        figure = "month, p50"       // seconds
	monthP99        figure = "month, p99"

	panelFirst     figure = "panel, first page" // seconds
	panelCounted   figure = "panel, first page, counted anew"
	panelList      figure = "panel, list"
	panelByRenewal figure = "panel, list by renewal"
	panelOne       figure = "panel, subscription"
	panelWeight    figure = "panel, weight" // bytes

	logsRate        figure = "logs"            // MB/s
	logsEffort      figure = "logs, processor" // MB/s of processor time
	logsPeak        figure = "logs, peak"      // bytes
	tenthPeak       figure = "logs, a tenth, peak"
	packedRate      figure = "logs, packed"
	packedEffort    figure = "logs, packed, processor"
	packedPeak      figure = "logs, packed, peak"
	pflogsummRate   figure = "pflogsumm"
	pflogsummEffort figure = "pflogsumm, processor"
	pflogsummPeak   figure = "pflogsumm, peak"

	postgresBulk    figure = "PostgreSQL bulk first" // rows a second, by Hostledger
	postgresRewrite figure = "PostgreSQL bulk rewrite"
	copyBulk        figure = "COPY first" // by psql
	copyRewrite     figure = "COPY rewrite"
	postgresRate    figure = "PostgreSQL single" // by Hostledger
	postgresP99     figure = "PostgreSQL single, p99"
	postgresEffort  figure = "PostgreSQL single, processor"
)

// databaseFigures are the figures that questions by a database's own protocol
// give.
type databaseFigures struct {
	singles, year, years, month load
}

func figuresOf(database string) databaseFigures {
	of := func(connections int, what string) load {
		name := database + "'s protocol, " + what
		return load{connections, figure(name), figure(name + ", p50"), figure(name + ", p99"), figure(name + ", processor")}
	}
	return databaseFigures{of(16, "single"), of(1, "year"), of(16, "years"), of(1, "month")}
}

var (
	mariaDBFigures  = figuresOf("MariaDB")
	postgresFigures = figuresOf("PostgreSQL")
)
