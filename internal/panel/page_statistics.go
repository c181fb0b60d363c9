package panel

import (
	"context"

	"github.com/hostledger/hostledger/internal/collect"
	"github.com/hostledger/hostledger/ledger"
)

// Uint is for templates, whose numbers of bytes and things are not negative.
func (collectorView) Uint(n int64) uint64 { return uint64(max(n, 0)) }

// Collecting tells what the collector of this server has done; nil while it
// does not run.
type Collecting func(context.Context) (*collect.Status, error)

// statisticsView tells who sends traffic.
type statisticsView struct {
	Sources []trafficSource
	Newest  ledger.Date // the last day that anybody sent traffic for; 0: none
	Refused uint64      // records of all
	// Yesterday is the day of the example for those who begin.
	Yesterday ledger.Date
	Collector *collectorView // for the administrator of a server that reads logs
}

type trafficSource struct {
	ledger.TrafficSource
	Ago string // when it sent last
}

// collectorView is what the collector of this server has done.
type collectorView struct {
	*collect.Status // nil while it does not run
	Delivered       []string
}

func statisticsPage(v *visit) error {
	data := statisticsView{Yesterday: v.Ledger.Today().AddDays(-1)}
	now := v.Ledger.Now()
	for _, s := range v.Ledger.TrafficSources(v.who) {
		data.Sources = append(data.Sources, trafficSource{s, v.reader.Ago(now, s.Last)})
		data.Newest = max(data.Newest, s.Newest)
		data.Refused = ledger.AddBytes(data.Refused, s.Refused)
	}
	var err error
	if data.Collector, err = v.collector(); err != nil {
		return err
	}
	return v.show(view{template: "statistics", title: "Statistics", data: data})
}

func (v *visit) collector() (*collectorView, error) {
	if v.Collecting == nil || v.who.Role != ledger.RoleAdmin {
		return nil, nil
	}
	status, err := v.Collecting(v.r.Context())
	if err != nil || status == nil {
		return &collectorView{}, err
	}
	c := &collectorView{Status: status}
	for _, t := range status.Targets {
		when := "never"
		if !t.Delivered.IsZero() {
			when = v.reader.Ago(v.Ledger.Now(), t.Delivered)
		}
		c.Delivered = append(c.Delivered, when)
	}
	return c, nil
}
