package trafficfile

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// ErrNoDomains is what reading a dump gives that has traffic before the names of
// the domains. [ReadDomains] finds them, if they come later.
var ErrNoDomains = errors.New("the dump has no table domains, which names the domains")

// ErrNoTraffic is what reading a dump gives that has no table of traffic.
var ErrNoTraffic = errors.New("the dump has no table DomainsTraffic")

// Domains are the names of domains by their ids in Plesk's database.
type Domains map[string]string

// Dump reads the traffic of domains out of a dump of Plesk's database psa: the
// tables DomainsTraffic and domains. Everything else in it is passed over.
type Dump struct {
	scanner
	domains   Domains
	isOther   bool // the statements are about another database
	onlyNames bool
	isUnique  bool
	tables    [2]table
	into      *table // whose rows come next, nil for a statement
}

// The tables that are read.
const (
	ofDomains = iota
	ofTraffic
)

// table is a table that is read.
type table struct {
	name    string
	wanted  []string // columns
	columns []string // as CREATE TABLE has them
	places  []int    // of the wanted columns in the rows to come, -1 for none
	row     [][]byte // the wanted values of a row
	has     bool     // any rows
}

// NewDump reads a dump. The domains are those that ReadDomains has found in it,
// or nil.
func NewDump(plain io.Reader, domains Domains) *Dump {
	d := &Dump{scanner: newScanner(plain), domains: domains}
	if d.domains == nil {
		d.domains = Domains{}
	}
	d.tables[ofDomains] = table{name: "domains", wanted: []string{"id", "name"}}
	d.tables[ofTraffic] = table{name: "DomainsTraffic", wanted: append([]string{"dom_id", "date"}, ledger.CounterNames[:]...)}
	return d
}

// ReadDomains reads a dump to its end for the names of its domains.
func ReadDomains(plain io.Reader) (Domains, error) {
	d := NewDump(plain, nil)
	d.onlyNames = true
	if _, err := d.Read(); !errors.Is(err, io.EOF) && !errors.Is(err, ErrNoTraffic) {
		return nil, err
	}
	return d.domains, nil
}

// Names returns the names of the domains: of all, once there was a record.
func (d *Dump) Names() []string { return slices.Sorted(maps.Values(d.domains)) }

// IsUnique tells, once there was a record, whether the table has one row for a
// domain and day. Otherwise what a domain used on a day is the sum of its rows.
func (d *Dump) IsUnique() bool { return d.isUnique }

// Read implements [Reader].
func (d *Dump) Read() (Record, error) {
	for {
		if d.into == nil {
			if err := d.readStatement(); err != nil {
				return Record{}, err
			}
			continue
		}
		d.space()
		table, line := d.into, d.line
		if err := d.readRow(table); err != nil {
			return Record{}, err
		}
		if table == &d.tables[ofDomains] {
			d.domains[string(table.row[0])] = string(table.row[1])
			continue
		}
		if len(d.domains) == 0 {
			return Record{}, ErrNoDomains
		}
		return d.record(table, line)
	}
}

// readStatement reads a statement, or an INSERT as far as its rows.
func (d *Dump) readStatement() error {
	d.space()
	if d.take(';') {
		return nil
	}
	if d.isAtEnd() {
		return d.end()
	}
	switch strings.ToUpper(string(d.word())) {
	case "USE":
		d.isOther = !strings.EqualFold(d.identifier(), "psa")
	case "DELIMITER":
		d.skipDelimited()
		return nil
	case "CREATE":
		return d.readCreate()
	case "INSERT", "REPLACE":
		return d.readInsert()
	}
	d.statement()
	return nil
}

// end returns io.EOF behind the last statement.
func (d *Dump) end() error {
	if !errors.Is(d.err, io.EOF) {
		return d.err
	}
	if !d.tables[ofTraffic].has {
		return ErrNoTraffic
	}
	return io.EOF
}

// skipDelimited takes the definitions of triggers and the like, in which
// semicolons do not end a statement.
func (d *Dump) skipDelimited() {
	for isFirst := true; !d.isAtEnd(); isFirst = false {
		line := strings.Join(strings.Fields(string(d.restOfLine())), " ")
		if !isFirst && strings.EqualFold(line, "DELIMITER ;") {
			return
		}
	}
}

// tableNamed returns the table that is read under a name, or nil.
func (d *Dump) tableNamed(name string) *table {
	if d.isOther {
		return nil
	}
	for i := range d.tables {
		if strings.EqualFold(d.tables[i].name, name) {
			return &d.tables[i]
		}
	}
	return nil
}

// tableName takes the name of a table, in front of which may be its database's.
func (d *Dump) tableName() string {
	name := d.identifier()
	if d.take('.') {
		name = d.identifier()
	}
	return name[strings.LastIndexByte(name, '.')+1:]
}

