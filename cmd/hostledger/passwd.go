package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/hostledger/hostledger/internal/server"
)

type passwdCommand struct {
	Data string `default:"./data" placeholder:"DIR" help:"Folder of the ledger (default ${default})."`
}

func (*passwdCommand) Help() string {
	return `The new password is taken from HOSTLEDGER_ADMIN_PASSWORD; without it one is generated and printed. ` +
		`Stop the server first: only one process can use a ledger at a time.`
}

func (p *passwdCommand) Run(ctx context.Context) error {
	exists, err := hasLedger(p.Data)
	if err != nil {
		return err
	}
	if !exists {
		return fmt.Errorf("there is no ledger in %s: name its folder with --data", p.Data)
	}
	password := newAdminPassword()
	if err := setAdminPassword(ctx, p.Data, password.text); err != nil {
		return passwordError(err)
	}
	if password.generated {
		return password.show()
	}
	_, err = fmt.Printf("The administrator's password is now the one in %s.\n", adminPasswordVariable)
	return err
}

func setAdminPassword(ctx context.Context, dir, password string) error {
	s, err := server.Open(ctx, server.Options{
		DataDir: dir, Log: slog.New(slog.DiscardHandler),
		AdminPassword: func() string { return password }, // of a ledger whose first start was cut short
	})
	if err != nil {
		return err
	}
	return errors.Join(s.Ledger.SetAdminPassword(ctx, server.Admin, password), s.Close())
}

// hasLedger tells whether a folder holds a ledger.
func hasLedger(dir string) (bool, error) {
	_, err := os.Stat(filepath.Join(dir, "ledger.db"))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}
