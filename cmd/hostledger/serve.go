package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/hostledger/hostledger/internal/httpd"
	"github.com/hostledger/hostledger/internal/machine"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/xmlapi"
)

type serveCommand struct {
	Listen  string `default:":8443" placeholder:"ADDR" help:"Address for HTTPS, or \"\" for none (default :8443). Port 0 takes a free one."`
	TLSCert string `name:"tls-cert" and:"tls" type:"existingfile" placeholder:"FILE" help:"Certificate and its chain, PEM. Without it a self-signed one is made and kept with the data."`
	TLSKey  string `name:"tls-key" and:"tls" type:"existingfile" placeholder:"FILE" help:"Private key of the certificate, PEM."`
	HTTP    string `name:"http" placeholder:"ADDR" help:"Address for plain HTTP: for a reverse proxy or tests. Passwords travel readable there."`
	Metrics string `placeholder:"ADDR" help:"Address for /metrics, /healthz and /readyz over plain HTTP, such as 127.0.0.1:9180. Whoever reaches it may read them."`
	databaseFlags
	Ephemeral      bool     `help:"Keep everything in memory and forget it at the end."`
	Faults         string   `type:"existingfile" placeholder:"FILE.toml" help:"Fail on purpose, as the file says, for tests of clients; see docs/testing.md. Only with --ephemeral."`
	URLFile        string   `name:"url-file" placeholder:"FILE" help:"File to write the addresses into when the server listens, a URL a line: they tell the port that --http 127.0.0.1:0 took."`
	Fixture        []string `sep:"none" type:"existingfile" placeholder:"FILE.xml" help:"Request packets to execute as the administrator before listening; repeatable."`
	Collect        string   `type:"existingfile" placeholder:"FILE.toml" help:"Follow logs and keep what sites used, as hostledger collect follow does. local = true there is this ledger."`
	MaxPacketBytes int64    `default:"1073741824" placeholder:"N" help:"Largest packet that is accepted (default 1073741824, 1 GiB)."`
	LogLevel       string   `default:"info" enum:"debug,info,warn,error" placeholder:"LEVEL" help:"Least level that is logged to stderr: debug, info, warn or error (default info)."`
}

func (*serveCommand) Help() string {
	return `At the first start the administrator "admin" is created. The password is taken from ` +
		`HOSTLEDGER_ADMIN_PASSWORD; without it one is generated and printed once.

Fixtures run at every start with --ephemeral, and otherwise at the first start only. When a packet of a fixture ` +
		`is invalid or refused, the server does not start.

With --db postgres://… the ledger is kept in a PostgreSQL database, version 15 or later, and --data keeps the ` +
		`certificate only. Put the address into HOSTLEDGER_DB, where others do not see its password. Several servers may ` +
		`share a database. Several hosts may be named, separated by commas: the one that takes writes is used.

SIGTERM and Ctrl-C stop the server: requests in flight are answered first, for up to 30 seconds.`
}

// Validate checks what the flags say together.
func (s *serveCommand) Validate() error {
	if s.Listen == "" && s.HTTP == "" {
		return errors.New("nothing to listen on: --listen is empty, so --http ADDR is needed")
	}
	if s.Ephemeral && s.DB.isGiven() {
		return errors.New("--ephemeral keeps everything in memory: leave out --db and HOSTLEDGER_DB")
	}
	if s.Faults != "" && !s.Ephemeral {
		return errors.New("--faults is for tests: it needs --ephemeral")
	}
	if s.MaxPacketBytes < 1 {
		return errors.New("--max-packet-bytes must be at least 1")
	}
	return nil
}

// Run listens first, because what can go wrong there should do so before a
// ledger is made and its password shown. Requests wait until it is ready, but
// those of a monitor are answered from the beginning to the end.
func (s *serveCommand) Run(ctx context.Context) error {
	log := s.logger()
	monitor := server.NewMonitor(log)
	monitored, err := serveMonitor(s.Metrics, monitor, log)
	if err != nil {
		return err
	}
	return errors.Join(s.serve(ctx, monitor, log), monitored.close())
}

func (s *serveCommand) serve(ctx context.Context, monitor *server.Monitor, log *slog.Logger) error {
	f := newFrontend(log)
	if err := s.listen(f); err != nil {
		return errors.Join(err, f.close())
	}
	f.warnOfPlainHTTP()
	ledger, password, err := s.open(ctx, monitor, log)
	if err != nil {
		return errors.Join(err, f.close())
	}
	if err := s.makeReady(f, password); err != nil {
		return errors.Join(err, f.close(), ledger.Close())
	}
	if err := f.announce(s.URLFile); err != nil {
		return errors.Join(err, f.close(), ledger.Close())
	}
	allowGarbage()
	go giveMemoryBack(ctx)
	return errors.Join(f.serve(ctx, ledger), ledger.Close())
}

