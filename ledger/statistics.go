package ledger

import "context"

// WebspaceStatistics is what a subscription has and uses.
type WebspaceStatistics struct {
	Usage
	Sites int // its sites, the main one included
}

// WebspaceStatistics counts what a subscription has and uses.
//
// Errors: ErrFailed when a sum does not fit 64 bits.
func (l *Ledger) WebspaceStatistics(ctx context.Context, id int64) (WebspaceStatistics, error) {
	sites, err := l.store.WebspaceSiteIDs(ctx, id)
	if err != nil {
		return WebspaceStatistics{}, err
	}
	usage, err := l.usage(ctx, sites)
	return WebspaceStatistics{Usage: usage, Sites: len(sites)}, err
}

// SiteUsage returns how much a site used.
//
// Errors: ErrFailed when a sum does not fit 64 bits.
func (l *Ledger) SiteUsage(ctx context.Context, id int64) (Usage, error) {
	return l.usage(ctx, []int64{id})
}

// AccountStatistics is what the subscriptions of an account have and use.
type AccountStatistics struct {
	Usage
	ActiveSites int
}

// CustomerStatistics counts what a customer's subscriptions have and use.
//
// Errors: ErrFailed when a sum does not fit 64 bits.
func (l *Ledger) CustomerStatistics(ctx context.Context, id int64) (AccountStatistics, error) {
	sites, active, err := l.store.AccountSites(ctx, id)
	if err != nil {
		return AccountStatistics{}, err
	}
	usage, err := l.usage(ctx, sites)
	return AccountStatistics{Usage: usage, ActiveSites: active}, err
}

// ServerStatistics counts the objects of the whole ledger.
type ServerStatistics struct {
	Customers, ProblemCustomers int // problem: out of service
	Sites, ActiveSites          int
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
