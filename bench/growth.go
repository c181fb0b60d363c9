package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// measureGrowth takes two series: packets of more and more nodes, and ledgers
// with more and more days. Each begins with a data folder of its own.
func (b *bench) measureGrowth(r round) error {
	for _, nodes := range b.sizes.nodesPerPacket() {
		if err := b.measureNodes(nodes, r); err != nil {
			return fmt.Errorf("packets of %d nodes: %w", nodes, err)
		}
	}
	for _, rows := range b.sizes.storedRows() {
		if err := b.measureStored(rows, r); err != nil {
			return fmt.Errorf("%d stored rows: %w", rows, err)
		}
	}
	return nil
}

// nodesPerPacket are the sizes of the first series: up to all days of the
// large packet.
func (s sizes) nodesPerPacket() []int { return powersOfTen(1, s.sites*s.days) }

// storedRows are the sizes of the second series: from one day of every
// subscription up.
func (s sizes) storedRows() []int { return powersOfTen(s.growthSites, s.growthRows) }

// powersOfTen returns first and its multiples by powers of ten below last, and
// last.
func powersOfTen(first, last int) (all []int) {
	for n := first; n < last; n *= 10 {
		all = append(all, n)
	}
	return append(all, last)
}

// grown names a figure of a series at one of its sizes.
func grown(what string, size int) figure { return figure(fmt.Sprintf("%s at %d", what, size)) }

// What the series take.
const (
	nodesRate = "nodes per packet, rate" // rows a second
	nodesPeak = "nodes per packet, peak" // bytes

	storedYear   = "stored rows, year" // seconds
	storedMonth  = "stored rows, month"
	storedNewDay = "stored rows, new day" // rows a second
	storedSingle = "stored rows, single"  // seconds
	storedMany   = "stored rows, many"    // rows a second
	storedMemory = "stored rows, memory"  // bytes
	storedDisk   = "stored rows, disk"
)

// measureNodes posts packets of so many nodes, one after the other.
func (b *bench) measureNodes(nodes int, r round) (err error) {
	data, err := b.subscriptions()
	if err != nil {
		return err
	}
	s, err := b.startCopy(data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.remove()) }()
	const mostPackets = 2000
	count := max(1, min(mostPackets, b.sizes.sites/nodes))
	messages := packets(count, nodes, func(i int) (int64, ledger.Date) {
		return int64(i%b.sizes.sites) + 1, b.today.AddDays(-i / b.sizes.sites)
	})
	s.ForgetPeak()
	rate := load{1, grown(nodesRate, nodes), "", "", ""}
	if err := rate.measure(messengers(s.address, messages), count, nodes, s.Time, r); err != nil {
		return err
	}
	r[grown(nodesPeak, nodes)] = s.Peak()
	return s.spotCheck(min(count*nodes, b.sizes.sites), b.today, 1, 0)
}

// measureStored asks and changes a ledger that has so many rows up to the day
// before yesterday.
func (b *bench) measureStored(rows int, r round) (err error) {
	data := filepath.Join(b.dir, "stored")
	defer func() { err = errors.Join(err, os.RemoveAll(data)) }()
	days := rows / b.sizes.growthSites
	yesterday := b.today.AddDays(-1)
	before := stored{yesterday.AddDays(-days), days}
	if err := errors.Join(b.build(), seed(b.ctx, data, b.sizes.growthSites, before)); err != nil {
		return err
	}
	if r[grown(storedDisk, rows)], err = sizeOf(data); err != nil {
		return err
	}
	s, err := startServer(b.serve(data), data)
	if err != nil {
		return err
	}
	defer s.Stop()
	if err := b.measureStoredYear(s, before, rows, r); err != nil {
		return err
	}
	if err := b.measureStoredDay(s, yesterday, rows, r); err != nil {
		return err
	}
	if err := b.measureStoredMonth(s, max(before.since, yesterday.FirstOfMonth()), yesterday, rows, r); err != nil {
		return err
	}
	if err := b.measureStoredSingles(s, rows, r); err != nil {
		return err
	}
	time.Sleep(b.sizes.rest)
	r[grown(storedMemory, rows)] = s.Memory()
	return nil
}

