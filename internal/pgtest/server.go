package pgtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Server is a PostgreSQL server of a test's own, in a temporary folder. It takes
// connections on a socket there.
type Server struct {
	dir     string
	command *exec.Cmd
	ended   chan struct{} // closed when the process has ended
}

// Careless are settings for tests in which the machine does not fail: nothing is
// waited for until it is on disk.
var Careless = []string{"fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0"}

// Start makes an empty cluster and starts a server on it, with settings such as
// "fsync=off" besides those that keep it small. It ends with this process at the
// latest.
func Start(settings ...string) (*Server, error) {
	programs, err := findPrograms()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "pgtest")
	if err != nil {
		return nil, err
	}
	s := &Server{dir: dir, ended: make(chan struct{})}
	err = s.start(programs, settings)
	if err != nil {
		err = errors.Join(err, s.Stop())
	}
	return s, err
}

// URL returns the address of one of the server's databases, which need not be
// there yet.
func (s *Server) URL(database string) string {
	address := url.URL{Scheme: "postgres", User: url.User(superuser), Path: "/" + database, RawQuery: "host=" + url.QueryEscape(s.dir)}
	return address.String()
}

// Stop ends the server and removes its folder.
func (s *Server) Stop() error {
	if s.command != nil && s.command.Process != nil {
		_ = s.command.Process.Signal(syscall.SIGQUIT) // which leaves nothing behind but files
		<-s.ended
	}
	return os.RemoveAll(s.dir)
}

const (
	superuser   = "postgres"
	startWithin = 30 * time.Second
)

func (s *Server) start(programs string, settings []string) error {
	attributes, err := attributes(s.dir)
	if err != nil {
		return err
	}
	data := filepath.Join(s.dir, "data")
	initialize := exec.Command(filepath.Join(programs, "initdb"), "--pgdata="+data, "--username="+superuser,
		"--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
	initialize.Dir, initialize.SysProcAttr = s.dir, attributes
	if out, err := runHere(initialize); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	arguments := []string{"-D", data, "-k", s.dir}
	small := []string{"listen_addresses=", "max_connections=200", "shared_buffers=64MB", "max_parallel_workers_per_gather=0"}
	for _, setting := range slices.Concat(small, settings) {
		arguments = append(arguments, "-c", setting)
	}
	s.command = exec.Command(filepath.Join(programs, "postgres"), arguments...)
	s.command.Dir, s.command.SysProcAttr = s.dir, attributes
	if err := s.run(); err != nil {
		return err
	}
	return s.awaitReady()
}

// runHere runs a command on this thread, which lives as long as the command:
// with some attributes it ends with the thread that started it.
func runHere(command *exec.Cmd) ([]byte, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	return command.CombinedOutput()
}

// run starts the server and keeps the thread that started it.
func (s *Server) run() error {
	log, err := os.Create(s.logFile())
	if err != nil {
		return err
	}
	s.command.Stdout, s.command.Stderr = log, log
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := s.command.Start()
		started <- err
		if err == nil {
			_ = s.command.Wait()
		}
		_ = log.Close()
		close(s.ended)
	}()
	return <-started
}

func (s *Server) logFile() string { return filepath.Join(s.dir, "log") }

func (s *Server) awaitReady() error {
	ctx := context.Background()
	for end := time.Now().Add(startWithin); ; {
		conn, err := pgx.Connect(ctx, s.URL("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-s.ended:
			end = time.Time{}
		case <-time.After(10 * time.Millisecond):
		}
		if time.Now().After(end) {
			log, _ := os.ReadFile(s.logFile())
			return fmt.Errorf("PostgreSQL does not start: %w\n%s", err, log)
		}
	}
}

// findPrograms returns the folder of initdb and postgres: of Debian's newest
// package, or as pg_config says.
func findPrograms() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err == nil && len(found) > 0 {
		return filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return strings.Compare(version(a), version(b)) })), nil
	}
	out, err := exec.Command("pg_config", "--bindir").Output()
	if err != nil {
		return "", fmt.Errorf("neither Debian's postgresql nor pg_config is there: install one, or set %s", Variable)
	}
	return strings.TrimSpace(string(out)), nil
}

// version returns 9.6, 15 or 17 of a path in a form that sorts.
func version(program string) string {
	return fmt.Sprintf("%5s", filepath.Base(filepath.Dir(filepath.Dir(program))))
}
