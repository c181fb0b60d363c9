package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hostledger/hostledger/internal/sqlstore"
)

type distributeCommand struct {
	DB     string `name:"db" required:"" env:"HOSTLEDGER_DB" placeholder:"ADDRESS" help:"The coordinator's database: postgres://USER:PASSWORD@HOST/NAME."`
	Shards int    `default:"32" placeholder:"N" help:"In how many parts: two to four for each processor that the machines will ever have together (default ${default})."`
	DryRun bool   `help:"Show the statements and change nothing."`
}

func (*distributeCommand) Help() string {
	return `Traffic, which grows without end, is spread by subscription; all other tables stay on the coordinator. ` +
		`Traffic that is there moves, and writes to it wait meanwhile. Servers need not be told: they go on with the same address.`
}

// Validate checks the flags.
func (d *distributeCommand) Validate() error {
	if d.Shards < 1 {
		return errors.New("--shards must be at least 1")
	}
	return nil
}

// Run spreads the tables, or tells what it would do.
func (d *distributeCommand) Run(ctx context.Context) error {
	statements, err := sqlstore.Distribute(ctx, d.DB, d.Shards, !d.DryRun)
	text := strings.Join(statements, ";\n")
	switch {
	case errors.Is(err, sqlstore.ErrNoCitus):
		fmt.Println("Nothing was changed. With the extension (CREATE EXTENSION citus, on every machine) this would run:")
		fmt.Println(text + ";")
		return err
	case err != nil:
		return err
	case len(statements) == 0:
		fmt.Println("The ledger is spread already. Nothing was changed.")
	case d.DryRun:
		fmt.Println(text + ";")
	default:
		fmt.Println(text + ";")
		fmt.Println("The ledger's traffic is spread.")
	}
	return nil
}
