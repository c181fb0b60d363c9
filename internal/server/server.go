// Package server puts the parts of the ledger's server together: a store, the
// rules, the XML API and its HTTP handler. The command line and hostledgertest
// both start from here.
package server

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/hostledger/hostledger/internal/collect"
	"github.com/hostledger/hostledger/internal/httpd"
	"github.com/hostledger/hostledger/internal/machine"
	"github.com/hostledger/hostledger/internal/metrics"
	"github.com/hostledger/hostledger/internal/panel"
	"github.com/hostledger/hostledger/ledger"
	"github.com/hostledger/hostledger/xmlapi"
)

// AdminLogin is the administrator's login.
const AdminLogin = "admin"

// Options say what kind of server is wanted.
type Options struct {
	DataDir       string        // where the embedded store lies; "" keeps everything in memory
	Database      string        // URL of a PostgreSQL database that keeps the ledger instead
	AdminPassword func() string // asked for at the first start
	// Fill executes fixtures at the first start, which is not complete before
	// they are; nil: none. See RunFixture of package xmlapi.
	Fill           func(run func(fixture io.Reader) error) error
	Log            *slog.Logger // nil: nothing is logged
	Limits         xmlapi.Limits
	IPs            []ledger.IPAddress // offered at the first start; nil: this machine's
	Now            func() time.Time   // nil: the system's clock
	Random         io.Reader          // nil: crypto/rand
	Machine        xmlapi.Machine     // nil: this machine
	CheckTraffic   time.Duration      // how often traffic is compared with limits; 0: only when Ledger.CheckTraffic is called
	ArchiveTraffic time.Duration      // how often months that are over are archived; 0: only when Ledger.ArchiveTraffic is called
	ForgetTraffic  time.Duration      // how often days that are too old are removed; 0: only when Ledger.ForgetTraffic is called
	Collect        *collect.Config    // logs that are followed; nil: none
	Monitor        *Monitor           // of this server alone; nil: one that answers nobody
	WeakPasswords  bool               // hash passwords at next to no cost, for tests only
}

// Server is an open ledger with all that serves it.
type Server struct {
	Ledger  *ledger.Ledger
	API     *xmlapi.API
	Handler http.Handler
	store   ledger.Store
	monitor *Monitor
	ends    []func() // each ends what goes on beside requests
}

// Open opens the store, makes it ready at the first start, and returns the
// server. It listens nowhere yet.
func Open(ctx context.Context, o Options) (*Server, error) {
	o.setDefaults()
	store, err := openStore(ctx, o)
	if err != nil {
		return nil, fmt.Errorf("opening the store: %w", err)
	}
	counted := o.Monitor.metrics
	store.ObserveTraffic(counted.TrafficCommitted)
	counted.WatchStore(store)
	rules := ledger.New(store, ledger.Options{Now: o.Now, Random: o.Random, Overused: counted.Overused, WeakPasswords: o.WeakPasswords})
	api := &xmlapi.API{Ledger: rules, Machine: o.Machine, Limits: o.Limits, Log: o.Log, Observer: counted}
	setup := ledger.Setup{Admin: Admin, AdminPassword: o.AdminPassword, IPs: o.IPs}
	if o.Fill != nil {
		setup.Fill = func(ctx context.Context) error {
			return o.Fill(func(fixture io.Reader) error { return api.RunFixture(ctx, Admin, fixture) })
		}
	}
	if err := store.Alone(ctx, func() error { return rules.Initialize(ctx, setup) }); err != nil {
		return nil, fmt.Errorf("setting up the ledger: %w", closeAfter(store, err))
	}
	o.Monitor.health.Started(rules)
	s := &Server{Ledger: rules, API: api, store: store, monitor: o.Monitor}
	var collecting panel.Collecting
	if o.Collect != nil {
		c, err := startCollector(ctx, o.Collect, rules, o.Log)
		if err != nil {
			return nil, fmt.Errorf("collecting statistics: %w", closeAfter(store, err))
		}
		s.ends, collecting = append(s.ends, c.end), c.status
	}
	refusals := httpd.NewRefusals(o.Log, counted.LoginLocked)
	s.Handler = httpd.NewHandler(httpd.Config{
		API: api, Ledger: rules, Log: o.Log, Health: o.Monitor.health, Refusals: refusals,
		Panel: panel.New(panel.Config{API: api, Ledger: rules, Log: o.Log, Refusals: refusals, Collecting: collecting}),
	})
	s.watch(&o, counted)
	return s, nil
}

// watch starts what is done from time to time.
func (s *Server) watch(o *Options, counted *metrics.Metrics) {
	rules := s.Ledger
	s.ends = append(s.ends,
		watch(o.CheckTraffic, o.Log, "comparing traffic with limits", func(ctx context.Context) error {
			err := rules.CheckTraffic(ctx)
			if err == nil {
				counted.LimitsChecked()
			}
			return err
		}),
		watch(o.ArchiveTraffic, o.Log, "archiving traffic", rules.ArchiveTraffic),
		watch(o.ForgetTraffic, o.Log, "removing old traffic", rules.ForgetTraffic),
	)
}

// Stopping lets /readyz tell that the server is about to end. What comes all
// the same is answered.
func (s *Server) Stopping() { s.monitor.health.Stopping() }

// Close ends the server; its handler must not be in use any more.
func (s *Server) Close() error {
	for _, end := range s.ends {
		end()
	}
	return s.store.Close()
}

// RunFixture executes the packets of a fixture as the administrator.
func (s *Server) RunFixture(ctx context.Context, fixture io.Reader) error {
	return s.API.RunFixture(ctx, Admin, fixture)
}

// Admin is the administrator acting from within.
var Admin = ledger.Identity{AccountID: ledger.AdminID, Role: ledger.RoleAdmin, Login: AdminLogin, Address: machine.Loopback.Address}

func (o *Options) setDefaults() {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.Machine == nil {
		o.Machine = machine.Local{}
	}
	if o.IPs == nil {
		o.IPs = machine.IPs()
	}
	if o.Monitor == nil {
		o.Monitor = NewMonitor(o.Log)
	}
	if o.Limits == (xmlapi.Limits{}) {
		o.Limits = xmlapi.DefaultLimits
	}
}

func closeAfter(store ledger.Store, err error) error {
	_ = store.Close()
	return err
}
