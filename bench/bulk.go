package main

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// measureBulk posts a packet with some days of every subscription (a million
// nodes) and then, with other values, the same rows again. The nodes go
// through one subscription after the other, so that the server has to bring
// them into the order of its key. The C program writes the same rows in turn.
func (b *bench) measureBulk(r round) error {
	s, err := b.roundServer()
	if err != nil {
		return err
	}
	since, days := b.bulkDays()
	for version, figure := range []figure{bulkFirst, bulkRewrite} {
		s.ForgetPeak()
		t, err := post(s.address, b.bulkPacket(int64(version)))
		if err != nil {
			return err
		}
		r[figure] = t.rate(b.sizes.sites * days)
		r[bulkPeak] = max(r[bulkPeak], s.Peak())
		if err := s.spotCheck(b.sizes.sites, since, days, int64(version)); err != nil {
			return err
		}
	}
	time.Sleep(b.sizes.rest)
	r[bulkMemory] = s.Memory()
	return b.measureReference(r)
}

// bulkDays are the days of the large packet: they leave some up to today for
// other rows that are new.
func (b *bench) bulkDays() (since ledger.Date, days int) {
	return b.today.AddDays(-b.sizes.days - otherDays), b.sizes.days
}

const otherDays = 4

// bulkPacket is the large packet.
func (b *bench) bulkPacket(version int64) message {
	since, days := b.bulkDays()
	return setTraffic(b.sizes.sites*days, func(i int) ledger.MailTraffic {
		return record(int64(i/days)+1, since.AddDays(i%days), version)
	})
}

// measureReference has the C program write the rows of measureBulk on the same
// disk.
func (b *bench) measureReference(r round) (err error) {
	dir := filepath.Join(b.dir, "reference")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	since, days := b.bulkDays()
	c, err := b.writeReference(filepath.Join(dir, "traffic.db"), 2, since, days)
	r[referenceFirst], r[referenceRewrite] = c.first, c.rewrite
	return err
}
