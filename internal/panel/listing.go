package panel

import (
	"maps"
	"net/url"
	"slices"
	"strconv"

	"github.com/hostledger/hostledger/ledger"
)

// rowsPerPage is how many rows of a list a page has.
const rowsPerPage = 50

// listing reads which part of a list is asked for.
func (v *visit) listing() ledger.Listing {
	query := v.query()
	number, _ := strconv.Atoi(query.Get("page"))
	order := ledger.Order(query.Get("sort"))
	if !slices.Contains(orders, order) {
		order = ledger.OrderName
	}
	return ledger.Listing{
		Search: query.Get("q"), Order: order, Descending: query.Get("desc") != "",
		Offset: (min(max(number, 1), mostPages) - 1) * rowsPerPage, Limit: rowsPerPage,
	}
}

var orders = []ledger.Order{ledger.OrderName, ledger.OrderOwner, ledger.OrderCreated, ledger.OrderRenewal}

const mostPages = 1_000_000

// pages tell which part of a list is shown, and where the others are.
type pages struct {
	Path, Search   string
	Total          int
	Shown          string // 1–50 of 1,234
	Previous, Next string // addresses; "" for none
	query          url.Values
	order          ledger.Order
	descending     bool
}

func (v *visit) pagesOf(list ledger.Listing, total int) pages {
	p := pages{
		Path: v.r.URL.Path, Search: list.Search, Total: total, query: v.query(), order: list.Order, descending: list.Descending,
	}
	count := func(n int) string { return v.reader.Count(uint64(n)) }
	last := min(list.Offset+list.Limit, total)
	switch {
	case total == 0:
		p.Shown = "None found"
	case list.Offset >= total:
		p.Shown = count(0) + " of " + count(total)
	default:
		p.Shown = count(list.Offset+1) + "–" + count(last) + " of " + count(total)
	}
	number := list.Offset/rowsPerPage + 1
	if list.Offset > 0 {
		p.Previous = p.with("page", strconv.Itoa(min(number-1, (total+rowsPerPage-1)/rowsPerPage)))
	}
	if last < total {
		p.Next = p.with("page", strconv.Itoa(number+1))
	}
	return p
}

// with returns the address of the list with parameters changed: names and
// values in turn, "" for none.
func (p pages) with(pairs ...string) string {
	query := url.Values{}
	for name, values := range p.query {
		query[name] = values
	}
	for i := 0; i < len(pairs); i += 2 {
		if query.Del(pairs[i]); pairs[i+1] != "" {
			query.Set(pairs[i], pairs[i+1])
		}
	}
	return "?" + query.Encode()
}

// Kept returns the parameters that a search leaves as they are.
func (p pages) Kept() url.Values {
	kept := maps.Clone(p.query)
	for _, name := range []string{"q", "page"} {
		kept.Del(name)
	}
	return kept
}

// column is the head of a column that a list can be sorted by.
type column struct {
	Name, Link, Sorted string // Sorted: ascending, descending or none, as aria-sort has it
}

// Column returns the head of a column; what is sorted by it already is turned
// round.
func (p pages) Column(name, order string) column {
	switch {
	case string(p.order) != order:
		return column{name, p.with("sort", order, "desc", "", "page", ""), "none"}
	case p.descending:
		return column{name, p.with("desc", "", "page", ""), "descending"}
	}
	return column{name, p.with("sort", order, "desc", "1", "page", ""), "ascending"}
}
