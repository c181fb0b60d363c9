package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/hostledger/hostledger/internal/server"
)

type importCommand struct {
	Files   []string `arg:"" name:"file" help:"CSV file or dump of Plesk's database, perhaps packed by gzip; - for stdin."`
	Format  string   `enum:"auto,csv,plesk" default:"auto" placeholder:"FORMAT" help:"What the files are: csv or plesk, a dump of its database (default: what they look like)."`
	DryRun  bool     `help:"Read and check everything, and store nothing."`
	Refused string   `placeholder:"FILE" help:"Write all that is refused to this file, as CSV."`
	databaseFlags
}

func (*importCommand) Help() string {
	return `Stores traffic of sites in the ledger itself, all eight counters: what is there for the same site, day and ` +
		`counter is replaced, so that importing twice is importing once. Stop the server first, unless the ledger is in ` +
		`PostgreSQL: only one process can use a folder at a time.

A CSV file begins with a line of column names, in any order: id or name, date, and any of http_in, http_out, ftp_in, ` +
		`ftp_out, smtp_in, smtp_out, pop3_imap_in, pop3_imap_out; they are separated by commas, semicolons or tabs. Other ` +
		`columns are ignored, and counters without a column stay as they are. A dump is what mysqldump makes of the tables ` +
		`domains and DomainsTraffic of Plesk's database psa.

What is refused is reported on stderr and does not keep the rest from being stored.`
}

func (c *importCommand) Run(ctx context.Context) (err error) {
	s, err := c.openLedger(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	bar := newByteProgress()
	refused, err := newImportRefusals(c.Refused, bar)
	if err != nil {
		return err
	}
	i := newImporter(s.Ledger, c.DryRun, refused, bar)
	err = c.importFiles(ctx, i)
	bar.clear()
	if errors.Is(err, context.Canceled) {
		err = errors.New("interrupted")
	}
	if err = errors.Join(err, refused.close()); err != nil {
		return fmt.Errorf("%w\n%s before that; importing again is safe", err, i.summary())
	}
	if !c.DryRun {
		if err := s.Ledger.CheckTraffic(ctx); err != nil {
			return fmt.Errorf("comparing traffic with limits: %w", err)
		}
	}
	if _, err := fmt.Printf("%s.\n", i.summary()); err != nil {
		return err
	}
	if refused.count > 0 {
		return refusal(countRecords(refused.count) + " refused")
	}
	return nil
}

// openLedger opens a ledger that is there.
func (c *importCommand) openLedger(ctx context.Context) (*server.Server, error) {
	options := c.options()
	exists, err := server.HasLedger(ctx, options)
	if err != nil {
		return nil, err
	}
	if !exists {
		return nil, fmt.Errorf("there is no ledger in %s: name its folder with --data or its database with --db", c.place())
	}
	options.AdminPassword = generatePassword // of a ledger whose first start was cut short: passwd sets another
	return server.Open(ctx, options)
}

func (c *importCommand) importFiles(ctx context.Context, i *importer) error {
	for _, name := range c.Files {
		if err := i.importFile(ctx, name, c.Format); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}
