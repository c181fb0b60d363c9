package xmlapi

import (
	"errors"
	"slices"

	"github.com/hostledger/hostledger/ledger"
)

// siteDel removes sites with their subdomains.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-sites-domains/deleting-sites.66570/
var siteDel = register("site", "del", everyone,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(siteSelectors) },
	func(c *Call, f *ledger.Filter) {
		matches, err := c.api.Ledger.FindSites(c, c.who, *f)
		c.deleteSites(matches, err, ledger.ErrNoSite)
	})

// deleteSites deletes the sites of a filter, the newest first: a subdomain is
// newer than its site, with which it would be gone before its own turn. A
// filter may name a site twice, which is missing the second time.
func (c *Call) deleteSites(matches []ledger.Match, err error, missing error) {
	outcomes := map[int64]error{}
	ids := make([]int64, 0, len(matches))
	for _, m := range matches {
		if m.ID != 0 {
			ids = append(ids, m.ID)
		}
	}
	slices.Sort(ids)
	for _, id := range slices.Backward(slices.Compact(ids)) {
		outcomes[id] = c.api.Ledger.DeleteSite(c, c.who, id)
	}
	c.each(matches, err, func(id int64) error {
		outcome, isFirst := outcomes[id]
		if !isFirst || errors.Is(outcome, ledger.ErrNotFound) {
			return missing
		}
		delete(outcomes, id)
		return outcome
	})
}
