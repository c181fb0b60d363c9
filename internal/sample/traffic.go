package sample

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

const (
	trafficDays = 400
	megabyte    = 1_000_000
)

// senders are the subscriptions that have traffic. The others have none.
var senders = []sender{
	{webspace: 1, workday: 2000 * megabyte, days: trafficDays},
	{webspace: 2, workday: 60 * megabyte, days: trafficDays},
	{webspace: 4, workday: 900 * megabyte, days: trafficDays},
	{webspace: 5, workday: 180 * megabyte, days: trafficDays},
	{webspace: 6, workday: 40 * megabyte, days: trafficDays},
	{webspace: 7, workday: 1500 * megabyte, days: trafficDays},
	{webspace: 8, workday: 3300 * megabyte, days: trafficDays}, // passes its limit
	{webspace: 9, workday: 12_000 * megabyte, days: trafficDays},
	{webspace: 10, workday: 235 * megabyte, days: trafficDays}, // comes near its limit
	{webspace: 12, workday: 700 * megabyte, days: trafficDays},
	{webspace: 13, workday: 120 * megabyte, days: trafficDays},
	{webspace: 15, workday: 500 * megabyte, days: 45},
}

// sender is how much mail goes through a subscription.
type sender struct {
	webspace int64
	workday  int64 // bytes on a usual working day, by now
	days     int   // how long it has had traffic, up to the last day
}

// writeTraffic writes a packet with the traffic of every sender.
func writeTraffic(b *strings.Builder, since, to ledger.Date) {
	b.WriteString("<packet><webspace>\n")
	for _, s := range senders {
		noise := rand.New(rand.NewPCG(uint64(s.webspace), 0))
		for date := since; date <= to; date = date.AddDays(1) {
			age := date.DaysUntil(to)
			bytes := s.on(date, age, noise)
			if age < s.days {
				writeDay(b, s.webspace, date, bytes, noise)
			}
		}
	}
	b.WriteString("</webspace></packet>\n")
}

// on returns how many bytes there are on a day that is age days ago. There are
// fewer at weekends, and fewer the longer ago it is. All of it is whole numbers,
// so that every machine comes to the same.
func (s sender) on(date ledger.Date, age int, noise *rand.Rand) int64 {
	bytes := s.workday / 1000 * int64(1000-age)
	if day := date.Time().Weekday(); day == time.Saturday || day == time.Sunday {
		bytes = bytes / 10 * 4
	}
	return bytes / 100 * (70 + noise.Int64N(61))
}

// writeDay writes the traffic of a day, most of it what people fetch.
func writeDay(b *strings.Builder, webspace int64, date ledger.Date, bytes int64, noise *rand.Rand) {
	part := func(percent int64) int64 { return bytes/100*percent + noise.Int64N(megabyte) }
	fmt.Fprintf(b, "<set_traffic><dom_id>%d</dom_id><date>%s</date><smtp_in>%d</smtp_in><smtp_out>%d</smtp_out>"+
		"<pop3_imap_in>%d</pop3_imap_in><pop3_imap_out>%d</pop3_imap_out></set_traffic>\n",
		webspace, date, part(24), part(11), part(4), part(61))
}