// readCreate reads the columns and keys of a table.
func (d *Dump) readCreate() error {
	if !strings.EqualFold(string(d.word()), "TABLE") {
		d.statement()
		return nil
	}
	name := d.tableName()
	for strings.EqualFold(name, "IF") || strings.EqualFold(name, "NOT") || strings.EqualFold(name, "EXISTS") {
		name = d.tableName()
	}
	t := d.tableNamed(name)
	d.space()
	if t == nil || !d.take('(') {
		d.statement()
		return nil
	}
	t.columns = nil
	for !d.isAtEnd() {
		d.readDefinition(t)
		d.skip(",)")
		if !d.take(',') {
			break
		}
	}
	d.statement()
	return nil
}

// readDefinition reads the beginning of a column's or key's definition.
func (d *Dump) readDefinition(t *table) {
	d.space()
	isQuoted := d.peek() == '`' || d.peek() == '"'
	name := d.identifier()
	switch upper := strings.ToUpper(name); {
	case isQuoted:
		t.columns = append(t.columns, name)
	case upper == "PRIMARY" || upper == "UNIQUE":
		if d.skip("(,"); d.take('(') && t == &d.tables[ofTraffic] && d.isKeyOfDays() {
			d.isUnique = true
		}
	case upper == "KEY" || upper == "INDEX" || upper == "CONSTRAINT" || upper == "FULLTEXT" || upper == "SPATIAL" || upper == "FOREIGN" || upper == "CHECK":
	case name != "":
		t.columns = append(t.columns, name)
	}
}

// isKeyOfDays reads the columns of a key and tells whether a domain and day has
// it once.
func (d *Dump) isKeyOfDays() bool {
	isOfDays := true
	for !d.isAtEnd() {
		name := d.identifier()
		isOfDays = isOfDays && (strings.EqualFold(name, "dom_id") || strings.EqualFold(name, "date"))
		d.skip(",)")
		if !d.take(',') {
			break
		}
	}
	_ = d.take(')')
	return isOfDays
}

// readInsert reads an INSERT as far as its rows.
func (d *Dump) readInsert() error {
	name := d.tableName()
	for strings.EqualFold(name, "INTO") || strings.EqualFold(name, "IGNORE") || strings.EqualFold(name, "DELAYED") {
		name = d.tableName()
	}
	t := d.tableNamed(name)
	if t == nil || d.onlyNames && t == &d.tables[ofTraffic] {
		d.statement()
		return nil
	}
	columns := t.columns
	if d.space(); d.take('(') {
		columns = d.readColumns()
		d.space()
	}
	if !strings.EqualFold(string(d.word()), "VALUES") {
		return d.broken()
	}
	d.into, t.has = t, true
	return t.place(columns)
}

func (d *Dump) readColumns() (columns []string) {
	for !d.isAtEnd() {
		columns = append(columns, d.identifier())
		if d.space(); !d.take(',') {
			break
		}
	}
	_ = d.take(')')
	return columns
}

// place finds the wanted columns.
func (t *table) place(columns []string) error {
	if columns == nil {
		return fmt.Errorf("the dump does not tell the columns of %s: make it with CREATE TABLE or with --complete-insert", t.name)
	}
	t.places, t.row = make([]int, len(t.wanted)), make([][]byte, len(t.wanted))
	for i, wanted := range t.wanted {
		t.places[i] = slices.IndexFunc(columns, func(name string) bool { return strings.EqualFold(name, wanted) })
		if isCounter := i >= 2; t.places[i] < 0 && !isCounter {
			return fmt.Errorf("the table %s has no column %s", t.name, wanted)
		}
	}
	return nil
}

// readRow reads a row of values and what follows it: that there is another, or the
// end of the statement.
func (d *Dump) readRow(t *table) error {
	for i := range t.row {
		t.row[i] = t.row[i][:0]
	}
	if !d.take('(') {
		return d.broken()
	}
	for column := 0; ; column++ {
		value := d.value()
		if i := slices.Index(t.places, column); i >= 0 {
			t.row[i] = append(t.row[i], value...)
		}
		d.space()
		if d.take(')') {
			break
		}
		if !d.take(',') {
			return d.broken()
		}
	}
	d.space()
	switch {
	case d.take(','):
	case d.take(';'):
		d.into = nil
	default:
		return d.broken()
	}
	return nil
}

// record returns the record of a row of DomainsTraffic.
func (d *Dump) record(t *table, line int) (Record, error) {
	record := Record{Line: line, Name: d.domains[string(t.row[0])]}
	if err := d.parse(t, &record); err != nil {
		return Record{}, &LineError{record, err}
	}
	return record, nil
}

func (d *Dump) parse(t *table, record *Record) (err error) {
	if record.Name == "" {
		err = fmt.Errorf("dom_id: no domain in the dump has the id %q", t.row[0])
	}
	var wrong error
	if record.Date, wrong = ledger.ParseDate(string(t.row[1])); wrong != nil && err == nil {
		err = fmt.Errorf("date: %w", wrong)
	}
	for i, to := range record.List() {
		if t.places[2+i] < 0 {
			continue
		}
		record.Given |= 1 << i
		if *to, wrong = parseBytes(string(t.row[2+i])); wrong != nil && err == nil {
			err = fmt.Errorf("%s: %w", ledger.CounterNames[i], wrong)
		}
	}
	return err
}
