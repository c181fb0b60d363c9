package main

import (
	"errors"
	"net/url"
	"strings"

	"github.com/hostledger/hostledger/internal/server"
)

// databaseFlags say where a ledger is kept.
type databaseFlags struct {
	Data string `default:"./data" placeholder:"DIR" help:"Folder that keeps the ledger (default ${default})."`
	DB   string `name:"db" env:"HOSTLEDGER_DB" placeholder:"ADDRESS" help:"Database that keeps the ledger instead: postgres://USER:PASSWORD@HOST/NAME, or sqlite:DIR, which is --data DIR."`
}

// AfterApply reads --db.
func (d *databaseFlags) AfterApply() error {
	scheme, rest, _ := strings.Cut(d.DB, ":")
	switch {
	case d.DB == "":
	case scheme == "sqlite" && rest != "":
		d.Data, d.DB = rest, ""
	case scheme != "postgres" && scheme != "postgresql" || !strings.HasPrefix(rest, "//"):
		return errors.New("--db: expected sqlite:DIR or postgres://USER:PASSWORD@HOST/NAME")
	}
	return nil
}

func (d *databaseFlags) options() server.Options {
	return server.Options{DataDir: d.Data, Database: d.DB}
}

// place tells people where the ledger is, without the password.
func (d *databaseFlags) place() string {
	if d.DB == "" {
		return d.Data
	}
	address, err := url.Parse(d.DB)
	if err != nil {
		return "the database"
	}
	return "the database " + (&url.URL{Scheme: address.Scheme, Host: address.Host, Path: address.Path}).String()
}
