package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver

	"github.com/hostledger/hostledger/internal/machine"
	"github.com/hostledger/hostledger/internal/server"
	"github.com/hostledger/hostledger/ledger"
)

// stored is traffic that a ledger has before anything is measured: days of
// every subscription.
type stored struct {
	since ledger.Date
	days  int
}

// ledgerOf returns a data folder with so many subscriptions, which have the ids
// from 1 up, and their traffic. It is made once under its name; what is measured
// begins with copies of it.
func (b *bench) ledgerOf(name string, sites int, traffic stored) (data string, err error) {
	data = filepath.Join(b.dir, name)
	if !b.seeded[name] {
		if err := seed(b.ctx, data, sites, traffic); err != nil {
			return "", fmt.Errorf("making a ledger to begin with: %w", err)
		}
		b.seeded[name] = true
	}
	return data, b.build()
}

// subscriptions returns a data folder without traffic.
func (b *bench) subscriptions() (data string, err error) {
	return b.ledgerOf("subscriptions", b.sizes.sites, stored{})
}

// seed makes a data folder, with the server's own code in this process.
func seed(ctx context.Context, data string, sites int, traffic stored) error {
	if err := withLedger(ctx, data, addFirst); err != nil {
		return err
	}
	if err := multiply(data, sites); err != nil {
		return err
	}
	return withLedger(ctx, data, func(s *server.Server) error { return traffic.store(ctx, s.Ledger, sites) })
}

// withLedger opens the ledger of a data folder to do something.
func withLedger(ctx context.Context, data string, do func(*server.Server) error) error {
	s, err := server.Open(ctx, server.Options{
		DataDir: data, AdminPassword: func() string { return adminPassword },
		IPs: []ledger.IPAddress{machine.Loopback}, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return err
	}
	return errors.Join(do(s), s.Close())
}

// store stores the traffic, day after day as it comes from mail servers, and
// archives what the server archives in the background.
func (t stored) store(ctx context.Context, l *ledger.Ledger, sites int) error {
	const recordsPerRun = 1_000_000
	records := sites * t.days
	for first := 0; first < records; first += recordsPerRun {
		run := &ledger.TrafficRun{}
		for i := first; i < min(first+recordsPerRun, records); i++ {
			*run.Add() = record(int64(i%sites)+1, t.since.AddDays(i/sites), 0)
		}
		if err := l.SetTraffic(ctx, server.Admin, run, ledger.ErrNotFound); err != nil {
			return err
		}
		for i := range run.Len() {
			if err := run.Err(i); err != nil {
				return err
			}
		}
	}
	return l.ArchiveTraffic(ctx)
}

// addPacket adds the first subscription.
const addPacket = packetOf + `<add><gen_setup><name>site-1.example</name></gen_setup></add>` + packetTo

func addFirst(s *server.Server) error {
	return s.RunFixture(context.Background(), strings.NewReader(addPacket))
}

// multiply makes so many subscriptions of the first one, straight in the
// database of a ledger that is not open: adding them one by one would take
// longer than all that is measured.
func multiply(data string, sites int) error {
	db, err := sql.Open("sqlite", filepath.Join(data, "ledger.db"))
	if err != nil {
		return err
	}
	return errors.Join(multiplyIn(db, sites), db.Close())
}

// multiplyIn is multiply for a database of either kind.
func multiplyIn(db *sql.DB, sites int) error {
	_, err := db.Exec(fmt.Sprintf(`
		BEGIN;
		CREATE TEMP TABLE added (id INTEGER PRIMARY KEY);
		WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT INTO added SELECT i FROM n;
		INSERT INTO sites (id, webspace_id, guid, name, unicode_name, created, status, description, settings)
			SELECT a.id, a.id, s.guid || a.id, 'site-' || a.id || '.example', 'site-' || a.id || '.example',
				s.created, s.status, s.description, s.settings
			FROM added a, sites s WHERE s.id = 1 ORDER BY a.id;
		INSERT INTO webspaces (id, owner_id, external_id, admin_description, reseller_description, plan_id, locked, settings)
			SELECT a.id, w.owner_id, w.external_id, w.admin_description, w.reseller_description, w.plan_id, w.locked, w.settings
			FROM added a, webspaces w WHERE w.id = 1 ORDER BY a.id;
		COMMIT;`, sites))
	return err
}
