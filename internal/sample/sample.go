// Package sample is the ledger of a web host as one may meet it: what it sells,
// a reseller, customers with their subscriptions, sites, prices and balances,
// and more than a year of traffic. It is the same in every run. The control
// panel is tested and photographed with it.
package sample

import (
	"embed"
	"io/fs"
	"strings"
	"time"

	"github.com/hostledger/hostledger/ledger"
)

// Password is that of every account but the administrator's.
const Password = "setup-Pa55word"

// Now is when the sample is looked at: renewals are near or over then, and the
// traffic ends with the day before.
var Now = time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)

// Begin is when the accounts and subscriptions were made, and the first day
// with traffic.
var Begin = Now.AddDate(0, 0, -trafficDays)

//go:embed packets/*.xml
var packets embed.FS

// Fixture returns the sample as the packets of a fixture, for an administrator
// who has nothing else yet: the ids that the packets name are those that an
// empty ledger gives out.
func Fixture() string {
	var all strings.Builder
	files, err := fs.Glob(packets, "packets/*.xml")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, name := range files {
		packet, err := packets.ReadFile(name)
		if err != nil {
			panic(err) // it is embedded
		}
		all.Write(packet)
	}
	writeTraffic(&all, ledger.DateOf(Begin), ledger.DateOf(Now).AddDays(-1))
	return all.String()
}