// measureStoredYear asks for the last year of one subscription at a time.
func (b *bench) measureStoredYear(s *ledgerServer, before stored, rows int, r round) error {
	days := min(before.days, daysOfYear)
	years, err := s.years(b.sizes.growthSites, before.since.AddDays(before.days-days), days)
	if err != nil {
		return err
	}
	year := load{1, "", grown(storedYear, rows), "", ""}
	return year.measure(messengers(s.address, repeated(years, b.sizes.years)), b.sizes.years, 1, s.Time, r)
}

// measureStoredDay posts a new day of every subscription.
func (b *bench) measureStoredDay(s *ledgerServer, date ledger.Date, rows int, r round) error {
	day := packets(1, b.sizes.growthSites, onDate(date))
	newDay := load{1, grown(storedNewDay, rows), "", "", ""}
	return newDay.measure(messengers(s.address, day), 1, b.sizes.growthSites, s.Time, r)
}

// measureStoredMonth asks for the month of every subscription, which has
// traffic on the days from since to to.
func (b *bench) measureStoredMonth(s *ledgerServer, since, to ledger.Date, rows int, r round) error {
	month, err := s.month(b.sizes.growthSites, since, to)
	if err != nil {
		return err
	}
	const months = 10
	load := load{1, "", grown(storedMonth, rows), "", ""}
	return load.measure(messengers(s.address, repeated([]message{month}, months)), months, 1, s.Time, r)
}

// measureStoredSingles posts today's packets of one node, from one connection
// and then from 16.
func (b *bench) measureStoredSingles(s *ledgerServer, rows int, r round) error {
	messages := packets(b.sizes.growthSites, 1, onDate(b.today))
	few := b.sizes.growthSites / 10
	single, many := load{1, "", grown(storedSingle, rows), "", ""}, load{16, grown(storedMany, rows), "", "", ""}
	return errors.Join(
		single.measure(messengers(s.address, messages[:few]), few, 1, s.Time, r),
		many.measure(messengers(s.address, messages[few:]), len(messages)-few, 1, s.Time, r),
		s.spotCheck(b.sizes.growthSites, b.today, 1, 0),
	)
}

// sizeOf returns the bytes of the files in a folder.
func sizeOf(dir string) (sum float64, err error) {
	err = filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			sum += float64(info.Size())
		}
		return err
	})
	return sum, err
}

// growthReport puts the series into tables, "" when they were not taken.
func growthReport(s sizes, rounds []round) string {
	nodes := seriesTable("nodes in a packet", s.nodesPerPacket(), rounds, []seriesColumn{
		{"stored", nodesRate, rows}, {"most memory", nodesPeak, megabytes},
	})
	kept := seriesTable("stored rows", s.storedRows(), rounds, []seriesColumn{
		{"on disk", storedDisk, megabytes}, {"a year of one, p50", storedYear, milliseconds},
		{fmt.Sprintf("a month of all %s, p50", threeDigits(float64(s.growthSites))), storedMonth, milliseconds},
		{"a new day of all", storedNewDay, rows}, {"one node, p50", storedSingle, milliseconds},
		{"one node, 16 connections", storedMany, rows}, {"memory afterwards", storedMemory, megabytes},
	})
	if nodes == "" {
		return ""
	}
	return nodes + "\n" + kept
}

// seriesColumn is a column of a series.
type seriesColumn struct {
	title, what string
	unit        unit
}

func seriesTable(title string, series []int, rounds []round, columns []seriesColumn) string {
	table := [][]string{{title}}
	for _, c := range columns {
		table[0] = append(table[0], c.title)
	}
	for _, size := range series {
		row := []string{threeDigits(float64(size))}
		for _, c := range columns {
			values := valuesOf(rounds, grown(c.what, size))
			if len(values) == 0 {
				return ""
			}
			row = append(row, c.unit.write(median(values)))
		}
		table = append(table, row)
	}
	return markdown(table)
}
