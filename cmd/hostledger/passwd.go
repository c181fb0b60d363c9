package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/hostledger/hostledger/internal/server"
)

type passwdCommand struct {
	databaseFlags
}

func (*passwdCommand) Help() string {
	return `The new password is taken from HOSTLEDGER_ADMIN_PASSWORD; without it one is generated and printed. ` +
		`Stop the server first, unless the ledger is in PostgreSQL: only one process can use a folder at a time.`
}

func (p *passwdCommand) Run(ctx context.Context) error {
	exists, err := server.HasLedger(ctx, p.options())
	if err != nil {
		return err
	}
	if !exists {
		return fmt.Errorf("there is no ledger in %s: name its folder with --data or its database with --db", p.place())
	}
	password := newAdminPassword()
	if err := p.setAdminPassword(ctx, password.text); err != nil {
		return passwordError(err)
	}
	if password.generated {
		return password.show()
	}
	_, err = fmt.Printf("The administrator's password is now the one in %s.\n", adminPasswordVariable)
	return err
}

func (p *passwdCommand) setAdminPassword(ctx context.Context, password string) error {
	options := p.options()
	options.Log = slog.New(slog.DiscardHandler)
	options.AdminPassword = func() string { return password } // of a ledger whose first start was cut short
	s, err := server.Open(ctx, options)
	if err != nil {
		return err
	}
	return errors.Join(s.Ledger.SetAdminPassword(ctx, server.Admin, password), s.Close())
}
