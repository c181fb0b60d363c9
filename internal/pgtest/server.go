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
	programs   string // the folder of PostgreSQL's
	dir        string
	attributes *syscall.SysProcAttr
	command    *exec.Cmd
	ended      chan struct{} // closed when the process has ended
}

// Careless are settings for tests in which the machine does not fail: nothing is
// waited for until it is on disk.
var Careless = []string{"fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0"}

// Start makes an empty cluster and starts a server on it, with settings such as
// "fsync=off" besides those that keep it small. It ends with this process at the
// latest.
func Start(settings ...string) (*Server, error) {
	return start(settings, func(s *Server) *exec.Cmd {
		return s.program("initdb", "--pgdata="+s.data(), "--username="+superuser,
			"--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
	})
}

// Standby starts a server that follows this one. When this one has the setting
// synchronous_standby_names=*, what is committed is on the disks of both.
func (s *Server) Standby(settings ...string) (*Server, error) {
	return start(settings, func(standby *Server) *exec.Cmd {
		return standby.program("pg_basebackup", "--pgdata="+standby.data(), "--host="+s.dir, "--username="+superuser,
			"--checkpoint=fast", "--write-recovery-conf", "--no-sync")
	})
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

// Kill ends all processes of the server at once, as if its machine were gone.
func (s *Server) Kill() {
	for _, pid := range append(childrenOf(s.command.Process.Pid), s.command.Process.Pid) {
		_ = syscall.Kill(pid, syscall.SIGKILL) // one may have ended by itself
	}
	<-s.ended
}

// Promote makes a standby a server of its own, which takes writes.
func (s *Server) Promote() error { return execute(s.URL("postgres"), `SELECT pg_promote()`) }

const (
	superuser   = "postgres"
	startWithin = 30 * time.Second
)

// start makes a folder, lets a program put a cluster into it, and starts a
// server there.
func start(settings []string, fill func(*Server) *exec.Cmd) (s *Server, err error) {
	s = &Server{ended: make(chan struct{})}
	if s.programs, err = findPrograms(); err != nil {
		return nil, err
	}
	if s.dir, err = os.MkdirTemp("", "pgtest"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Stop())
		}
	}()
	if s.attributes, err = attributes(s.dir); err != nil {
		return s, err
	}
	filling := fill(s)
	if out, err := runHere(filling); err != nil {
		return s, fmt.Errorf("%s: %w\n%s", filepath.Base(filling.Path), err, out)
	}
	arguments := []string{"-D", s.data(), "-k", s.dir}
	small := []string{"listen_addresses=", "max_connections=200", "shared_buffers=64MB", "max_parallel_workers_per_gather=0"}
	for _, setting := range slices.Concat(small, settings) {
		arguments = append(arguments, "-c", setting)
	}
	s.command = s.program("postgres", arguments...)
	if err := s.run(); err != nil {
		return s, err
	}
	return s, s.awaitReady()
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// program returns a call of one of PostgreSQL's programs, in the server's folder.
func (s *Server) program(name string, arguments ...string) *exec.Cmd {
	command := exec.Command(filepath.Join(s.programs, name), arguments...)
	command.Dir, command.SysProcAttr = s.dir, s.attributes
	return command
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
