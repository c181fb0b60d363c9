package main

import (
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// measureBulk posts a packet with five days of every subscription (a million
// nodes) and then, with other values, the same rows again. The nodes go
// through one subscription after the other, so that the server has to bring
// them into the order of its key. The C program writes the same rows in turn.
func (b *bench) measureBulk(r round) error {
	s, err := b.roundServer()
	if err != nil {
		return err
	}
	time.Sleep(rest)
	idle := s.memory("VmRSS")
	rows := b.sizes.sites * b.sizes.days
	for version, figure := range []figure{bulkFirst, bulkRewrite} {
		s.forgetPeak()
		t, err := b.load(s, int64(version))
		if err != nil {
			return err
		}
		r[figure] = t.rate(rows)
		if peak := s.memory("VmHWM"); peak > 0 {
			r[bulkMemory] = max(r[bulkMemory], peak-idle)
		}
		if err := s.spotCheck(b.sizes.sites, firstDay, b.sizes.days, s.version); err != nil {
			return err
		}
	}
	return b.measureReference(r)
}

// load posts the large packet.
func (b *bench) load(s *ledgerServer, version int64) (timing, error) {
	days := b.sizes.days
	packet := setTraffic(b.sizes.sites*days, func(i int) ledger.MailTraffic {
		return record(int64(i/days)+1, firstDay.AddDays(i%days), version)
	})
	t, err := drive(s.address, 1, []message{packet})
	if err == nil {
		s.version = version
	}
	return t, err
}

// traffic is a load of many messages and the figures that it gives; those
// that are empty are not taken.
type traffic struct {
	connections            int
	rate, p50, p99, effort figure
}

// measure drives messages, each of which holds so many nodes.
func (k traffic) measure(s *ledgerServer, messages []message, nodes int, r round) error {
	before := s.processorTime()
	t, err := drive(s.address, k.connections, messages)
	if err != nil {
		return err
	}
	r[k.rate] = t.rate(len(messages) * nodes)
	r[k.p50], r[k.p99] = t.quantile(0.5).Seconds(), t.quantile(0.99).Seconds()
	if used := s.processorTime() - before; used > 0 {
		r[k.effort] = used / float64(len(messages))
	}
	delete(r, "")
	return nil
}

// measurePackets posts smaller packets, each kind on a day of its own: the rows
// are new. What the disk needs for a commit is measured next to them.
func (b *bench) measurePackets(r round) error {
	s, err := b.roundServer()
	if err != nil {
		return err
	}
	if err := b.measureDisk(r); err != nil {
		return err
	}
	for i, kind := range []struct {
		traffic
		packets, nodes int
	}{
		{traffic{1, singleRate, singleP50, singleP99, ""}, b.sizes.singles, 1},
		{traffic{16, manyRate, manyP50, manyP99, manyEffort}, b.sizes.concurrent, 1},
		{traffic{1, hundredsRate, "", "", ""}, b.sizes.hundreds, 100},
		{traffic{1, thousandsRate, "", "", ""}, b.sizes.thousands, 10_000},
	} {
		date := firstDay.AddDays(b.sizes.days + i)
		messages := make([]message, kind.packets)
		for p := range messages {
			messages[p] = setTraffic(kind.nodes, func(n int) ledger.MailTraffic {
				return record(int64(p*kind.nodes+n)+1, date, 0)
			})
		}
		if err := kind.measure(s, messages, kind.nodes, r); err != nil {
			return err
		}
		if err := s.spotCheck(kind.packets*kind.nodes, date, 1, 0); err != nil {
			return err
		}
	}
	return nil
}
