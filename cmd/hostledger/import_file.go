package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/hostledger/hostledger/internal/trafficfile"
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

// recordsAtOnce is how many records are stored in one transaction.
const recordsAtOnce = 100_000

func (f *importedFile) importAll(ctx context.Context, reader trafficfile.Reader) error {
	for {
		record, err := reader.Read()
		var refused *trafficfile.LineError
		switch {
		case errors.Is(err, io.EOF):
			if err := f.storeBatch(ctx); err != nil {
				return err
			}
			return f.storeSums(ctx)
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
	first := f.names[record.SiteID]
	if first == "" {
		f.names[record.SiteID] = record.Name
	} else if record.Name != first && asciiName(record.Name) != asciiName(first) {
		return fmt.Errorf("%s is the same site as %s in this file: add up their bytes", record.Name, first)
	}
	return nil
}
