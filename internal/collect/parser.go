package collect

import (
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// parser reads the lines of one log, in order.
type parser interface {
	// parse reads a line, without its end, and adds to found what it tells. The
	// line is the parser's until it returns.
	parse(line []byte, from *origin, found *tally)
	// save appends what has to be known of the lines so far to understand later
	// ones; restore takes it back.
	save(b []byte) []byte
	restore(saved []byte) error
}

// origin is what is known of a line before it is read.
type origin struct {
	domain string         // the site that the whole log is of, "" when lines tell
	latest ledger.Date    // no line is of a later day: tells the year of stamps without one
	zone   *time.Location // for stamps that are instants
}

// stateless is a parser's part that remembers nothing.
type stateless struct{}

func (stateless) save(b []byte) []byte { return b }

func (stateless) restore([]byte) error { return nil }
