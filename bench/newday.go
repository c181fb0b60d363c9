package main

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/hostledger/hostledger/ledger"
)

// measureNewDay posts a packet with today's traffic of every subscription to a
// ledger that has the days before, and then, with other values, again. The C
// program writes the same rows into its table, which has the same days.
func (b *bench) measureNewDay(r round) (err error) {
	data, err := b.ledgerOf("days", b.sizes.sites, b.daysBefore())
	if err != nil {
		return err
	}
	s, err := b.startCopy(data)
	if err != nil {
		return err
	}
	err = b.postNewDay(s, r)
	if err := errors.Join(err, s.remove()); err != nil {
		return err
	}
	return b.measureNewDayReference(r)
}

func (b *bench) postNewDay(s *ledgerServer, r round) error {
	for version, figure := range []figure{newDayFirst, newDayRewrite} {
		packet := setTraffic(b.sizes.sites, func(i int) ledger.MailTraffic {
			return record(int64(i)+1, b.today, int64(version))
		})
		t, err := post(s.address, packet)
		if err != nil {
			return err
		}
		r[figure] = t.rate(b.sizes.sites)
		if err := s.spotCheck(b.sizes.sites, b.today, 1, int64(version)); err != nil {
			return err
		}
	}
	before := b.daysBefore()
	return s.spotCheck(b.sizes.sites, before.since, before.days, 0)
}

// daysBefore are the days before today that are stored.
func (b *bench) daysBefore() stored {
	return stored{b.today.AddDays(-b.sizes.storedDays), b.sizes.storedDays}
}

// measureNewDayReference has the C program write today's rows into a copy of a
// database with the days before.
func (b *bench) measureNewDayReference(r round) (err error) {
	stored, err := b.storedReference()
	if err != nil {
		return err
	}
	dir := filepath.Join(b.dir, "reference")
	if err := b.copy(dir, stored); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	c, err := b.writeReference(filepath.Join(dir, "traffic.db"), 2, b.today, 1)
	r[newDayReference], r[newDayReferenceRewrite] = c.first, c.rewrite
	return err
}

// storedReference returns the folder of the C program's database with the days
// before today.
func (b *bench) storedReference() (dir string, err error) {
	dir = filepath.Join(b.dir, "reference-days")
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return "", err
	}
	for d := b.sizes.storedDays; d > 0; d-- {
		if _, err := b.writeReference(filepath.Join(dir, "traffic.db"), 1, b.today.AddDays(-d), 1); err != nil {
			return "", err
		}
	}
	return dir, nil
}
