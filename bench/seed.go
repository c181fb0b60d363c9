package main

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver
)

// seed makes the data folder that each round begins with: a new ledger with
// its subscriptions, which have the ids from 1 up.
func (b *bench) seed() error {
	if b.seeded != "" {
		return nil
	}
	if err := b.build(); err != nil {
		return err
	}
	data := filepath.Join(b.dir, "seeded")
	s, err := startServer(b.ctx, b.program, data)
	if err != nil {
		return err
	}
	err = addFirst(s.address)
	s.stop()
	if err != nil {
		return err
	}
	if err := multiply(data, b.sizes.sites); err != nil {
		return fmt.Errorf("adding subscriptions: %w", err)
	}
	b.seeded = data
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
