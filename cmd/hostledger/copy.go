package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/hostledger/hostledger/internal/httpd"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/internal/sqlstore"
	"github.com/hostledger/hostledger/internal/table"
)

type copyCommand struct {
	From location `required:"" env:"HOSTLEDGER_FROM" placeholder:"ADDRESS" help:"Where the ledger is: sqlite:DIR or postgres://USER:PASSWORD@HOST/NAME."`
	To   location `required:"" env:"HOSTLEDGER_TO" placeholder:"ADDRESS" help:"Where it is to go: a folder or database without a ledger."`
}

func (*copyCommand) Help() string {
	return `Stop the servers of the ledger first. Put addresses with passwords into HOSTLEDGER_FROM and HOSTLEDGER_TO, where ` +
		`others do not see them.

A copy that was interrupted goes on where it was when the same command is given again; no server starts with it ` +
		`before it is complete. At the end both ledgers are compared. The one that was copied stays as it is.`
}

// Validate checks what the flags say together.
func (c *copyCommand) Validate() error {
	if c.From.isGiven() && c.From == c.To {
		return errors.New("--from and --to name the same place")
	}
	return nil
}

func (c *copyCommand) Run(ctx context.Context) error {
	bar := newProgress()
	begun := false
	copied, err := server.Copy(ctx, c.From.options(), c.To.options(), func(what string, done, all int64) {
		begun = true
		bar.of(what, all)
		bar.show(done)
	})
	bar.clear()
	if err != nil {
		return c.explain(err, begun)
	}
	if err := copiedTable(copied).Write(os.Stdout); err != nil {
		return err
	}
	_, err = fmt.Printf("\n%s is copied to %s, and both hold the same.\n%s", c.From, c.To, c.otherFiles())
	return err
}

// explain says what to do about an error.
func (c *copyCommand) explain(err error, begun bool) error {
	const goOn = "the same command goes on where this one was"
	switch {
	case errors.Is(err, sqlstore.ErrNothingToCopy):
		return fmt.Errorf("%s: %w", c.From, err)
	case errors.Is(err, sqlstore.ErrNotEmpty):
		return fmt.Errorf("%s: %w", c.To, err)
	case errors.Is(err, sqlstore.ErrCopyDiffers):
		return fmt.Errorf("%w\nDo servers still use %s? Stop them, empty %s, and copy again", err, c.From, c.To)
	case errors.Is(err, context.Canceled):
		return errors.New("interrupted: " + goOn)
	case begun:
		return fmt.Errorf("%w\n%s", err, goOn)
	}
	return err
}

func copiedTable(copied []sqlstore.Copied) *table.Table {
	t := &table.Table{Columns: []table.Column{
		{Heading: "Table"}, {Heading: "Rows", Right: true}, {Heading: "Bytes of traffic", Right: true},
	}}
	for _, c := range copied {
		bytes := ""
		if c.Bytes > 0 {
			bytes = strconv.FormatUint(c.Bytes, 10)
		}
		t.Rows = append(t.Rows, []string{c.Table, strconv.FormatInt(c.Rows, 10), bytes})
	}
	return t
}

// otherFiles tells what else of a server there is to take along.
func (c *copyCommand) otherFiles() string {
	const files = httpd.CertificateFile + " and " + httpd.KeyFile
	if c.From.dir == "" {
		return "The certificate is not among it: take " + files + " from the old server's folder to the new one's, unless it has others.\n"
	}
	if _, err := os.Stat(filepath.Join(c.From.dir, httpd.CertificateFile)); err != nil {
		return ""
	}
	return "The certificate is not among it: take " + files + " from " + c.From.dir + " to the new server's folder, unless it has others.\n"
}
