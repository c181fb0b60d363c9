package ledger

import (
	"context"
	"strconv"
)

// Alias is another name of a site.
type Alias struct {
	ID         int64
	SiteID     int64
	WebspaceID int64 // of the site
	Name       DomainName
	Status     Status // as stored; see EffectiveStatus
	SiteStatus Status // of the site and of what that belongs to
	Settings   AliasSettings
}

// AliasSettings are what a client sets on an alias and reads back, for the
// programs that serve the host; nil means the server's default.
type AliasSettings struct {
	Web         *bool   `json:"web,omitempty"`          // the alias shows the site
	Mail        *bool   `json:"mail,omitempty"`         // mail to the alias is mail to the site
	Tomcat      *bool   `json:"tomcat,omitempty"`       // of older protocol versions
	SEORedirect *bool   `json:"seo_redirect,omitempty"` // visitors are sent to the site's own name by HTTP 301
	ICPStatus   *bool   `json:"icp_status,omitempty"`
	ICPPermit   *string `json:"icp_permit,omitempty"`
	ManageDNS   *bool   `json:"manage_dns,omitempty"` // the alias has a DNS zone of its own
}

func (s *AliasSettings) merge(u AliasSettings) {
	keep(&s.Web, u.Web)
	keep(&s.Mail, u.Mail)
	keep(&s.Tomcat, u.Tomcat)
	keep(&s.SEORedirect, u.SEORedirect)
	keep(&s.ICPStatus, u.ICPStatus)
	keep(&s.ICPPermit, u.ICPPermit)
	keep(&s.ManageDNS, u.ManageDNS)
}

// EffectiveStatus is the status with the bit for a site out of service.
func (a *Alias) EffectiveStatus() Status { return effective(a.Status, a.SiteStatus) }

// AliasUpdate changes an alias; nil leaves a field as it is.
type AliasUpdate struct {
	Status   *Status // StatusActive, StatusAliasDown or StatusWebDown
	Settings AliasSettings
}

func (u AliasUpdate) apply(a *Alias) error {
	if u.Status != nil {
		switch *u.Status {
		case StatusActive, StatusAliasDown, StatusWebDown:
			a.Status = *u.Status
		default:
			return errStatus
		}
	}
	a.Settings.merge(u.Settings)
	return nil
}

// NewAlias is what AddAlias needs.
type NewAlias struct {
	AliasUpdate
	SiteID    int64
	Name      string
	ASCIIName *string // of the same name; nil: it follows from Name
}

func (n NewAlias) parseName() (DomainName, error) {
	name, err := ParseDomainName(n.Name)
	if err != nil || n.ASCIIName == nil {
		return name, err
	}
	if ascii, err := ParseDomainName(*n.ASCIIName); err != nil || ascii != name {
		return name, Errorf(ErrInvalid, "ascii-name: expected %q, the ASCII form of the name.", name.ASCII)
	}
	return name, nil
}

// AddAlias gives a site another name. A customer needs the permission
// manage_domain_aliases of the subscription.
//
// Errors: ErrOwnerNotFound for a site that is not there or not the caller's,
// ErrPermission, ErrInvalid, ErrStatus, ErrLimit when max_dom_aliases is
// reached, ErrExists for a name that a site or an alias has.
func (l *Ledger) AddAlias(ctx context.Context, who Identity, n NewAlias) (*Alias, error) {
	name, err := n.parseName()
	if err != nil {
		return nil, err
	}
	webspace, site, err := l.homeOf(ctx, who, NewSite{ParentSite: &Selector{ByID, strconv.FormatInt(n.SiteID, 10)}})
	if err != nil {
		return nil, err
	}
	if !who.isProvider() && !siteAliases.isGranted(webspace) {
		return nil, errPermission
	}
	a := &Alias{SiteID: site.ID, WebspaceID: webspace.ID, Name: name}
	if err := n.apply(a); err != nil {
		return nil, err
	}
	err = l.store.AddAlias(l.causedBy(ctx, who), a, func(has Use) error { return siteAliases.admit(webspace, has) })
	if err != nil {
		return nil, notFoundAs(errNoHome, domainTaken(err, n.Name))
	}
	return a, nil
}

// FindAliases returns what each value of a filter selects of the aliases of
// sites that the caller may see.
func (l *Ledger) FindAliases(ctx context.Context, who Identity, f Filter) ([]Match, error) {
	return l.find(ctx, who, f, ErrNoAlias, func(s Selector) ([]int64, error) {
		return l.store.AliasIDs(ctx, who.Scope(), normalize(s))
	})
}

// Aliases returns the aliases with the given ids, in that order. Ids come from
// FindAliases, which has looked at who may see them.
func (l *Ledger) Aliases(ctx context.Context, ids []int64) ([]Alias, error) {
	return l.store.Aliases(ctx, ids)
}

// UpdateAlias changes an alias that FindAliases returned. A customer needs the
// permission manage_domain_aliases of the subscription.
//
// Errors: ErrPermission, ErrStatus, ErrNotFound for an alias that is gone.
func (l *Ledger) UpdateAlias(ctx context.Context, who Identity, id int64, u AliasUpdate) error {
	if err := l.checkAlias(ctx, who, id); err != nil {
		return err
	}
	return notFoundAs(ErrNoAlias, l.store.UpdateAlias(l.causedBy(ctx, who), id, u.apply))
}

// RenameAlias gives the alias that a selector picks, of those that the caller
// may see, another name. A customer needs the permission manage_domain_aliases
// of the subscription.
//
// Errors: ErrPermission, ErrInvalid, ErrExists for a name that a site or
// another alias has, ErrNotFound.
func (l *Ledger) RenameAlias(ctx context.Context, who Identity, s Selector, newName string) error {
	name, err := ParseDomainName(newName)
	if err != nil {
		return Errorf(ErrInvalid, "new_name: %q is not a domain name.", newName)
	}
	ids, err := l.store.AliasIDs(ctx, who.Scope(), normalize(s))
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return ErrNoAlias
	}
	if err := l.checkAlias(ctx, who, ids[0]); err != nil {
		return err
	}
	err = l.store.UpdateAlias(l.causedBy(ctx, who), ids[0], func(a *Alias) error {
		a.Name = name
		return nil
	})
	return notFoundAs(ErrNoAlias, domainTaken(err, newName))
}

// DeleteAlias removes an alias that FindAliases returned. A customer needs the
// permission manage_domain_aliases of the subscription.
//
// Errors: ErrPermission, ErrNotFound.
func (l *Ledger) DeleteAlias(ctx context.Context, who Identity, id int64) error {
	if err := l.checkAlias(ctx, who, id); err != nil {
		return err
	}
	return notFoundAs(ErrNoAlias, l.store.DeleteAlias(l.causedBy(ctx, who), id))
}

// checkAlias tells why a caller may not manage an alias, or nil.
func (l *Ledger) checkAlias(ctx context.Context, who Identity, id int64) error {
	if who.isProvider() {
		return nil
	}
	found, err := l.store.Aliases(ctx, []int64{id})
	if err != nil || len(found) == 0 {
		return err
	}
	return l.checkGranted(ctx, who, siteAliases, found[0].WebspaceID)
}
