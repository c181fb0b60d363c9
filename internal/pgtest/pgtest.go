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
	"testing"

	"github.com/jackc/pgx/v5"
)

// Variable names the server to use: the URL of a database on it, as a user who
// may create databases. Those of tests are made beside it and removed again.
const Variable = "HOSTLEDGER_TEST_POSTGRES"

// Tests are those of a package that asks for databases. Its TestMain runs them.
type Tests struct{ *testing.M }

// Run runs the tests, stops the server, and returns the exit status.
func (t Tests) Run() int {
	status := t.M.Run()
	if err := made.end(); err != nil {
		fmt.Fprintf(os.Stderr, "stopping PostgreSQL: %v\n", err)
		return 1
	}
	return status
}

// New returns the URL of a new and empty database.
func New() (string, error) {
	address, err := made.create()
	if err != nil {
		return "", fmt.Errorf("a PostgreSQL database is needed: %w", err)
	}
	return address, nil
}

// Prepared returns the URL of a database with the tables that prepare makes for
// a kind of tests. Those that are empty then are empty: databases are used for
// one test after the other, because making one takes longer than most tests.
func Prepared(t testing.TB, kind string, prepare func(address string) error) string {
	t.Helper()
	d, err := made.take(kind, prepare)
	if err != nil {
		t.Fatalf("a PostgreSQL database is needed: %v", err)
	}
	t.Cleanup(func() {
		if err := d.empty(); err != nil {
			t.Errorf("emptying a database, which nothing should be using any more: %v", err)
			return
		}
		made.giveBack(kind, d)
	})
	return d.address
}

// made is what the tests of this process have made.
var made databases

type databases struct {
	mu        sync.Mutex
	address   string  // of a database to create others from
	server    *Server // nil when it was there
	databases []string
	idle      map[string][]*prepared // by kind
}

// end stops the server, or removes what was made on one that was there.
func (m *databases) end() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.server != nil {
		return m.server.Stop()
	}
	var errs []error
	for _, name := range m.databases {
		errs = append(errs, execute(m.address, `DROP DATABASE `+name+` WITH (FORCE)`))
	}
	return errors.Join(errs...)
}

// connect starts the server, unless there is one. Who calls it holds the lock.
func (m *databases) connect() error {
	if m.address != "" {
		return nil
	}
	if m.address = os.Getenv(Variable); m.address != "" {
		return nil
	}
	s, err := Start(Careless...)
	if err != nil {
		return err
	}
	m.server, m.address = s, s.URL("postgres")
	return nil
}

func (m *databases) create() (address string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.connect(); err != nil {
		return "", err
	}
	beside, err := url.Parse(m.address)
	if err != nil {
		return "", fmt.Errorf("%s is not a URL", Variable)
	}
	name := "hostledger_test_" + strconv.Itoa(os.Getpid()) + "_" + strconv.Itoa(len(m.databases))
	if err := execute(m.address, `CREATE DATABASE `+name); err != nil {
		return "", err
	}
	m.databases = append(m.databases, name)
	beside.Path = "/" + name
	return beside.String(), nil
}

func (m *databases) take(kind string, prepare func(address string) error) (*prepared, error) {
	if d := m.takeIdle(kind); d != nil {
		return d, nil
	}
	address, err := m.create()
	if err != nil {
		return nil, err
	}
	if err := prepare(address); err != nil {
		return nil, err
	}
	return newPrepared(address)
}

func (m *databases) takeIdle(kind string) *prepared {
	m.mu.Lock()
	defer m.mu.Unlock()
	idle := m.idle[kind]
	if len(idle) == 0 {
		return nil
	}
	m.idle[kind] = idle[1:]
	return idle[0]
}

func (m *databases) giveBack(kind string, d *prepared) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.idle == nil {
		m.idle = map[string][]*prepared{}
	}
	m.idle[kind] = append(m.idle[kind], d)
}

// prepared is a database with tables.
type prepared struct {
	address string
	reset   string // a statement that empties the tables that were empty
}

func newPrepared(address string) (*prepared, error) {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return nil, err
	}
	d := &prepared{address: address}
	err = conn.QueryRow(ctx, `SELECT 'TRUNCATE ' || string_agg(oid::regclass::text, ', ') || ' RESTART IDENTITY' FROM pg_class
		WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) = 0`).Scan(&d.reset)
	return d, errors.Join(err, conn.Close(ctx))
}

func (d *prepared) empty() error { return execute(d.address, `SET lock_timeout = '10s'; `+d.reset) }

func execute(address, text string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, text)
	return errors.Join(err, conn.Close(ctx))
}
