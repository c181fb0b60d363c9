package main

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/hostledger/hostledger/bench/peers"
	"github.com/hostledger/hostledger/bench/process"
)

// measurePostgres asks PostgreSQL by its own protocol, has psql load the rows
// of the large packet, and has Hostledger keep its ledger there.
func (b *bench) measurePostgres(r round) error {
	return b.withFolder(func(dir string) error {
		p, err := peers.StartPostgres(b.ctx, dir)
		if err != nil {
			return b.leaveOut("PostgreSQL", err)
		}
		defer p.Stop()
		if err := b.inDatabase(p, "tables", func(d *database) error { return b.measureTables(p, d, dir, r) }); err != nil {
			return err
		}
		return b.inDatabase(p, "ledger", func(d *database) error { return b.measureLedger(p, d, r) })
	})
}

// inDatabase makes a database to do something with.
func (b *bench) inDatabase(p *peers.Postgres, name string, do func(*database) error) error {
	db, err := p.Create(b.ctx, name)
	if err != nil {
		return err
	}
	return errors.Join(do(postgres(db, p)), db.Close())
}

// measureTables measures PostgreSQL without Hostledger.
func (b *bench) measureTables(p *peers.Postgres, d *database, dir string, r round) error {
	if err := b.measureCopy(p, d, dir, r); err != nil {
		return err
	}
	return b.measureDatabase(d, postgresFigures, r)
}

// measureLedger measures a server that keeps its ledger in PostgreSQL.
func (b *bench) measureLedger(p *peers.Postgres, d *database, r round) error {
	if err := b.seedPostgres(p, d); err != nil {
		return err
	}
	s, err := b.serveFromPostgres(p)
	if err != nil {
		return err
	}
	defer s.Stop()
	since, days := b.bulkDays()
	for version, figure := range []figure{postgresBulk, postgresRewrite} {
		if err := d.checkpoint(); err != nil {
			return err
		}
		t, err := post(s.address, b.bulkPacket(int64(version)))
		if err != nil {
			return err
		}
		r[figure] = t.rate(b.sizes.sites * days)
		if err := s.spotCheck(b.sizes.sites, since, days, int64(version)); err != nil {
			return err
		}
	}
	if err := d.checkpoint(); err != nil {
		return err
	}
	messages := packets(b.sizes.peerSingles, 1, onDate(b.today))
	singles := load{16, postgresRate, "", postgresP99, postgresEffort}
	if err := singles.measure(messengers(s.address, messages), len(messages), 1, s.Time, r); err != nil {
		return err
	}
	return s.spotCheck(len(messages), b.today, 1, 0)
}

// seedPostgres makes a ledger with its subscriptions.
func (b *bench) seedPostgres(p *peers.Postgres, d *database) error {
	if err := b.build(); err != nil {
		return err
	}
	s, err := b.serveFromPostgres(p)
	if err != nil {
		return err
	}
	c, err := dial(s.address)
	if err == nil {
		_, err = c.ask([]byte(addPacket))
		c.close()
	}
	s.Stop()
	if err != nil {
		return err
	}
	if err := multiplyIn(d.DB, b.sizes.sites); err != nil {
		return err
	}
	_, err = d.Exec("ANALYZE")
	return err
}

func (b *bench) serveFromPostgres(p *peers.Postgres) (*ledgerServer, error) {
	return startServer(exec.CommandContext(b.ctx, b.program, "serve", "--http", "127.0.0.1:0", "--listen", "", "--db", p.URL("ledger")), "")
}

// checkpoint has PostgreSQL write what it would otherwise write while something
// else is measured.
func (d *database) checkpoint() error {
	_, err := d.Exec("CHECKPOINT")
	return err
}

// copyScript loads rows by COPY and one upsert in one transaction.
const copyScript = `BEGIN;
CREATE TEMPORARY TABLE loaded (site_id bigint, date integer, smtp_in bigint, smtp_out bigint,
	pop3_imap_in bigint, pop3_imap_out bigint) ON COMMIT DROP;
\copy loaded FROM 'rows.csv' (FORMAT csv)
INSERT INTO traffic (` + mailColumns + `) SELECT * FROM loaded
` + postgresConflict + `;
COMMIT;
`

// measureCopy has psql load the rows of the large packet, and rewrite them.
func (b *bench) measureCopy(p *peers.Postgres, d *database, dir string, r round) error {
	if err := d.create(0); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "copy.sql"), []byte(copyScript), 0o600); err != nil {
		return err
	}
	since, days := b.bulkDays()
	for version, figure := range []figure{copyBulk, copyRewrite} {
		if err := errors.Join(b.writeRows(filepath.Join(dir, "rows.csv"), int64(version)), d.checkpoint()); err != nil {
			return err
		}
		command := p.PSQL(b.ctx, "tables", "copy.sql")
		command.Dir = dir
		start := time.Now()
		if err := process.Run(command); err != nil {
			return err
		}
		r[figure] = float64(b.sizes.sites*days) / time.Since(start).Seconds()
		if err := d.check(b.sizes.sites, since, days, int64(version)); err != nil {
			return err
		}
	}
	return nil
}

// writeRows writes the rows of the large packet, in its order, for COPY.
func (b *bench) writeRows(name string, version int64) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(file)
	since, days := b.bulkDays()
	var line []byte
	for i := range b.sizes.sites * days {
		line = append(appendRow(line[:0], record(int64(i/days)+1, since.AddDays(i%days), version)), '\n')
		if _, err := out.Write(line); err != nil {
			return errors.Join(err, file.Close())
		}
	}
	return errors.Join(out.Flush(), file.Close())
}
