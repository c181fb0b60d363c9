package main

import (
	"bufio"
	"errors"
	"os"
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
		return b.measureOwnPostgres(p, dir, r)
	})
}

func (b *bench) measureOwnPostgres(p *peers.Postgres, dir string, r round) (err error) {
	const name = "own"
	if err := p.Create(b.ctx, name); err != nil {
		return err
	}
	db, err := p.Open(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	d := postgres(db, p)
	if err := b.measureCopy(p, d, name, dir, r); err != nil {
		return err
	}
	return b.measureDatabase(d, postgresFigures, r)
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
func (b *bench) measureCopy(p *peers.Postgres, d *database, name, dir string, r round) error {
	if err := d.create(0); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "copy.sql"), []byte(copyScript), 0o600); err != nil {
		return err
	}
	since, days := b.bulkDays()
	for version, figure := range []figure{copyBulk, copyRewrite} {
		if err := b.writeRows(filepath.Join(dir, "rows.csv"), int64(version)); err != nil {
			return err
		}
		command := p.PSQL(b.ctx, name, "copy.sql")
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
