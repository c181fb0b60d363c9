package client

import (
	"context"
	"encoding/xml"
	"fmt"
	"slices"

	"github.com/hostledger/hostledger/ledger"
)

// MailTraffic is the mail traffic of a subscription or site on one day, in
// bytes.
type MailTraffic struct {
	ID          int64       `xml:"dom_id"` // of the subscription or site
	Date        ledger.Date `xml:"date"`
	SMTPIn      int64       `xml:"smtp_in"`
	SMTPOut     int64       `xml:"smtp_out"`
	POP3IMAPIn  int64       `xml:"pop3_imap_in"`
	POP3IMAPOut int64       `xml:"pop3_imap_out"`
}

// SiteSetTraffic is the mail traffic of a site on one day, in bytes. A counter
// that is nil stays as it is.
type SiteSetTraffic struct {
	DomID       int64       `xml:"dom_id"` // of the site
	Date        ledger.Date `xml:"date"`
	SMTPIn      *int64      `xml:"smtp_in,omitempty"`
	SMTPOut     *int64      `xml:"smtp_out,omitempty"`
	POP3IMAPIn  *int64      `xml:"pop3_imap_in,omitempty"`
	POP3IMAPOut *int64      `xml:"pop3_imap_out,omitempty"`
}

// nodesPerPacket is how many nodes or values of a filter go into one packet: a
// bound on what is sent again, and on how long a server works on an answer.
const nodesPerPacket = 2000

// SetTraffic stores mail traffic of days: webspace/set_traffic, in as many
// packets as it takes. What a server had for the same day and subscription is
// replaced, so sending twice is sending once.
//
// There is one result for each day given, in the same order; a day that is
// refused touches no other. The error is about a packet as a whole: it was not
// delivered, not answered, or refused. The results are then those of the days
// in the packets before it.
func (c *Client) SetTraffic(ctx context.Context, days []MailTraffic) ([]Result, error) {
	return setTraffic(ctx, c, "webspace", days)
}

// SetSiteTraffic stores mail traffic of days: site/set_traffic. It is as
// [Client.SetTraffic], but for the counters that are left out.
func (c *Client) SetSiteTraffic(ctx context.Context, days []SiteSetTraffic) ([]Result, error) {
	return setTraffic(ctx, c, "site", days)
}

func setTraffic[T any](ctx context.Context, c *Client, operator string, days []T) (all []Result, err error) {
	for packet := range slices.Chunk(days, nodesPerPacket) {
		results, err := setTrafficPacket(ctx, c, operator, packet)
		if err != nil {
			return all, err
		}
		all = append(all, results...)
	}
	return all, nil
}

func setTrafficPacket[T any](ctx context.Context, c *Client, operator string, days []T) ([]Result, error) {
	type nodes struct {
		XMLName xml.Name
		Days    []T `xml:"set_traffic"`
	}
	request := struct {
		XMLName xml.Name `xml:"packet"`
		Nodes   nodes
	}{Nodes: nodes{xml.Name{Local: operator}, days}}
	var answer struct {
		Operator struct {
			Nodes []struct {
				Result Result `xml:"result"`
			} `xml:"set_traffic"`
		} `xml:",any"`
	}
	if err := c.exchange(ctx, request, &answer); err != nil {
		return nil, err
	}
	nodesAnswered := answer.Operator.Nodes
	if len(nodesAnswered) != len(days) {
		return nil, fmt.Errorf("the server answered %d of %d set_traffic nodes", len(nodesAnswered), len(days))
	}
	results := make([]Result, len(days))
	for i := range results {
		results[i] = nodesAnswered[i].Result
	}
	return results, nil
}

// Day is the traffic of a subscription on one day, in bytes, by protocol and
// direction.
type Day struct {
	Date        ledger.Date `xml:"date" json:"date"`
	HTTPIn      int64       `xml:"http_in" json:"http_in"`
	HTTPOut     int64       `xml:"http_out" json:"http_out"`
	FTPIn       int64       `xml:"ftp_in" json:"ftp_in"`
	FTPOut      int64       `xml:"ftp_out" json:"ftp_out"`
	SMTPIn      int64       `xml:"smtp_in" json:"smtp_in"`
	SMTPOut     int64       `xml:"smtp_out" json:"smtp_out"`
	POP3IMAPIn  int64       `xml:"pop3_imap_in" json:"pop3_imap_in"`
	POP3IMAPOut int64       `xml:"pop3_imap_out" json:"pop3_imap_out"`
}

// TrafficResult is the traffic of one subscription, day by day.
type TrafficResult struct {
	Result
	Days []Day `xml:"traffic"`
}

// Traffic returns the traffic of subscriptions from since to to, both
// included: webspace/get_traffic. A zero since means from the creation of the
// subscription, a zero to until today. Each result has its own error; the
// error returned is about the packet as a whole.
func (c *Client) Traffic(ctx context.Context, f ledger.Filter, since, to ledger.Date) ([]TrafficResult, error) {
	request := struct {
		XMLName xml.Name    `xml:"packet"`
		Filter  filter      `xml:"webspace>get_traffic>filter"`
		Since   ledger.Date `xml:"webspace>get_traffic>since_date,omitempty"`
		To      ledger.Date `xml:"webspace>get_traffic>to_date,omitempty"`
	}{Filter: filter(f), Since: since, To: to}
	var answer struct {
		Results []TrafficResult `xml:"webspace>get_traffic>result"`
	}
	err := c.exchange(ctx, request, &answer)
	return answer.Results, err
}
