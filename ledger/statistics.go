package ledger

import (
	"context"
	"strconv"
)

// WebspaceStatistics is what a subscription has and uses.
type WebspaceStatistics struct {
	Usage
	Use
	// Err says why there is no usage: ErrFailed when a sum does not fit 64 bits.
	Err error
}

// WebspaceStatistics counts what subscriptions have and use, by id.
func (l *Ledger) WebspaceStatistics(ctx context.Context, ids []int64) (map[int64]*WebspaceStatistics, error) {
	use, err := l.store.CountUse(ctx, ids)
	if err != nil {
		return nil, err
	}
	family, err := l.store.SiblingSites(ctx, ids)
	if err != nil {
		return nil, err
	}
	webspaceOf, sites := make(map[int64]int64, len(family)), make([]int64, len(family))
	for i, s := range family {
		webspaceOf[s.SiteID], sites[i] = s.WebspaceID, s.SiteID
	}
	months, yesterday, err := l.recentTraffic(ctx, sites)
	if err != nil {
		return nil, err
	}
	statistics := make(map[int64]*WebspaceStatistics, len(ids))
	for _, id := range ids {
		statistics[id] = &WebspaceStatistics{Use: use[id]}
	}
	for i := range months {
		of := statistics[webspaceOf[months[i].SiteID]]
		of.add(&of.Month, &months[i].Totals)
	}
	for i := range yesterday {
		of := statistics[webspaceOf[yesterday[i].SiteID]]
		of.add(&of.PreviousDay, yesterday[i].totals())
	}
	return statistics, nil
}

func (s *WebspaceStatistics) add(to *uint64, bytes *Totals) {
	if err := addBytes(to, bytes); err != nil {
		s.Err = err
	}
}

// SiteStatistics is what a site has and uses.
type SiteStatistics struct {
	Usage
	Subdomains int
}

// SiteStatistics counts what a site has and uses.
//
// Errors: ErrFailed when a sum does not fit 64 bits.
func (l *Ledger) SiteStatistics(ctx context.Context, id int64) (SiteStatistics, error) {
	subdomains, err := l.store.SiteIDs(ctx, Everything, Selector{ByParentSiteID, strconv.FormatInt(id, 10)})
	if err != nil {
		return SiteStatistics{}, err
	}
	usage, err := l.usage(ctx, []int64{id})
	return SiteStatistics{Usage: usage, Subdomains: len(subdomains)}, err
}

// AccountStatistics is what the subscriptions of an account have and use.
type AccountStatistics struct {
	Usage
	ActiveSites, Subdomains int
}

// CustomerStatistics counts what a customer's subscriptions have and use.
//
// Errors: ErrFailed when a sum does not fit 64 bits.
func (l *Ledger) CustomerStatistics(ctx context.Context, id int64) (AccountStatistics, error) {
	sites, err := l.store.AccountSites(ctx, Scope{RoleCustomer, id})
	if err != nil {
		return AccountStatistics{}, err
	}
	usage, err := l.usage(ctx, sites.ofTraffic())
	return AccountStatistics{Usage: usage, ActiveSites: sites.Active, Subdomains: sites.Subdomains}, err
}

// ResellerStatistics is what a reseller and his customers have and use.
type ResellerStatistics struct {
	Usage
	Customers, ActiveCustomers     int
	Sites, ActiveSites, Subdomains int // subdomains are not among the sites
	Aliases                        int
}

// ResellerStatistics counts what a reseller and his customers have and use.
//
// Errors: ErrFailed when a sum does not fit 64 bits.
func (l *Ledger) ResellerStatistics(ctx context.Context, id int64) (s ResellerStatistics, err error) {
	scope := Scope{RoleReseller, id}
	ids, err := l.store.AccountIDs(ctx, scope, RoleCustomer, Selector{})
	if err != nil {
		return s, err
	}
	customers, err := l.store.Accounts(ctx, ids)
	if err != nil {
		return s, err
	}
	for i := range customers {
		s.Customers++
		if customers[i].EffectiveStatus() == StatusActive {
			s.ActiveCustomers++
		}
	}
	sites, err := l.store.AccountSites(ctx, scope)
	if err != nil {
		return s, err
	}
	s.Sites, s.ActiveSites, s.Subdomains = len(sites.IDs)-sites.Subdomains, sites.Active, sites.Subdomains
	aliases, err := l.store.AliasIDs(ctx, scope, Selector{})
	if err != nil {
		return s, err
	}
	s.Aliases = len(aliases)
	s.Usage, err = l.usage(ctx, sites.ofTraffic())
	return s, err
}

// ServerStatistics counts the objects of the whole ledger.
type ServerStatistics struct {
	Customers, ProblemCustomers int // problem: out of service
	Sites, ActiveSites          int // without subdomains
}

// ServerStatistics counts the objects of the whole ledger.
//
// Errors: ErrPermission for anyone but the administrator.
func (l *Ledger) ServerStatistics(ctx context.Context, who Identity) (ServerStatistics, error) {
	if who.Role != RoleAdmin {
		return ServerStatistics{}, errPermission
	}
	return l.store.ServerStatistics(ctx)
}
