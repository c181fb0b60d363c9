package peers

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver

	"github.com/hostledger/hostledger/bench/process"
)

// Postgres is a PostgreSQL server.
type Postgres struct {
	Peer
	address  string
	programs string // the folder of its programs
}

// StartPostgres starts a new cluster of Debian's newest PostgreSQL in a folder,
// with its default settings but for the address.
func StartPostgres(ctx context.Context, dir string) (_ *Postgres, err error) {
	programs, err := needPostgres(ctx)
	if err != nil {
		return nil, err
	}
	p := &Postgres{programs: programs}
	data := filepath.Join(dir, "postgres")
	if err := os.Mkdir(data, 0o700); err != nil {
		return nil, err
	}
	prefix, err := giveAway(data)
	if err != nil {
		return nil, err
	}
	command := func(program string, args ...string) *exec.Cmd {
		words := slices.Concat(prefix, []string{filepath.Join(programs, program)}, args)
		c := exec.CommandContext(ctx, words[0], words[1:]...)
		c.Dir = data
		return c
	}
	if err := process.Run(command("initdb", "--pgdata="+data, "--username=ledger", "--auth=trust", "--encoding=UTF8", "--locale=C")); err != nil {
		return nil, err
	}
	if p.address, err = freeAddress(); err != nil {
		return nil, err
	}
	host, port, err := net.SplitHostPort(p.address)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			p.Stop()
		}
	}()
	server := command("postgres", "-D", data, "-c", "listen_addresses="+host, "-c", "port="+port, "-c", "unix_socket_directories=")
	if err := p.start(server, "tcp", p.address); err != nil {
		return nil, err
	}
	return p, p.processes[0].Await(func() error { return p.exec(ctx, "SELECT 1") })
}

// needPostgres returns the folder of the newest PostgreSQL's programs.
func needPostgres(ctx context.Context) (string, error) {
	const pattern = "/usr/lib/postgresql/*/bin"
	if found, _ := filepath.Glob(pattern); len(found) == 0 {
		if err := process.Run(exec.CommandContext(ctx, "scripts/need-postgres")); err != nil {
			return "", err
		}
	}
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) == 0 {
		return "", errors.New("PostgreSQL is not installed")
	}
	return found[len(found)-1], nil
}

// giveAway gives a folder to the user of Debian's package when this is root, as
// whom PostgreSQL refuses to run, and returns what makes a command run as that
// user.
func giveAway(dir string) (prefix []string, err error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, _ := strconv.Atoi(account.Uid)
	gid, _ := strconv.Atoi(account.Gid)
	return []string{"setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"}, os.Chown(dir, uid, gid)
}

// URL returns the address of a database.
func (p *Postgres) URL(database string) string {
	u := url.URL{Scheme: "postgres", User: url.User("ledger"), Host: p.address, Path: database, RawQuery: "sslmode=disable"}
	return u.String()
}

// Create makes a database and opens it.
func (p *Postgres) Create(ctx context.Context, name string) (*sql.DB, error) {
	if err := p.exec(ctx, "CREATE DATABASE "+name); err != nil {
		return nil, err
	}
	return sql.Open("pgx", p.URL(name))
}

// PSQL returns the command that runs a script in a database.
func (p *Postgres) PSQL(ctx context.Context, database, script string) *exec.Cmd {
	return exec.CommandContext(ctx, filepath.Join(p.programs, "psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1",
		"--dbname="+p.URL(database), "--file="+script)
}

// exec executes a statement in the database that every cluster has.
func (p *Postgres) exec(ctx context.Context, statement string) error {
	db, err := sql.Open("pgx", p.URL("postgres"))
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, statement); err != nil {
		return errors.Join(fmt.Errorf("%s: %w", statement, err), db.Close())
	}
	return db.Close()
}
