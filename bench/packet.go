package main

import (
	"strconv"

	"github.com/hostledger/hostledger/ledger"
)

const (
	packetOf = "<packet version=\"1.6.3.0\">\n<webspace>\n"
	packetTo = "</webspace>\n</packet>\n"
)

// record returns the traffic of a subscription on a day. Every one is
// different, as long as the documentation's samples are, and differs from one
// version to the next. reference/upsert.c has the same formula.
func record(site int64, date ledger.Date, version int64) ledger.MailTraffic {
	n := int64(date)*1_000_000 + site
	return ledger.MailTraffic{
		SiteID: site, Date: date, Given: ledger.AllMailCounters,
		SMTPIn:      n%899_999_999_981 + version,
		SMTPOut:     n%8_999_999_929 + version,
		POP3IMAPIn:  n%89_999_999 + version,
		POP3IMAPOut: n%7_999_999_927 + version,
	}
}

// appendNode appends a set_traffic node, indented like the documentation's.
func appendNode(b []byte, t ledger.MailTraffic) []byte {
	b = append(b, "<set_traffic>\n   <dom_id>"...)
	b = strconv.AppendInt(b, t.SiteID, 10)
	b = append(b, "</dom_id>\n   <date>"...)
	b = t.Date.Append(b)
	b = append(b, "</date>\n   <smtp_in>"...)
	b = strconv.AppendInt(b, t.SMTPIn, 10)
	b = append(b, "</smtp_in>\n   <smtp_out>"...)
	b = strconv.AppendInt(b, t.SMTPOut, 10)
	b = append(b, "</smtp_out>\n   <pop3_imap_in>"...)
	b = strconv.AppendInt(b, t.POP3IMAPIn, 10)
	b = append(b, "</pop3_imap_in>\n   <pop3_imap_out>"...)
	b = strconv.AppendInt(b, t.POP3IMAPOut, 10)
	return append(b, "</pop3_imap_out>\n</set_traffic>\n"...)
}

// setTraffic returns the packet that sets records, with the answer that it has
// to get: every one stored, in the same order.
func setTraffic(records int, at func(i int) ledger.MailTraffic) message {
	const node, result = 220, 80
	packet := append(make([]byte, 0, records*node), packetOf...)
	answer := make([]byte, 0, records*result+128)
	answer = append(answer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<packet version=\"1.6.3.0\"><webspace>"...)
	for i := range records {
		t := at(i)
		packet = appendNode(packet, t)
		answer = append(answer, "<set_traffic><result><status>ok</status><id>"...)
		answer = strconv.AppendInt(answer, t.SiteID, 10)
		answer = append(answer, "</id></result></set_traffic>"...)
	}
	packet = append(packet, packetTo...)
	return newMessage(packet, append(answer, "</webspace></packet>\n"...))
}

// getTraffic returns the packet that asks for days of a subscription.
func getTraffic(site int64, since, to ledger.Date) []byte {
	b := append([]byte(packetOf), "<get_traffic><filter><id>"...)
	b = strconv.AppendInt(b, site, 10)
	b = append(b, "</id></filter><since_date>"...)
	b = since.Append(b)
	b = append(b, "</since_date><to_date>"...)
	b = to.Append(b)
	return append(b, "</to_date></get_traffic>\n"+packetTo...)
}
