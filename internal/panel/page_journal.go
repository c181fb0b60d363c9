package panel

import (
	"net/url"
	"strconv"

	"github.com/hostledger/hostledger/ledger"
)

// journalView is a page of the journal, the newest events first.
type journalView struct {
	Groups []eventGroup
	Group  string // the key of the one that is shown; "": all
	Events []eventRow
	Older  string // address of the next page; "": there is none
	IsPart bool   // there may be older events although the page is not full
	Before bool   // newer events are on other pages
}

// eventRow is an event in words.
type eventRow struct {
	ledger.Event
	What   string
	Object eventObject
}

func journalPage(v *visit) error {
	query := v.query()
	before, _ := strconv.ParseInt(query.Get("before"), 10, 64)
	before = max(before, 0)
	data := journalView{Groups: eventGroups, Before: before > 0}
	for _, g := range eventGroups {
		if g.Key == query.Get("about") {
			data.Group = g.Key
		}
	}
	events, next, err := v.events(before, data.Group)
	if err != nil {
		return err
	}
	objects, err := v.eventObjects(events)
	if err != nil {
		return err
	}
	for _, e := range events {
		data.Events = append(data.Events, eventRow{e, eventWords(e.EventKind), objects.of(e)})
	}
	if data.IsPart = next > 0 && len(events) < rowsPerPage; next > 0 {
		older := url.Values{"before": {strconv.FormatInt(next, 10)}}
		if data.Group != "" {
			older.Set("about", data.Group)
		}
		data.Older = "?" + older.Encode()
	}
	return v.show(view{template: "journal", title: "Journal", data: data})
}

const (
	eventsRead = 500
	// mostEventsRead is how many events one page goes through for those of a
	// group, which may be rare.
	mostEventsRead = 20_000
)

// events returns those of a page, and before which one the next page begins, 0
// when there is none.
func (v *visit) events(before int64, group string) (some []ledger.Event, next int64, err error) {
	for read := 0; read < mostEventsRead; read += eventsRead {
		batch, err := v.Ledger.RecentEvents(v.r.Context(), v.who, before, eventsRead)
		if err != nil {
			return nil, 0, err
		}
		for i, e := range batch {
			before = e.ID
			if group == "" || classesByName[e.Class].group == group {
				some = append(some, e)
			}
			if len(some) == rowsPerPage && (i+1 < len(batch) || len(batch) == eventsRead) {
				return some, before, nil
			}
		}
		if len(batch) < eventsRead {
			return some, 0, nil
		}
	}
	return some, before, nil
}
