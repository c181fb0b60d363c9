package main

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"

	"github.com/hostledger/hostledger/internal/trafficfile"
	"github.com/hostledger/hostledger/ledger"
)

// importRefusals tells on stderr what is refused, up to a bound: line by line,
// and what is of no site here by its name at the end. All of it goes to a file,
// if one is named.
type importRefusals struct {
	count   int
	shown   int
	bar     *progress // in the way of text
	unknown map[string]*unknownSite
	file    *os.File
	lines   *csv.Writer // nil for no file
}

// unknownSite is what files have of a site that is not here.
type unknownSite struct {
	name    string
	records int
	bytes   uint64
}

const mostRefusalsShown = 100

func newImportRefusals(file string, bar *progress) (r *importRefusals, err error) {
	r = &importRefusals{bar: bar, unknown: map[string]*unknownSite{}}
	if file == "" {
		return r, nil
	}
	if r.file, err = os.Create(file); err != nil {
		return nil, fmt.Errorf("cannot write what is refused: %w", err)
	}
	r.lines = csv.NewWriter(r.file)
	return r, r.lines.Write([]string{"file", "line", "site", "date", "bytes", "reason"})
}

// add notes a record that is wrong.
func (r *importRefusals) add(file string, refused *trafficfile.LineError) {
	r.note(file, &refused.Record, refused.Err.Error())
	if r.shown++; r.shown <= mostRefusalsShown {
		r.bar.clear()
		fmt.Fprintf(os.Stderr, "%s: %v\n", file, refused)
	}
}

// addUnknown notes a record of a site that is not here.
func (r *importRefusals) addUnknown(file string, record *trafficfile.Record) {
	r.note(file, record, "no site here has this name or id")
	name := siteName(record)
	if r.unknown[name] == nil {
		r.unknown[name] = &unknownSite{name: name}
	}
	site := r.unknown[name]
	site.records++
	site.bytes = ledger.AddBytes(site.bytes, bytesOf(record))
}

func siteName(record *trafficfile.Record) string {
	if record.Name == "" && record.SiteID != 0 {
		return strconv.FormatInt(record.SiteID, 10)
	}
	return record.Name
}

func (r *importRefusals) note(file string, record *trafficfile.Record, reason string) {
	r.count++
	if r.lines == nil {
		return
	}
	date := ""
	if record.Date != 0 {
		date = record.Date.String()
	}
	_ = r.lines.Write([]string{ // close tells an error
		file, strconv.Itoa(record.Line), siteName(record), date, strconv.FormatUint(bytesOf(record), 10), reason,
	})
}

// close tells what is left to tell.
func (r *importRefusals) close() error {
	if more := r.shown - mostRefusalsShown; more > 0 {
		fmt.Fprintf(os.Stderr, "%s more refused\n", countRecords(more))
	}
	sites := slices.SortedFunc(maps.Values(r.unknown), func(x, y *unknownSite) int {
		return cmp.Or(cmp.Compare(y.bytes, x.bytes), cmp.Compare(x.name, y.name))
	})
	for _, site := range sites[:min(len(sites), mostRefusalsShown)] {
		fmt.Fprintf(os.Stderr, "%s: no site here has this name or id: %s, %d bytes\n", site.name, countRecords(site.records), site.bytes)
	}
	if more := len(sites) - mostRefusalsShown; more > 0 {
		fmt.Fprintf(os.Stderr, "%s more that are not here\n", plural(more, "site"))
	}
	if r.lines == nil {
		return nil
	}
	r.lines.Flush()
	return errors.Join(r.lines.Error(), r.file.Close())
}
