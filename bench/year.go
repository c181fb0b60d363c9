package main

import "github.com/hostledger/hostledger/ledger"

const daysOfYear = 365

// yearsAsked is how many subscriptions the years that are asked for belong to.
const yearsAsked = 50

// measureYear asks for the days of a year of one subscription at a time. The
// ledger holds what measureBulk has loaded, and a whole year of every so many
// subscriptions.
func (b *bench) measureYear(r round) error {
	s, err := b.roundServer()
	if err != nil {
		return err
	}
	if s.version < 0 {
		if _, err := b.load(s, 0); err != nil {
			return err
		}
	}
	years, err := b.loadYears(s)
	if err != nil {
		return err
	}
	for _, kind := range []struct {
		traffic
		years int
	}{
		{traffic{1, yearRate, yearP50, yearP99, ""}, b.sizes.years},
		{traffic{16, manyYearsRate, manyYearsP50, manyYearsP99, manyYearsEffort}, b.sizes.manyYears},
	} {
		messages := make([]message, kind.years)
		for i := range messages {
			messages[i] = years[i%len(years)]
		}
		if err := kind.measure(s, messages, 1, r); err != nil {
			return err
		}
	}
	return nil
}

// loadYears completes the year of some subscriptions, all over the ledger, and
// returns questions for some of these with their answers, each of which it has
// checked counter by counter.
func (b *bench) loadYears(s *ledgerServer) ([]message, error) {
	missing := daysOfYear - b.sizes.days
	since, step := firstDay.AddDays(-missing), b.sizes.sites/b.sizes.yearSites
	site := func(i int) int64 { return int64(i*step) + 1 }
	packet := setTraffic(b.sizes.yearSites*missing, func(i int) ledger.MailTraffic {
		return record(site(i/missing), since.AddDays(i%missing), s.version)
	})
	if _, err := drive(s.address, 1, []message{packet}); err != nil {
		return nil, err
	}
	c, err := dial(s.address)
	if err != nil {
		return nil, err
	}
	defer c.close()
	var years []message
	for i := 0; i < b.sizes.yearSites; i += max(1, b.sizes.yearSites/yearsAsked) {
		answer, err := readBack(c, site(i), since, daysOfYear, s.version)
		if err != nil {
			return nil, err
		}
		years = append(years, newMessage(getTraffic(site(i), since, since.AddDays(daysOfYear-1)), answer))
	}
	return years, nil
}
