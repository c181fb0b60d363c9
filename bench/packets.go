package main

import "github.com/hostledger/hostledger/ledger"

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
	for i, kind := range [otherDays]struct {
		load
		packets, nodes int
	}{
		{load{1, singleRate, singleP50, singleP99, ""}, b.sizes.singles, 1},
		{load{16, manyRate, manyP50, manyP99, manyEffort}, b.sizes.concurrent, 1},
		{load{1, hundredsRate, "", "", ""}, b.sizes.hundreds, 100},
		{load{1, thousandsRate, "", "", ""}, b.sizes.thousands, min(10_000, b.sizes.sites)},
	} {
		date := b.today.AddDays(i + 1 - otherDays)
		messages := packets(kind.packets, kind.nodes, onDate(date))
		if err := kind.measure(messengers(s.address, messages), kind.packets, kind.nodes, s.Time, r); err != nil {
			return err
		}
		if err := s.spotCheck(kind.packets*kind.nodes, date, 1, 0); err != nil {
			return err
		}
	}
	return nil
}

// packets returns packets of so many nodes each. key tells the subscription and
// the day of the i-th node of all.
func packets(count, nodes int, key func(i int) (site int64, date ledger.Date)) []message {
	messages := make([]message, count)
	for p := range messages {
		messages[p] = setTraffic(nodes, func(n int) ledger.MailTraffic {
			site, date := key(p*nodes + n)
			return record(site, date, 0)
		})
	}
	return messages
}

// onDate gives each node another subscription, on one day.
func onDate(date ledger.Date) func(i int) (int64, ledger.Date) {
	return func(i int) (int64, ledger.Date) { return int64(i) + 1, date }
}
