package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"io"
	"maps"
	"slices"

	"github.com/hostledger/hostledger/internal/trafficfile"
	"github.com/hostledger/hostledger/ledger"
)

// importDump imports a dump. One whose domains come behind their traffic is read
// twice.
func (f *importedFile) importDump(ctx context.Context, plain *bufio.Reader) error {
	f.dump = trafficfile.NewDump(plain, nil)
	err := f.importAll(ctx, f.dump)
	if !errors.Is(err, trafficfile.ErrNoDomains) {
		return err
	}
	if plain, err = f.rewind(); err != nil {
		return err
	}
	domains, err := trafficfile.ReadDomains(plain)
	if err != nil {
		return err
	}
	if len(domains) == 0 {
		return trafficfile.ErrNoDomains
	}
	if plain, err = f.rewind(); err != nil {
		return err
	}
	f.dump = trafficfile.NewDump(plain, domains)
	return f.importAll(ctx, f.dump)
}

func (f *importedFile) rewind() (*bufio.Reader, error) {
	if _, err := f.file.Seek(0, io.SeekStart); err != nil {
		return nil, errors.New("the table domains should come before DomainsTraffic: from a pipe, a dump can be read only once")
	}
	return f.plain()
}

// findShared finds the sites that several domains of a dump are names of.
func (f *importedFile) findShared(ctx context.Context) error {
	names := f.dump.Names()
	if err := f.lookUpNames(ctx, names); err != nil {
		return err
	}
	f.shared = map[int64]bool{}
	seen := map[int64]bool{}
	for _, name := range names {
		site := f.sites[name]
		f.shared[site] = f.shared[site] || seen[site]
		seen[site] = true
	}
	return nil
}

type siteOnDay struct {
	site int64
	date ledger.Date
}

// isSum tells whether several rows of a dump may be of the same site and day.
func (f *importedFile) isSum(site int64) bool {
	return f.dump != nil && (!f.dump.IsUnique() || f.shared[site])
}

func (f *importedFile) addUp(record trafficfile.Record) {
	key := siteOnDay{record.SiteID, record.Date}
	sum := f.sums[key]
	if sum == nil {
		f.sums[key] = &record
		return
	}
	after := sum.Counters
	for i, to := range after.List() {
		if *to += *record.List()[i]; *to < 0 {
			f.refusals.add(f.name, &trafficfile.LineError{Record: record, Err: errors.New("the rows of this site and day add up to more than 64 bits hold")})
			return
		}
	}
	sum.Counters = after
}

// storeSums stores what was added up.
func (f *importedFile) storeSums(ctx context.Context) error {
	keys := slices.SortedFunc(maps.Keys(f.sums), func(x, y siteOnDay) int {
		return cmp.Or(cmp.Compare(x.date, y.date), cmp.Compare(x.site, y.site))
	})
	for chunk := range slices.Chunk(keys, recordsAtOnce) {
		records := make([]trafficfile.Record, len(chunk))
		for i, key := range chunk {
			records[i] = *f.sums[key]
		}
		if err := f.store(ctx, f.name, records); err != nil {
			return err
		}
	}
	return nil
}
