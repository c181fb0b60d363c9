package ledger

import "context"

// Site is a web site of a subscription. The main site has the subscription's
// id, guid and name.
type Site struct {
	ID           int64
	WebspaceID   int64
	WebspaceGUID string
	GUID         string
	Name         DomainName
	Created      Date
	Status       Status // as stored; see EffectiveStatus
	HolderStatus Status // of what the site belongs to: its owner's and, for an addon site, its subscription's
	Description  string
	Hosting      Hosting
	Prefs        Prefs
	Performance  Performance
}

// EffectiveStatus is the status with the bit for a holder out of service.
func (s *Site) EffectiveStatus() Status { return effective(s.Status, s.HolderStatus) }

// FindSites returns what each value of a filter selects of the sites that the
// caller may see. A blank filter and one by parent-id, parent-name or
// parent-guid leave out main sites, as the protocol's server does; by id, name
// or guid they are found.
func (l *Ledger) FindSites(ctx context.Context, who Identity, f Filter) ([]Match, error) {
	return l.find(ctx, who, f, ErrNoSite, func(s Selector) ([]int64, error) {
		return l.store.SiteIDs(ctx, who.Scope(), s)
	})
}

// Sites returns the sites with the given ids, in that order. Ids come from
// FindSites, which has looked at who may see them.
func (l *Ledger) Sites(ctx context.Context, ids []int64) ([]Site, error) {
	return l.store.Sites(ctx, ids)
}
