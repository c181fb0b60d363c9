package peers

import (
	"context"
	_ "embed"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// Stack is what control panels are often made of: nginx, PHP-FPM and MariaDB,
// with a program of ours that takes the same packets as Hostledger.
type Stack struct {
	Peer
	MariaDB *MariaDB
}

var (
	//go:embed stack.php
	stackProgram []byte
	//go:embed stack.fpm.conf
	fpmConfig string
	//go:embed stack.nginx.conf
	nginxConfig string
)

// phpModules are the modules of PHP that the program needs, and Debian's
// packages of them.
var phpModules = map[string]string{"apcu": "php-apcu", "pdo_mysql": "php-mysql", "xmlreader": "php-xml"}

// StartStack starts the three in a folder. The database is empty.
func StartStack(ctx context.Context, dir string) (_ *Stack, err error) {
	nginx, err := need(ctx, "nginx", "nginx-light")
	if err != nil {
		return nil, err
	}
	fpm, err := needFPM(ctx)
	if err != nil {
		return nil, err
	}
	database, err := StartMariaDB(ctx, dir)
	if err != nil {
		return nil, err
	}
	s := &Stack{Peer: Peer{processes: database.processes}, MariaDB: database}
	defer func() {
		if err != nil {
			s.Stop()
		}
	}()
	if s.Address, err = freeAddress(); err != nil {
		return nil, err
	}
	account, err := user.Current()
	if err != nil {
		return nil, err
	}
	// Each process of nginx keeps idle connections to PHP, each of which keeps a
	// process of PHP: there have to be more of these than clients.
	const clients, idle = 16, 8
	values := map[string]any{
		"Dir": dir, "Address": s.Address, "User": account.Username, "Processors": runtime.NumCPU(),
		"Idle": idle, "Children": clients + idle*runtime.NumCPU(),
	}
	if err := os.WriteFile(filepath.Join(dir, "agent.php"), stackProgram, 0o600); err != nil {
		return nil, err
	}
	if err := startFPM(ctx, s, fpm, dir, values); err != nil {
		return nil, err
	}
	config := filepath.Join(dir, "nginx.conf")
	if err := configure(config, nginxConfig, values); err != nil {
		return nil, err
	}
	return s, s.start(exec.CommandContext(ctx, nginx, "-e", "stderr", "-p", dir, "-c", config), "tcp", s.Address)
}

func startFPM(ctx context.Context, s *Stack, fpm, dir string, values any) error {
	config := filepath.Join(dir, "fpm.conf")
	if err := configure(config, fpmConfig, values); err != nil {
		return err
	}
	args := []string{"--nodaemonize", "--fpm-config", config}
	if os.Getuid() == 0 {
		args = append(args, "--allow-to-run-as-root")
	}
	return s.start(exec.CommandContext(ctx, fpm, args...), "unix", filepath.Join(dir, "fpm.sock"))
}

// Stop ends all three.
func (s *Stack) Stop() {
	s.processes = s.processes[len(s.MariaDB.processes):]
	s.Peer.Stop()
	s.MariaDB.Stop()
}

// needFPM makes sure that PHP-FPM is there, whatever its version, with the
// modules that the program needs.
func needFPM(ctx context.Context) (string, error) {
	fpm, err := need(ctx, "php-fpm*", "php-fpm")
	if err != nil {
		return "", err
	}
	modules, err := exec.CommandContext(ctx, fpm, "-m").Output()
	if err != nil {
		return "", err
	}
	for module, debian := range phpModules {
		if !slices.Contains(strings.Fields(string(modules)), module) {
			if err := install(ctx, debian); err != nil {
				return "", err
			}
		}
	}
	return fpm, nil
}