func (s *serveCommand) listen(f *frontend) error {
	if s.Listen != "" {
		if err := f.listenTLS(s.Listen); err != nil {
			return err
		}
	}
	if s.HTTP != "" {
		return f.listen(s.HTTP)
	}
	return nil
}

// makeReady does what needs the data folder, and shows a generated password last.
func (s *serveCommand) makeReady(f *frontend, password adminPassword) error {
	if s.Listen != "" {
		certificate, err := s.certificate(f.log)
		if err != nil {
			return err
		}
		f.secure(certificate)
	}
	return password.show()
}

func (s *serveCommand) logger() *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(s.LogLevel)) // one of the enum
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
}

// open opens the ledger and makes it ready, fixtures included. The password is
// that of the administrator when this is the first start.
func (s *serveCommand) open(ctx context.Context, monitor *server.Monitor, log *slog.Logger) (*server.Server, adminPassword, error) {
	if err := s.rehearse(ctx); err != nil {
		return nil, adminPassword{}, err
	}
	failing, err := s.readFaults()
	if err != nil {
		return nil, adminPassword{}, err
	}
	var password adminPassword
	options := s.options(log)
	if options.Collect, err = s.collectConfig(log); err != nil {
		return nil, adminPassword{}, err
	}
	options.Monitor, options.Now = monitor, failing.Clock()
	options.AdminPassword = func() string {
		password = newAdminPassword()
		return password.text
	}
	ledger, err := server.Open(ctx, options)
	if err != nil {
		return nil, adminPassword{}, passwordError(err)
	}
	s.injectFaults(ledger, failing, log)
	if password.text == "" && len(s.Fixture) > 0 {
		log.Info("fixtures not executed: the ledger is not new", "data", s.place())
	}
	return ledger, password, nil
}

// How often traffic is compared with limits, and how often what is old is
// archived and removed.
const (
	trafficChecked   = 5 * time.Second
	trafficArchived  = time.Minute
	trafficForgotten = time.Hour
)

func (s *serveCommand) options(log *slog.Logger) server.Options {
	limits := xmlapi.DefaultLimits
	limits.Bytes = s.MaxPacketBytes
	options := s.databaseFlags.options()
	if s.Ephemeral {
		options = server.Options{}
	}
	options.Log, options.Limits, options.Fill = log, limits, s.runFixtures
	options.CheckTraffic, options.ArchiveTraffic, options.ForgetTraffic = trafficChecked, trafficArchived, trafficForgotten
	return options
}

// rehearse executes the fixtures of a ledger that is yet to be made in memory
// first. One that fails would otherwise leave part of itself in the folder or
// database, which the next start takes for a complete ledger.
func (s *serveCommand) rehearse(ctx context.Context) error {
	if s.Ephemeral || len(s.Fixture) == 0 {
		return nil
	}
	options := s.options(slog.New(slog.DiscardHandler))
	exists, err := server.HasLedger(ctx, options)
	if err != nil || exists {
		return err
	}
	options.DataDir, options.Database = "", ""
	options.AdminPassword = generatePassword
	ledger, err := server.Open(ctx, options)
	if err != nil {
		return err
	}
	return ledger.Close()
}

func (s *serveCommand) runFixtures(run func(io.Reader) error) error {
	for _, name := range s.Fixture {
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		if err := errors.Join(run(file), file.Close()); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (s *serveCommand) certificate(log *slog.Logger) (getCertificate, error) {
	if s.TLSCert == "" {
		dir := s.options(log).DataDir
		if dir != "" {
			if err := os.MkdirAll(dir, 0o700); err != nil {
				return nil, fmt.Errorf("making the folder of the certificate: %w", err)
			}
		}
		selfSigned, err := httpd.NewSelfSigned(dir, machine.Local{}.Name(), log)
		if err != nil {
			return nil, err
		}
		return selfSigned.GetCertificate, nil
	}
	certificate, err := tls.LoadX509KeyPair(s.TLSCert, s.TLSKey)
	if err != nil {
		return nil, fmt.Errorf("loading --tls-cert and --tls-key: %w", err)
	}
	return func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return &certificate, nil }, nil
}
