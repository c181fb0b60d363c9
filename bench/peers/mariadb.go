package peers

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"

	"github.com/go-sql-driver/mysql"

	"github.com/hostledger/hostledger/bench/process"
)

// MariaDB is a MariaDB server.
type MariaDB struct {
	Peer
	DB *sql.DB
}

// mariadbOptions are those that matter beside Debian's defaults: memory for a
// ledger of this size, room for its log, and every commit on disk before it is
// acknowledged.
var mariadbOptions = []string{
	"--innodb-buffer-pool-size=1G", "--innodb-log-file-size=512M", "--innodb-flush-log-at-trx-commit=1",
	"--skip-log-bin", "--skip-name-resolve", "--max-connections=100", "--max-allowed-packet=64M",
	"--character-set-server=utf8mb4",
}

// StartMariaDB starts a new MariaDB in a folder, where it listens on the socket
// mariadb.sock, too.
func StartMariaDB(ctx context.Context, dir string) (_ *MariaDB, err error) {
	server, err := needMariaDB(ctx)
	if err != nil {
		return nil, err
	}
	account, err := user.Current()
	if err != nil {
		return nil, err
	}
	common := []string{"--no-defaults", "--user=" + account.Username, "--datadir=" + filepath.Join(dir, "mariadb")}
	install := append(common[:3:3], "--auth-root-authentication-method=normal", "--skip-test-db")
	if err := process.Run(exec.CommandContext(ctx, "mariadb-install-db", install...)); err != nil {
		return nil, err
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	m, socket := &MariaDB{}, filepath.Join(dir, "mariadb.sock")
	defer func() {
		if err != nil {
			m.Stop()
		}
	}()
	options := slices.Concat(common, mariadbOptions, []string{
		"--socket=" + socket, "--bind-address=" + host, "--port=" + port, "--pid-file=" + filepath.Join(dir, "mariadb.pid"),
	})
	if err := m.start(exec.CommandContext(ctx, server, options...), "unix", socket); err != nil {
		return nil, err
	}
	return m, m.connect(ctx, address)
}

func needMariaDB(ctx context.Context) (server string, err error) {
	if _, err := need(ctx, "my_print_defaults", "mariadb-client-core"); err != nil {
		return "", err
	}
	return need(ctx, "mariadbd", "mariadb-server-core")
}

func (m *MariaDB) connect(ctx context.Context, address string) (err error) {
	config := mysql.NewConfig()
	config.User, config.Net, config.Addr, config.DBName = "root", "tcp", address, "mysql"
	admin, err := sql.Open("mysql", config.FormatDSN())
	if err != nil {
		return err
	}
	_, err = admin.ExecContext(ctx, "CREATE DATABASE ledger")
	if err := errors.Join(err, admin.Close()); err != nil {
		return fmt.Errorf("making a database: %w", err)
	}
	config.DBName = "ledger"
	m.DB, err = sql.Open("mysql", config.FormatDSN())
	return err
}

// Stop ends the server.
func (m *MariaDB) Stop() {
	if m.DB != nil {
		_ = m.DB.Close()
	}
	m.Peer.Stop()
}
