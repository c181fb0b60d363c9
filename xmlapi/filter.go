package xmlapi

import (
	"strconv"

	"github.com/hostledger/hostledger/ledger"
)

// The filters' elements, in the order of the schema; ByAll is <all/>. See the
// pages on available filters.
var (
	webspaceSelectors = []ledger.By{
		ledger.ByID, ledger.ByOwnerID, ledger.ByName, ledger.ByOwnerLogin,
		ledger.ByGUID, ledger.ByOwnerGUID, ledger.ByExternalID, ledger.ByOwnerExternalID, ledger.ByAll,
	}
	customerSelectors = []ledger.By{
		ledger.ByID, ledger.ByLogin, ledger.ByOwnerID, ledger.ByOwnerLogin, ledger.ByGUID, ledger.ByExternalID, ledger.ByAll,
	}
	resellerSelectors = []ledger.By{ledger.ByID, ledger.ByLogin, ledger.ByGUID, ledger.ByAll, ledger.ByExternalID}
	siteSelectors     = []ledger.By{
		ledger.ByID, ledger.ByParentID, ledger.ByParentSiteID, ledger.ByName, ledger.ByParentName,
		ledger.ByParentSiteName, ledger.ByGUID, ledger.ByParentGUID, ledger.ByParentSiteGUID, ledger.ByAll,
	}
	subdomainSelectors    = []ledger.By{ledger.ByID, ledger.ByName, ledger.ByParentName, ledger.ByAll}
	aliasSelectors        = []ledger.By{ledger.ByID, ledger.ByName, ledger.BySiteID, ledger.BySiteName, ledger.ByAll}
	planSelectors         = []ledger.By{ledger.ByName, ledger.ByID, ledger.ByGUID, ledger.ByExternalID}
	resellerPlanSelectors = []ledger.By{ledger.ByID, ledger.ByName, ledger.ByAll, ledger.ByGUID, ledger.ByExternalID}
)

// Filter reads a filter element: any number of elements of one kind. None, or
// <all/>, means every object that the caller may see.
func (r *Reader) Filter(selectors []ledger.By) ledger.Filter { return r.filter(selectors, r.NextOf) }

// FilledFilter is Filter for one that must not be blank.
func (r *Reader) FilledFilter(selectors []ledger.By) ledger.Filter {
	return r.filter(selectors, r.OneOf)
}

func (r *Reader) filter(selectors []ledger.By, which func(...string) int) (f ledger.Filter) {
	if !r.Enter("filter") {
		return f
	}
	names := make([]string, len(selectors))
	for i, by := range selectors {
		if names[i] = string(by); by == ledger.ByAll {
			names[i] = "all"
		}
	}
	switch i := which(names...); {
	case i < 0:
	case selectors[i] == ledger.ByAll:
		r.Empty("all")
	default:
		f.By = selectors[i]
		f.Values = r.filterValues(names[i], f.By)
	}
	r.Leave()
	return f
}

func (r *Reader) filterValues(name string, by ledger.By) (values []string) {
	for again := true; again; again = r.Next(name) {
		switch by {
		case ledger.ByID, ledger.BySiteID:
			values = append(values, itoa(r.ID(name)))
		case ledger.ByOwnerID, ledger.ByParentID, ledger.ByParentSiteID:
			values = append(values, itoa(r.Int(name)))
		default:
			values = append(values, r.String(name))
		}
	}
	return values
}

// names reads a filter that holds any number of elements with this name; none
// means every object.
func (r *Reader) names(name string) (values []string) {
	if !r.Enter("filter") {
		return nil
	}
	for r.Next(name) {
		values = append(values, r.String(name))
	}
	r.Leave()
	return values
}

// selector reads an optional choice of elements that name one object; readID
// reads the one that holds an id.
func (r *Reader) selector(readID func(string) int64, choices []ledger.By, names ...string) *ledger.Selector {
	i := r.NextOf(names...)
	if i < 0 {
		return nil
	}
	s := &ledger.Selector{By: choices[i]}
	if s.By == ledger.ByID {
		s.Value = itoa(readID(names[i]))
	} else {
		s.Value = r.String(names[i])
	}
	return s
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
