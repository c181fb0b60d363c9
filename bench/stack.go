package main

import (
	"errors"

	"github.com/hostledger/hostledger/bench/peers"
)

// measureStack has nginx, PHP-FPM and MariaDB take the same packets as
// Hostledger, and then asks MariaDB by its own protocol.
func (b *bench) measureStack(r round) error {
	return b.withFolder(func(dir string) error {
		s, err := peers.StartStack(b.ctx, dir)
		if err != nil {
			return b.leaveOut("nginx + PHP-FPM + MariaDB", err)
		}
		defer s.Stop()
		d := mariaDB(s.MariaDB)
		if err := b.measureStackPackets(s, d, r); err != nil {
			return err
		}
		return b.measureDatabase(d, mariaDBFigures, r)
	})
}

func (b *bench) measureStackPackets(s *peers.Stack, d *database, r round) error {
	if err := errors.Join(d.create(b.sizes.sites), d.addAccount()); err != nil {
		return err
	}
	t, err := post(s.Address, b.bulkPacket(0))
	if err != nil {
		return err
	}
	since, days := b.bulkDays()
	r[stackBulk] = t.rate(b.sizes.sites * days)
	if err := d.check(b.sizes.sites, since, days, 0); err != nil {
		return err
	}
	messages := packets(b.sizes.peerSingles, 1, onDate(b.today))
	singles := load{16, stackRate, "", stackP99, stackEffort}
	if err := singles.measure(messengers(s.Address, messages), len(messages), 1, s.Time, r); err != nil {
		return err
	}
	return d.check(len(messages), b.today, 1, 0)
}
