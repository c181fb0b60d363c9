package main

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver

	"github.com/hostledger/hostledger/ledger"
)

// ledgerOf returns a data folder with so many subscriptions, which have the ids
// from 1 up, and with what fill, which may be nil, has stored. It is made once
// under its name; what is measured begins with copies of it.
func (b *bench) ledgerOf(name string, sites int, fill func(*ledgerServer) error) (data string, err error) {
	data = filepath.Join(b.dir, name)
	if b.seeded[name] {
		return data, nil
	}
	if err := b.build(); err != nil {
		return "", err
	}
	if err := b.once(data, func(s *ledgerServer) error { return addFirst(s.address) }); err != nil {
		return "", err
	}
	if err := multiply(data, sites); err != nil {
		return "", fmt.Errorf("adding subscriptions: %w", err)
	}
	if fill != nil {
		if err := b.once(data, fill); err != nil {
			return "", err
		}
	}
	b.seeded[name] = true
	return data, nil
}

// once starts a server over a data folder to do something, and ends it when
// there is nothing left that it does in the background.
func (b *bench) once(data string, do func(*ledgerServer) error) error {
	s, err := startServer(b.ctx, b.program, data)
	if err != nil {
		return err
	}
	defer s.Stop()
	if err := do(s); err != nil {
		return err
	}
	return s.Settle()
}

// nodesPerPacket is how large the packets are that seed a ledger.
const nodesPerPacket = 1_000_000

// store stores days of the first so many subscriptions, day after day as they
// come from mail servers.
func (s *ledgerServer) store(sites int, since ledger.Date, days int) error {
	for first := 0; first < sites*days; first += nodesPerPacket {
		packet := setTraffic(min(nodesPerPacket, sites*days-first), func(i int) ledger.MailTraffic {
			i += first
			return record(int64(i%sites)+1, since.AddDays(i/sites), 0)
		})
		if _, err := post(s.address, 1, []message{packet}); err != nil {
			return fmt.Errorf("storing days: %w", err)
		}
	}
	return nil
}

// addFirst adds a subscription to a new ledger by the API.
func addFirst(address string) error {
	c, err := dial(address)
	if err != nil {
		return err
	}
	defer c.close()
	body, err := c.ask([]byte(packetOf + `<add><gen_setup><name>site-1.example</name></gen_setup></add>` + packetTo))
	if err != nil {
		return err
	}
	const answer = "<status>ok</status><id>1</id>"
	if !strings.Contains(string(body), answer) {
		return fmt.Errorf("adding the first subscription was answered %q", body)
	}
	return nil
}

// multiply makes so many subscriptions of the first one, straight in the
// database of a server that is stopped: adding them one by one would take
// longer than all that is measured.
func multiply(data string, sites int) (err error) {
	db, err := sql.Open("sqlite", filepath.Join(data, "ledger.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	_, err = db.Exec(`
		BEGIN;
		CREATE TEMP TABLE added (id INTEGER PRIMARY KEY);
		WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < $1) INSERT INTO added SELECT i FROM n;
		INSERT INTO sites (id, webspace_id, guid, name, unicode_name, created, status, description, settings)
			SELECT a.id, a.id, lower(hex(randomblob(16))), 'site-' || a.id || '.example', 'site-' || a.id || '.example',
				s.created, s.status, s.description, s.settings
			FROM added a, sites s WHERE s.id = 1 ORDER BY a.id;
		INSERT INTO webspaces (id, owner_id, external_id, admin_description, reseller_description, plan_id, locked, settings)
			SELECT a.id, w.owner_id, w.external_id, w.admin_description, w.reseller_description, w.plan_id, w.locked, w.settings
			FROM added a, webspaces w WHERE w.id = 1 ORDER BY a.id;
		COMMIT;`, sites)
	return err
}
