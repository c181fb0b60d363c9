package main

import (
	"encoding/xml"
	"fmt"

	"github.com/hostledger/hostledger/ledger"
)

// spotCheck reads back what a hundred of the first so many subscriptions hold.
func (s *ledgerServer) spotCheck(sites int, since ledger.Date, days int, version int64) error {
	c, err := dial(s.address)
	if err != nil {
		return err
	}
	defer c.close()
	for site := 1; site <= sites; site += max(1, sites/100) {
		if _, err := readBack(c, int64(site), since, days, version); err != nil {
			return err
		}
	}
	return nil
}

// day is a day of an answer to get_traffic.
type day struct {
	Date        ledger.Date `xml:"date"`
	HTTPIn      int64       `xml:"http_in"`
	HTTPOut     int64       `xml:"http_out"`
	FTPIn       int64       `xml:"ftp_in"`
	FTPOut      int64       `xml:"ftp_out"`
	SMTPIn      int64       `xml:"smtp_in"`
	SMTPOut     int64       `xml:"smtp_out"`
	POP3IMAPIn  int64       `xml:"pop3_imap_in"`
	POP3IMAPOut int64       `xml:"pop3_imap_out"`
}

// readBack asks for days of a subscription, checks every counter of every day,
// and returns the answer.
func readBack(c *connection, site int64, since ledger.Date, days int, version int64) ([]byte, error) {
	answer, err := c.ask(getTraffic(site, since, since.AddDays(days-1)))
	if err != nil {
		return nil, err
	}
	var got struct {
		Days []day `xml:"webspace>get_traffic>result>traffic"`
	}
	if err := xml.Unmarshal(answer, &got); err != nil {
		return nil, fmt.Errorf("reading back subscription %d: %w", site, err)
	}
	if len(got.Days) != days {
		return nil, fmt.Errorf("subscription %d has %d days instead of %d: %.300q", site, len(got.Days), days, answer)
	}
	for i, have := range got.Days {
		t := record(site, since.AddDays(i), version)
		want := day{
			Date: t.Date, SMTPIn: t.SMTPIn, SMTPOut: t.SMTPOut, POP3IMAPIn: t.POP3IMAPIn, POP3IMAPOut: t.POP3IMAPOut,
		}
		if have != want {
			return nil, fmt.Errorf("subscription %d has %+v instead of %+v", site, have, want)
		}
	}
	return answer, nil
}
