// Package pgtest gives tests databases of a PostgreSQL server: one of their own,
// which is started from the machine's packages when it is first asked for and
// stopped at the end, or the one that HOSTLEDGER_TEST_POSTGRES names.
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Variable names the server to use: the URL of a database on it, as a user who
// may create databases. Those of tests are made beside it and removed again.
const Variable = "HOSTLEDGER_TEST_POSTGRES"

// Main runs the tests of a package, for its TestMain, and stops the server.
func Main(m *testing.M) {
	status := m.Run()
	if err := stop(); err != nil {
		fmt.Fprintf(os.Stderr, "stopping PostgreSQL: %v\n", err)
		status = 1
	}
	os.Exit(status)
}

// New returns the URL of a new and empty database, which is removed when the
// test ends.
func New(t testing.TB) string {
	t.Helper()
	return create(t, "")
}

// Copy returns the URL of a new database with all that another one holds, to
// which nobody is connected.
func Copy(t testing.TB, of string) string {
	t.Helper()
	template, err := url.Parse(of)
	if err != nil {
		t.Fatal(err)
	}
	return create(t, template.Path[1:])
}

// Template returns the URL of a database that prepare has filled, for Copy. It
// lasts as long as the server does.
func Template(prepare func(address string) error) (string, error) {
	server, err := shared()
	if err != nil {
		return "", err
	}
	name := newName()
	if err := execute(server, `CREATE DATABASE `+name); err != nil {
		return "", err
	}
	address := withDatabase(server, name)
	return address, prepare(address)
}

func create(t testing.TB, template string) string {
	t.Helper()
	server, err := shared()
	if err != nil {
		t.Fatalf("a PostgreSQL server is needed: %v", err)
	}
	name := newName()
	create := `CREATE DATABASE ` + name
	if template != "" {
		create += ` TEMPLATE ` + template
	}
	if err := execute(server, create); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := execute(server, `DROP DATABASE `+name+` WITH (FORCE)`); err != nil {
			t.Error(err)
		}
	})
	return withDatabase(server, name)
}

var databases atomic.Int64

func newName() string {
	return "hostledger_test_" + strconv.Itoa(os.Getpid()) + "_" + strconv.FormatInt(databases.Add(1), 10)
}

func withDatabase(server, name string) string {
	address, err := url.Parse(server)
	if err != nil {
		return server // what it is used for says why
	}
	address.Path = "/" + name
	return address.String()
}

func execute(server, text string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, text)
	return errors.Join(err, conn.Close(ctx))
}

// running is the server that Start started for the tests of this process.
var running atomic.Pointer[Server]

// shared returns the URL of the server that all tests share.
var shared = sync.OnceValues(func() (string, error) {
	if given := os.Getenv(Variable); given != "" {
		return given, nil
	}
	s, err := Start(Careless...)
	if err != nil {
		return "", err
	}
	running.Store(s)
	return s.URL("postgres"), nil
})

func stop() error {
	if s := running.Load(); s != nil {
		return s.Stop()
	}
	return nil
}
