package main

import (
	"errors"
	"net/url"
	"strings"

	"github.com/hostledger/hostledger/internal/server"
)

// databaseFlags say where a ledger is kept.
type databaseFlags struct {
	Data string   `default:"./data" placeholder:"DIR" help:"Folder that keeps the ledger (default ${default})."`
	DB   location `name:"db" env:"HOSTLEDGER_DB" placeholder:"ADDRESS" help:"Database that keeps the ledger instead: postgres://USER:PASSWORD@HOST/NAME, or sqlite:DIR, which is --data DIR."`
}

func (d *databaseFlags) options() server.Options {
	if d.DB.dir != "" {
		return d.DB.options()
	}
	return server.Options{DataDir: d.Data, Database: d.DB.database}
}

// place tells people where the ledger is, without the password.
func (d *databaseFlags) place() string {
	if d.DB.isGiven() {
		return d.DB.String()
	}
	return d.Data
}

// location is where a ledger is kept: a folder, or the URL of a PostgreSQL
// database.
type location struct{ dir, database string }

// UnmarshalText reads sqlite:DIR or postgres://… (encoding.TextUnmarshaler).
func (l *location) UnmarshalText(text []byte) error {
	address := string(text)
	scheme, rest, _ := strings.Cut(address, ":")
	switch {
	case address == "":
		*l = location{}
	case scheme == "sqlite" && rest != "":
		*l = location{dir: rest}
	case (scheme == "postgres" || scheme == "postgresql") && strings.HasPrefix(rest, "//"):
		*l = location{database: address}
	default:
		return errors.New("expected sqlite:DIR or postgres://USER:PASSWORD@HOST/NAME")
	}
	return nil
}

func (l location) isGiven() bool { return l != location{} }

func (l location) options() server.Options {
	return server.Options{DataDir: l.dir, Database: l.database}
}

// String tells people what it is, without the password.
func (l location) String() string {
	if l.database == "" {
		return l.dir
	}
	address, err := url.Parse(l.database)
	if err != nil {
		return "the database"
	}
	return "the database " + (&url.URL{Scheme: address.Scheme, Host: address.Host, Path: address.Path}).String()
}
