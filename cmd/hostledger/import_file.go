package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/hostledger/hostledger/internal/trafficfile"
	"github.com/hostledger/hostledger/ledger"
)

// importedFile is a file that is being imported.
type importedFile struct {
	*importer
	name   string
	file   *os.File
	source *counted // what has been read of the file
	batch  []trafficfile.Record

	dump   *trafficfile.Dump // nil for CSV
	shared map[int64]bool    // sites that several domains of the dump are names of
	sums   map[siteOnDay]*trafficfile.Record
	names  map[int64]string // that CSV has for a site
}

type siteOnDay struct {
	site int64
	date ledger.Date
}

// importFile imports a file, or stdin for -.
func (i *importer) importFile(ctx context.Context, name, format string) error {
	file, err := open(name)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	f := &importedFile{importer: i, name: name, file: file, sums: map[siteOnDay]*trafficfile.Record{}, names: map[int64]string{}}
	i.bar.of(name, size(file))
	plain, err := f.plain()
	if err != nil {
		return err
	}
	if format == "plesk" || format == "auto" && trafficfile.IsDump(plain) {
		return f.importDump(ctx, plain)
	}
	lines, err := trafficfile.NewCSV(plain)
	if err != nil {
		return err
	}
	return f.importAll(ctx, lines)
}

func (f *importedFile) plain() (*bufio.Reader, error) {
	f.source = &counted{Reader: f.file}
	return trafficfile.Plain(f.source)
}

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

// recordsAtOnce is how many records are stored in one transaction.
const recordsAtOnce = 100_000

func (f *importedFile) importAll(ctx context.Context, reader trafficfile.Reader) error {
	for {
		record, err := reader.Read()
		var refused *trafficfile.LineError
		switch {
		case errors.Is(err, io.EOF):
			return errors.Join(f.storeBatch(ctx), f.storeSums(ctx))
		case errors.As(err, &refused):
			f.refusals.add(f.name, refused)
		case err != nil:
			return err
		default:
			f.batch = append(f.batch, record)
		}
		if len(f.batch) == recordsAtOnce {
			if err := f.storeBatch(ctx); err != nil {
				return err
			}
		}
	}
}

// storeBatch stores the records of the batch, apart from those that have to be
// added up first.
func (f *importedFile) storeBatch(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if f.dump != nil && f.shared == nil {
		if err := f.findShared(ctx); err != nil {
			return err
		}
	}
	if err := f.lookUp(ctx, f.batch); err != nil {
		return err
	}
	ready := f.batch[:0]
	for _, record := range f.batch {
		site := f.siteOf(&record)
		if site == 0 {
			f.refusals.addUnknown(f.name, &record)
			continue
		}
		record.SiteID = site
		if err := f.mayStand(&record); err != nil {
			f.refusals.add(f.name, &trafficfile.LineError{Record: record, Err: err})
			continue
		}
		if f.isSum(site) {
			f.addUp(record)
			continue
		}
		ready = append(ready, record)
	}
	err := f.store(ctx, f.name, ready)
	f.batch = f.batch[:0]
	f.bar.show(f.source.bytes)
	return err
}

// mayStand refuses a second name of a site in CSV: its bytes would replace those
// under the first.
func (f *importedFile) mayStand(record *trafficfile.Record) error {
	if f.dump != nil || record.Name == "" {
		return nil
	}
	name, first := asciiName(record.Name), f.names[record.SiteID]
	if first == "" {
		f.names[record.SiteID] = name
	} else if name != first {
		return fmt.Errorf("%s is the same site as %s in this file: add up their bytes", record.Name, first)
	}
	return nil
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
