package ledger

import (
	"context"
	"strconv"
	"strings"
)

// NewSubdomain is what AddSubdomain needs.
type NewSubdomain struct {
	Parent     string             // the name of the site that it is of
	Name       string             // its label there, or its full name
	Home       *string            // its folder in the parent's; empty: the same
	Properties Properties[string] // of its hosting
}

// AddSubdomain adds a subdomain with hosting to a site. It is a site like those
// that AddSite adds, with the same rules and errors.
func (l *Ledger) AddSubdomain(ctx context.Context, who Identity, n NewSubdomain) (*Site, error) {
	parent, err := parseSubdomainName(n.Parent)
	if err != nil {
		return nil, errNoHome
	}
	return l.AddSite(ctx, who, NewSite{
		Name: nameUnder(parent, n.Name), ParentSite: &Selector{ByName, parent.ASCII},
		Settings: SiteSettingsUpdate{Hosting: &Hosting{Type: HostingVirtual, Properties: n.Properties, Home: n.Home}},
	})
}

// nameUnder returns the full name of a subdomain. The protocol gives its label
// alone; a name that ends in the parent's can only be meant as the full one.
func nameUnder(parent DomainName, name string) string {
	if full, err := parseSubdomainName(name); err == nil && strings.HasSuffix(full.ASCII, "."+parent.ASCII) {
		return name
	}
	return name + "." + parent.Unicode
}

// FindSubdomains returns what each value of a filter selects of the subdomains
// that the caller may see, however they were added. The parent-name is that of
// the site, not of the subscription.
func (l *Ledger) FindSubdomains(ctx context.Context, who Identity, f Filter) ([]Match, error) {
	if f.By == ByParentName {
		f.By = BySiteName
	}
	return l.find(ctx, who, f, ErrNoSubdomain, func(s Selector) ([]int64, error) {
		return l.store.SubdomainIDs(ctx, who.Scope(), normalize(s))
	})
}

// UpdateSubdomain sets properties of the hosting of a subdomain that
// FindSubdomains returned. One without hosting gets it.
//
// Errors: ErrPermission, ErrInvalid, ErrFailed for one that forwards its
// visitors, ErrNotFound for one that is gone.
func (l *Ledger) UpdateSubdomain(ctx context.Context, who Identity, id int64, properties Properties[string]) error {
	found, err := l.store.Sites(ctx, []int64{id})
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return ErrNoSubdomain
	}
	change := Hosting{Type: HostingVirtual, Properties: properties}
	if err := l.checkSiteChange(ctx, who, &found[0], siteChange{hosting: &change}); err != nil {
		return err
	}
	return notFoundAs(ErrNoSubdomain, l.store.UpdateSite(l.causedBy(ctx, who), id, func(s *Site) error {
		if s.Hosting.Type == HostingForward || s.Hosting.Type == HostingFrameForward {
			return Errorf(ErrFailed, "The subdomain forwards its visitors: it has no hosting to set properties of.")
		}
		s.Hosting.merge(change)
		return checkSite(s)
	}))
}

// RenameSubdomain gives a subdomain that the caller may see another name: its
// label there, or its full name.
//
// Errors: ErrPermission, ErrInvalid, ErrExists for a name that is taken,
// ErrNotFound.
func (l *Ledger) RenameSubdomain(ctx context.Context, who Identity, id int64, name string) error {
	ids, err := l.store.SubdomainIDs(ctx, who.Scope(), Selector{ByID, strconv.FormatInt(id, 10)})
	if err != nil {
		return err
	}
	found, err := l.store.Sites(ctx, ids)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return ErrNoSubdomain
	}
	full := nameUnder(found[0].ParentName, name)
	return l.UpdateSite(ctx, who, id, SiteUpdate{Name: &full})
}
