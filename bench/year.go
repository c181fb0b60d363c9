package main

import (
	"encoding/xml"
	"errors"
	"fmt"

	"github.com/hostledger/hostledger/ledger"
)

const daysOfYear = 365

// yearsAsked is how many subscriptions the years that are asked for belong to.
const yearsAsked = 50

// yearBegins is the first day of the year that ends today.
func (b *bench) yearBegins() ledger.Date { return b.today.AddDays(1 - daysOfYear) }

// yearLedger returns a data folder with a year of some subscriptions.
func (b *bench) yearLedger() (data string, err error) {
	return b.ledgerOf("years", b.sizes.yearSites, stored{b.yearBegins(), daysOfYear})
}

// measureYear asks for the days of a year of one subscription at a time, and
// for the month of all of them.
func (b *bench) measureYear(r round) (err error) {
	data, err := b.yearLedger()
	if err != nil {
		return err
	}
	s, err := b.startCopy(data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.remove()) }()
	years, err := s.years(b.sizes.yearSites, b.yearBegins(), daysOfYear)
	if err != nil {
		return err
	}
	for _, kind := range []struct {
		load
		years int
	}{
		{load{1, yearRate, yearP50, yearP99, ""}, b.sizes.years},
		{load{16, manyYearsRate, manyYearsP50, manyYearsP99, manyYearsEffort}, b.sizes.manyYears},
	} {
		if err := kind.measure(messengers(s.address, repeated(years, kind.years)), kind.years, 1, s.Time, r); err != nil {
			return err
		}
	}
	month, err := s.month(b.sizes.yearSites, b.today.FirstOfMonth(), b.today)
	if err != nil {
		return err
	}
	months := load{1, "", monthP50, monthP99, ""}
	return months.measure(messengers(s.address, repeated([]message{month}, b.sizes.months)), b.sizes.months, 1, s.Time, r)
}

// repeated returns so many messages, the given ones in turn.
func repeated(messages []message, count int) []message {
	all := make([]message, count)
	for i := range all {
		all[i] = messages[i%len(messages)]
	}
	return all
}

// years returns questions for the days from a day on of some subscriptions,
// all over the ledger, with their answers, each of which was checked counter
// by counter.
func (s *ledgerServer) years(sites int, since ledger.Date, days int) ([]message, error) {
	c, err := dial(s.address)
	if err != nil {
		return nil, err
	}
	defer c.close()
	var years []message
	for i := 0; i < sites; i += max(1, sites/yearsAsked) {
		site := int64(i) + 1
		answer, err := readBack(c, site, since, days, 0)
		if err != nil {
			return nil, err
		}
		years = append(years, newMessage(getTraffic(site, since, since.AddDays(days-1)), answer))
	}
	return years, nil
}

// month returns the question for this month's traffic of all subscriptions,
// which is that of the days from since to to, with the answer, of which every
// number of bytes was checked.
func (s *ledgerServer) month(sites int, since, to ledger.Date) (message, error) {
	const question = packetOf + "<get><filter/><dataset><stat/></dataset></get>\n" + packetTo
	c, err := dial(s.address)
	if err != nil {
		return message{}, err
	}
	defer c.close()
	answer, err := c.ask([]byte(question))
	if err != nil {
		return message{}, err
	}
	var got struct {
		Results []struct {
			ID    int64 `xml:"id"`
			Bytes int64 `xml:"data>stat>traffic"`
		} `xml:"webspace>get>result"`
	}
	if err := xml.Unmarshal(answer, &got); err != nil {
		return message{}, fmt.Errorf("reading the month: %w", err)
	}
	if len(got.Results) != sites {
		return message{}, fmt.Errorf("the month is that of %d subscriptions instead of %d: %.300q", len(got.Results), sites, answer)
	}
	for i, result := range got.Results {
		if want := bytesOf(int64(i)+1, since, to); result.ID != int64(i)+1 || result.Bytes != want {
			return message{}, fmt.Errorf("subscription %d has %d bytes this month instead of %d", result.ID, result.Bytes, want)
		}
	}
	return newMessage([]byte(question), answer), nil
}

// bytesOf adds up all counters of a subscription on the days from since to to.
func bytesOf(site int64, since, to ledger.Date) (sum int64) {
	for d := since; d <= to; d = d.AddDays(1) {
		t := record(site, d, 0)
		sum += t.SMTPIn + t.SMTPOut + t.POP3IMAPIn + t.POP3IMAPOut
	}
	return sum
}
