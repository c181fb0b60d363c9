package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/hostledger/hostledger/client"
	"github.com/hostledger/hostledger/ledger"
)

type trafficSetCommand struct {
	ID          int64       `name:"id" group:"One day:" xor:"which" placeholder:"N" help:"Id of the subscription or site."`
	Name        string      `group:"One day:" xor:"which" placeholder:"DOMAIN" help:"Its domain name instead."`
	Date        ledger.Date `group:"One day:" placeholder:"YYYY-MM-DD" help:"The day."`
	SMTPIn      *int64      `name:"smtp-in" group:"One day:" placeholder:"BYTES" help:"Received by SMTP."`
	SMTPOut     *int64      `name:"smtp-out" group:"One day:" placeholder:"BYTES" help:"Sent by SMTP."`
	POP3IMAPIn  *int64      `name:"pop3-imap-in" group:"One day:" placeholder:"BYTES" help:"Received by POP3 and IMAP."`
	POP3IMAPOut *int64      `name:"pop3-imap-out" group:"One day:" placeholder:"BYTES" help:"Sent by POP3 and IMAP."`
	CSV         string      `name:"csv" group:"Many days:" xor:"which" placeholder:"FILE" help:"CSV file, or - for stdin."`
	connection  `embed:""`
}

func (*trafficSetCommand) Help() string {
	return `The four mail counters of the day are replaced; those of HTTP and FTP stay. Setting the same twice is ` +
		`setting it once.

A CSV file begins with a line of column names, in any order: id or name, date, smtp_in, smtp_out, pop3_imap_in, ` +
		`pop3_imap_out. Other columns are ignored. An empty counter is 0. Lines that are refused are reported on ` +
		`stderr and do not keep the others from being stored.`
}

// Validate checks what the flags say together.
func (s *trafficSetCommand) Validate() error {
	single := s.Date != 0 || s.SMTPIn != nil || s.SMTPOut != nil || s.POP3IMAPIn != nil || s.POP3IMAPOut != nil
	switch {
	case s.ID == 0 && s.Name == "" && s.CSV == "":
		return errors.New("whose traffic? Give --id or --name for one day, or --csv for many")
	case s.CSV != "" && single:
		return errors.New("--csv goes without the flags of a single day")
	case s.CSV == "" && s.Date == 0:
		return errors.New("--date is missing")
	case s.CSV == "" && (s.SMTPIn == nil || s.SMTPOut == nil || s.POP3IMAPIn == nil || s.POP3IMAPOut == nil):
		return errors.New("all four of --smtp-in, --smtp-out, --pop3-imap-in and --pop3-imap-out are needed: the day's mail counters are replaced together")
	}
	return nil
}

func (s *trafficSetCommand) Run(ctx context.Context) error {
	server, err := s.client()
	if err != nil {
		return err
	}
	u := &upload{server: server, sites: map[string]client.Result{}}
	if s.CSV != "" {
		return s.sendFile(ctx, u)
	}
	return s.sendDay(ctx, u)
}

func (s *trafficSetCommand) sendDay(ctx context.Context, u *upload) error {
	line := trafficLine{name: s.Name, traffic: client.MailTraffic{
		ID: s.ID, Date: s.Date,
		SMTPIn: *s.SMTPIn, SMTPOut: *s.SMTPOut, POP3IMAPIn: *s.POP3IMAPIn, POP3IMAPOut: *s.POP3IMAPOut,
	}}
	outcomes, err := u.send(ctx, []trafficLine{line})
	if err == nil {
		err = outcomes[0]
	}
	if err == nil {
		_, err = fmt.Printf("The mail traffic of %s is stored.\n", s.Date)
	}
	return err
}

// linesPerPacket keeps packets and their answers to some hundred kilobytes.
const linesPerPacket = 2000

// sendFile sends the lines of a CSV file, packet by packet.
func (s *trafficSetCommand) sendFile(ctx context.Context, u *upload) error {
	file, err := open(s.CSV)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	reader, err := newTrafficReader(file)
	if err != nil {
		return fmt.Errorf("%s: %w", s.CSV, err)
	}
	bar := newByteProgress()
	bar.of("", size(file))
	stored, refused, err := sendLines(ctx, u, reader, bar)
	bar.clear()
	if err != nil {
		return fmt.Errorf("%w\n%s stored before that; sending the file again is safe", err, countLines(stored))
	}
	if _, err := fmt.Printf("%s stored.\n", countLines(stored)); err != nil {
		return err
	}
	if refused > 0 {
		return refusal(countLines(refused) + " not stored")
	}
	return nil
}

// size returns the size of a file, or -1 for a pipe, whose size nobody knows.
func size(file *os.File) int64 {
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return -1
	}
	return info.Size()
}

func sendLines(ctx context.Context, u *upload, reader *trafficReader, bar *progress) (stored, refused int, err error) {
	for more := true; more; {
		lines, bad, err := reader.read(linesPerPacket)
		if more = err == nil; err != nil && !errors.Is(err, io.EOF) {
			return stored, refused, err
		}
		outcomes, err := u.send(ctx, lines)
		if err != nil {
			return stored, refused, err
		}
		notStored := refusedLines(lines, outcomes)
		stored += len(lines) - len(notStored)
		refused += len(notStored) + len(bad)
		if bad = append(bad, notStored...); len(bad) > 0 {
			bar.clear()
			reportLines(bad)
		}
		bar.show(reader.offset())
	}
	return stored, refused, nil
}

func countLines(n int) string { return plural(n, "line") }

// reportLines tells on stderr why lines were refused.
func reportLines(bad []lineError) {
	slices.SortFunc(bad, func(a, b lineError) int { return a.number - b.number })
	var text strings.Builder
	for _, line := range bad {
		fmt.Fprintf(&text, "line %d: %v\n", line.number, line.err)
	}
	fmt.Fprint(os.Stderr, text.String())
}
