package xmlapi

import "github.com/hostledger/hostledger/ledger"

// resellerGetDomainList lists the domains and subdomains of resellers: those of
// their own, not those of their customers.
// https://docs.plesk.com/en-US/obsidian/api-rpc/about-xml-api/reference/managing-reseller-accounts/retrieving-the-list-of-reseller%E2%80%99s-domains.75301/
var resellerGetDomainList = register("reseller", "get-domain-list", providers,
	func(f *ledger.Filter, r *Reader) { *f = r.Filter(resellerSelectors) },
	func(c *Call, f *ledger.Filter) {
		matches, err := c.api.Ledger.FindResellers(c, c.who, *f)
		eachLoaded(c, matches, err, ledger.ErrNoReseller, c.api.Ledger.Accounts, accountID, c.readDomains)
	})
