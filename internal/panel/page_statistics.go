package panel

import "github.com/hostledger/hostledger/ledger"

// statisticsView tells who sends traffic.
type statisticsView struct {
	Sources []trafficSource
	Newest  ledger.Date // the last day that anybody sent traffic for; 0: none
	Refused uint64      // records of all
	// Yesterday is the day of the example for those who begin.
	Yesterday ledger.Date
}

type trafficSource struct {
	ledger.TrafficSource
	Ago string // when it sent last
}

func statisticsPage(v *visit) error {
	data := statisticsView{Yesterday: v.Ledger.Today().AddDays(-1)}
	now := v.Ledger.Now()
	for _, s := range v.Ledger.TrafficSources(v.who) {
		data.Sources = append(data.Sources, trafficSource{s, v.reader.Ago(now, s.Last)})
		data.Newest = max(data.Newest, s.Newest)
		data.Refused = ledger.AddBytes(data.Refused, s.Refused)
	}
	return v.show(view{template: "statistics", title: "Statistics", data: data})
}
