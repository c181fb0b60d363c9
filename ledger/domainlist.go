package ledger

import "context"

// Domain is a site as the lists of an account's domains tell of it.
type Domain struct {
	Site
	ExternalID string // of the subscription whose main site it is
}

// AccountDomains returns the sites of the subscriptions that an account owns
// itself, by ascending id.
func (l *Ledger) AccountDomains(ctx context.Context, id int64) ([]Domain, error) {
	owned, err := l.store.AccountSites(ctx, Scope{RoleCustomer, id})
	if err != nil {
		return nil, err
	}
	sites, err := l.store.Sites(ctx, owned.IDs)
	if err != nil {
		return nil, err
	}
	webspaces, err := l.store.Webspaces(ctx, owned.IDs) // the main sites have their ids
	if err != nil {
		return nil, err
	}
	externalIDs := make(map[int64]string, len(webspaces))
	for i := range webspaces {
		externalIDs[webspaces[i].ID] = webspaces[i].ExternalID
	}
	domains := make([]Domain, len(sites))
	for i := range sites {
		domains[i] = Domain{sites[i], externalIDs[sites[i].ID]}
	}
	return domains, nil
}
