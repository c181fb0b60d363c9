package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/internal/trafficfile"
	"github.com/hostledger/hostledger/ledger"
)

// trafficReader reads mail traffic from CSV. A line that is wrong is told of
// and skipped: the server would refuse the whole packet for it.
type trafficReader struct {
	source *counted
	lines  *trafficfile.CSV
}

// newTrafficReader reads the line of column names.
func newTrafficReader(file io.Reader) (*trafficReader, error) {
	source := &counted{Reader: file}
	plain, err := trafficfile.Plain(source)
	if err != nil {
		return nil, err
	}
	lines, err := trafficfile.NewCSV(plain)
	if err != nil {
		return nil, err
	}
	for i, name := range ledger.CounterNames {
		if counter := ledger.CounterSet(1 << i); ledger.AllMailCounters&^lines.Given()&counter != 0 {
			return nil, fmt.Errorf("the first line should name the columns, but there is no %s", name)
		}
	}
	return &trafficReader{source, lines}, nil
}

// offset returns how many bytes have been read.
func (r *trafficReader) offset() int64 { return r.source.bytes }

// read returns up to most lines, and those that are wrong. At the end of the
// file the error is io.EOF.
func (r *trafficReader) read(most int) (lines []trafficLine, bad []lineError, err error) {
	for len(lines)+len(bad) < most {
		record, err := r.lines.Read()
		var refused *trafficfile.LineError
		switch {
		case errors.As(err, &refused):
			bad = append(bad, lineError{refused.Line, refused.Err})
		case err != nil:
			return lines, bad, err
		default:
			lines = append(lines, trafficLine{number: record.Line, name: record.Name, traffic: client.MailTraffic{
				ID: record.SiteID, Date: record.Date,
				SMTPIn: record.SMTPIn, SMTPOut: record.SMTPOut, POP3IMAPIn: record.POP3IMAPIn, POP3IMAPOut: record.POP3IMAPOut,
			}})
		}
	}
	return lines, bad, nil
}
