package main

import (
	"context"
	"fmt"
	"os"
	"slices"
)

// sizes say how much is measured.
type sizes struct {
	decodeBytes int // of the packet that is only read
	fsyncs      int
	sites       int // subscriptions in the ledger
	days        int // of each subscription in the large packet
	thousands   int // packets of 10,000 nodes
	hundreds    int // packets of 100 nodes
	singles     int // packets of one node from one connection
	concurrent  int // packets of one node from 16 connections
	yearSites   int // subscriptions with a whole year of records
	years       int // years asked for from one connection
	manyYears   int // years asked for from 16 connections
}

var (
	fullSizes = sizes{
		decodeBytes: 100_000_000, fsyncs: 500, sites: 200_000, days: 5,
		thousands: 20, hundreds: 1_000, singles: 5_000, concurrent: 40_000,
		yearSites: 1_000, years: 500, manyYears: 3_000,
	}
	quickSizes = sizes{
		decodeBytes: 2_000_000, fsyncs: 50, sites: 20_000, days: 2,
		thousands: 2, hundreds: 20, singles: 100, concurrent: 1_000,
		yearSites: 20, years: 20, manyYears: 100,
	}
)

// round is what one round measured.
type round map[figure]float64

// measure is something that can be measured by itself.
type measure struct {
	name string
	run  func(*bench, round) error
}

// measures in the order in which a round takes them.
var measures = []measure{
	{"decode", (*bench).measureDecode},
	{"start", (*bench).measureStart},
	{"bulk", (*bench).measureBulk},
	{"packets", (*bench).measurePackets},
	{"year", (*bench).measureYear},
}

func measureNames() []string {
	names := make([]string, len(measures))
	for i, m := range measures {
		names[i] = m.name
	}
	return names
}

// bench is what the measures share. What a measure needs is made when it is
// first needed.
type bench struct {
	ctx       context.Context
	sizes     sizes
	dir       string // holds everything that is written, and is removed at the end
	program   string // the server's binary
	reference string // the compiled C program
	seeded    string // the data folder that each round begins with
	decode    *decodeInput
	sqlite    string        // the version that the C program is linked with
	server    *ledgerServer // of this round
}

func newBench(ctx context.Context, o options) (*bench, error) {
	dir, err := os.MkdirTemp(o.dir, "hostledger-bench-")
	if err != nil {
		return nil, err
	}
	return &bench{ctx: ctx, sizes: o.sizes, dir: dir, program: o.binary}, nil
}

// close stops what is running and removes what was written.
func (b *bench) close() {
	b.stopServer()
	if err := os.RemoveAll(b.dir); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
	}
}

// rounds measures everything that is asked for, round by round.
func (b *bench) rounds(o options) ([]round, error) {
	var done []round
	for i := range o.rounds {
		r := round{}
		for _, m := range measures {
			if len(o.only) > 0 && !slices.Contains(o.only, m.name) {
				continue
			}
			fmt.Fprintf(os.Stderr, "round %d of %d: %s\n", i+1, o.rounds, m.name)
			err := m.run(b, r)
			if interrupted := b.ctx.Err(); interrupted != nil {
				return nil, interrupted
			}
			if err != nil {
				return nil, fmt.Errorf("%s: %w", m.name, err)
			}
		}
		b.stopServer()
		done = append(done, r)
	}
	return done, nil
}
