package collect

import "github.com/hostledger/hostledger/ledger"

// counter is one of the eight counters of a site and day, by its place in
// ledger.Counters.List.
type counter uint8

const (
	httpIn counter = iota
	httpOut
	ftpIn
	ftpOut
	smtpIn
	smtpOut
	pop3IMAPIn
	pop3IMAPOut
	counterCount
)

// whose tells what a line says of the owner of its domain.
type whose bool

const (
	ours   whose = true  // the domain is served here
	anyone whose = false // the domain may be of another host, such as that of a sender
)

// problem is why a line could not be counted.
type problem uint8

const (
	notUnderstood problem = iota // the line is not of the log's format
	noBeginning                  // a delivery of a message whose beginning the log does not have
	noDomain                     // a user or request that names no domain
	noDomainName                 // what stands for the domain is not a domain name
	tooLong                      // the line is longer than lines are
	beforeKept                   // the day was removed from the state already
	badSize                      // a number of bytes that cannot be
	problemCount
)

// tally is what has been found since the last commit.
type tally struct {
	domains  map[string]*domainTally // by the name as the log has it
	last     *domainTally            // of the line before, which often has the same
	problems [problemCount]mishap
	records  int // pairs of domain and day
}

// domainTally is what has been found of one domain.
type domainTally struct {
	written string
	ours    whose
	days    []dayTally // few: those of the lines since the last commit
}

type dayTally struct {
	date ledger.Date
	counters
}

// counters are bytes by counter.
type counters [counterCount]int64

// mishap is how often something was wrong, and an example.
type mishap struct {
	count   int64
	example string
}

func newTally() *tally { return &tally{domains: map[string]*domainTally{}} }

// add counts bytes of a domain, which it keeps no part of.
func (t *tally) add(domain []byte, owner whose, date ledger.Date, c counter, bytes int64) {
	if bytes < 0 || bytes > mostBytes {
		t.miss(badSize, domain)
		return
	}
	of := t.last
	if of == nil || of.written != string(domain) {
		of = t.domains[string(domain)]
		if of == nil {
			of = &domainTally{written: string(domain)}
			t.domains[of.written] = of
		}
		t.last = of
	}
	of.ours = of.ours || owner
	day := of.day(date, t)
	day.counters[c] = min(day.counters[c]+bytes, mostBytes)
}

// day returns the tally of a date, the last one first.
func (d *domainTally) day(date ledger.Date, t *tally) *dayTally {
	for i := len(d.days) - 1; i >= 0; i-- {
		if d.days[i].date == date {
			return &d.days[i]
		}
	}
	d.days = append(d.days, dayTally{date: date})
	t.records++
	return &d.days[len(d.days)-1]
}

// mostBytes bounds a counter of a domain and day, so that the sum over the
// domains of a site fits.
const mostBytes = 1 << 53

// exampleBytes bounds what is kept of a line that could not be counted.
const exampleBytes = 300

// miss notes that a line could not be counted.
func (t *tally) miss(why problem, line []byte) {
	m := &t.problems[why]
	if m.count == 0 {
		m.example = string(line[:min(len(line), exampleBytes)])
	}
	m.count++
}
