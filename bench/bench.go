package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// sizes say how much is measured.
type sizes struct {
	rest        time.Duration // for a server, before its memory is read
	decodeBytes int           // of the packet that is only read
	fsyncs      int
	sites       int // subscriptions in the ledger
	days        int // of each subscription in the large packet
	storedDays  int // that are there before a new one
	thousands   int // packets of 10,000 nodes
	hundreds    int // packets of 100 nodes
	singles     int // packets of one node from one connection
	concurrent  int // packets of one node from 16 connections
	peerSingles int // the same, of what is compared
	yearSites   int // subscriptions in the ledger of a year
	years       int // years asked for from one connection
	manyYears   int // years asked for from 16 connections
	months      int // of all subscriptions, asked for from one connection
	panelSites  int // subscriptions in the ledger of the panel
	pages       int // of each kind
	growthSites int // subscriptions in the ledgers that grow
	growthRows  int // that the last of them has
	profiled    int // seconds
	logBytes    int // of the log of Postfix
}

var (
	fullSizes = sizes{
		rest: 5 * time.Second, decodeBytes: 100_000_000, fsyncs: 500, sites: 200_000, days: 5, storedDays: 40,
		thousands: 20, hundreds: 1_000, singles: 5_000, concurrent: 40_000, peerSingles: 20_000,
		yearSites: 1_000, years: 1_000, manyYears: 10_000, months: 200, panelSites: 100_000, pages: 200, growthSites: 10_000, growthRows: 20_000_000, profiled: 15, logBytes: 1_000_000_000,
	}
	quickSizes = sizes{
		rest: time.Second, decodeBytes: 2_000_000, fsyncs: 50, sites: 20_000, days: 2, storedDays: 4,
		thousands: 2, hundreds: 20, singles: 100, concurrent: 1_000, peerSingles: 1_000,
		yearSites: 100, years: 20, manyYears: 100, months: 10, panelSites: 1_000, pages: 20, growthSites: 1_000, growthRows: 20_000, profiled: 2, logBytes: 20_000_000,
	}
)

// round is what one round measured.
type round map[figure]float64

// measure is something that can be measured by itself.
type measure struct {
	name string
	run  func(*bench, round) error
	peer bool // whether it needs something beside Hostledger and C
	once bool // whether only the last round takes it
}

// measures in the order in which a round takes them.
var measures = []measure{
	{"decode", (*bench).measureDecode, false, false},
	{"start", (*bench).measureStart, false, false},
	{"newday", (*bench).measureNewDay, false, false},
	{"year", (*bench).measureYear, false, false},
	{"panel", (*bench).measurePanel, false, false},
	{"bulk", (*bench).measureBulk, false, false},
	{"packets", (*bench).measurePackets, false, false},
	{"stack", (*bench).measureStack, true, false},
	{"influxdb", (*bench).measureInfluxDB, true, false},
	{"pocketbase", (*bench).measurePocketBase, true, false},
	{"postgres", (*bench).measurePostgres, true, false},
	{"logs", (*bench).measureLogs, false, false},
	{"growth", (*bench).measureGrowth, false, true},
}

// namesOf returns the names of measures: of those that need a peer, or of all.
func namesOf(peersOnly bool) (names []string) {
	for _, m := range measures {
		if m.peer || !peersOnly {
			names = append(names, m.name)
		}
	}
	return names
}

// bench is what the measures share. What a measure needs is made when it is
// first needed.
type bench struct {
	ctx        context.Context
	sizes      sizes
	today      ledger.Date
	dir        string          // holds everything that is written, and is removed at the end
	program    string          // the server's binary
	pocketBase string          // its binary
	seeded     map[string]bool // the names of the data folders that are ready
	leftOut    map[string]bool // the names of peers that could not be started
	decode     []*decodeInput
	sqlite     string // the version that the C program is linked with
	libxml2    string
	server     *ledgerServer // of this round
	logs       *mailLogs
}

func newBench(ctx context.Context, o options) (*bench, error) {
	dir, err := os.MkdirTemp(o.dir, "hostledger-bench-")
	if err != nil {
		return nil, err
	}
	b := &bench{
		ctx: ctx, sizes: o.sizes, today: ledger.DateOf(time.Now()), dir: dir, program: o.binary,
		seeded: map[string]bool{}, leftOut: map[string]bool{},
	}
	return b, os.Chmod(dir, 0o711) // PostgreSQL may have another user
}

// close stops what is running and removes what was written.
func (b *bench) close() {
	if err := errors.Join(b.stopRoundServer(), os.RemoveAll(b.dir)); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
	}
}

// rounds measures everything that is asked for, round by round.
func (b *bench) rounds(o options) ([]round, error) {
	var done []round
	for i := range o.rounds {
		r := round{}
		for _, m := range measures {
			if !o.asksFor(m) || m.once && i+1 < o.rounds {
				continue
			}
			fmt.Fprintf(os.Stderr, "round %d of %d: %s\n", i+1, o.rounds, m.name)
			err := b.take(m, r)
			if interrupted := b.ctx.Err(); interrupted != nil {
				return nil, interrupted
			}
			if err != nil {
				return nil, fmt.Errorf("%s: %w", m.name, err)
			}
		}
		if err := b.stopRoundServer(); err != nil {
			return nil, err
		}
		done = append(done, r)
	}
	return done, nil
}

// take takes a measure. A peer has the machine for itself.
func (b *bench) take(m measure, r round) error {
	if m.peer {
		if err := b.stopRoundServer(); err != nil {
			return err
		}
	}
	return m.run(b, r)
}
