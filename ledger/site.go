package ledger

import (
	"context"
	"errors"
	"unicode/utf8"
)

// Site is a web site of a subscription. The main site has the subscription's
// id, guid and name.
type Site struct {
	ID            int64
	WebspaceID    int64
	WebspaceGUID  string
	ParentSiteID  int64      // the site that it is a subdomain of, 0 for none
	ParentName    DomainName // of that site
	GUID          string
	Name          DomainName
	Created       Date
	Status        Status // as stored; see EffectiveStatus
	HolderStatus  Status // of what it belongs to: its subscription's OwnerStatus, for an addon site its Status, and parent sites
	Description   string
	Hosting       Hosting // served from the addresses of the subscription
	Prefs         Prefs
	Performance   Performance
	MailService   *bool
	TurnOffAction string // what a visitor gets while the site is off, in the protocol's words
}

// IsMain tells whether the site is the main one of its subscription.
func (s *Site) IsMain() bool { return s.ID == s.WebspaceID }

// NewSite is what AddSite needs: the subscription, or the site of which the
// new one is a subdomain.
type NewSite struct {
	Name        string
	HostingType HostingType
	Status      *Status
	Webspace    *Selector
	ParentSite  *Selector
	Description string
	Settings    SiteSettingsUpdate
	MailService *bool
}

// SiteSettingsUpdate changes the blocks of a site; nil leaves a block as it is.
type SiteSettingsUpdate struct {
	Hosting     *Hosting
	Prefs       *Prefs
	Performance *Performance
}

func (u SiteSettingsUpdate) apply(s *Site) error {
	settings := Settings{Hosting: s.Hosting, Prefs: s.Prefs, Performance: s.Performance}
	err := settings.change(SettingsUpdate{Hosting: u.Hosting, Prefs: u.Prefs, Performance: u.Performance})
	s.Hosting, s.Prefs, s.Performance = settings.Hosting, settings.Prefs, settings.Performance
	return err
}

// SiteUpdate changes a site; nil leaves a field as it is.
type SiteUpdate struct {
	Status        *Status
	Name          *string
	NewGUID       bool
	Description   *string
	TurnOffAction *string
	Settings      SiteSettingsUpdate
}

// AddSite adds a site to a subscription. A customer needs the permission
// create_domains of the subscription, or manage_subdomains for a subdomain,
// and cannot say how fast it is served.
//
// Errors: ErrOwnerNotFound for a subscription or parent site that is not there
// or not the caller's, ErrPermission, ErrInvalid, ErrStatus, ErrLimit when
// max_site or max_subdom is reached, ErrExists for a name that is taken.
func (l *Ledger) AddSite(ctx context.Context, who Identity, n NewSite) (*Site, error) {
	name, err := parseSiteName(n.Name, n.ParentSite != nil)
	if err != nil {
		return nil, err
	}
	webspace, parent, err := l.homeOf(ctx, who, n)
	if err != nil {
		return nil, err
	}
	kind, parentID := addonSites, int64(0)
	if parent != nil {
		kind, parentID = subdomains, parent.ID
		if err := name.checkUnder(parent.Name); err != nil {
			return nil, err
		}
	}
	if !who.isProvider() {
		if !kind.isGranted(webspace) || n.Settings.Performance != nil {
			return nil, errPermission
		}
		if err := webspace.checkNewHosting(n.Settings.Hosting); err != nil {
			return nil, err
		}
	}
	s := &Site{
		WebspaceID: webspace.ID, WebspaceGUID: webspace.GUID, ParentSiteID: parentID, GUID: l.newGUID(), Name: name,
		Created: l.Today(), Description: n.Description, Hosting: Hosting{Type: n.HostingType}, MailService: n.MailService,
	}
	if n.Status != nil {
		if s.Status, err = s.Status.change(who.Role, *n.Status); err != nil {
			return nil, err
		}
	}
	if err := n.Settings.apply(s); err != nil {
		return nil, err
	}
	if s.Hosting.Type == "" {
		s.Hosting.Type = HostingNone
	}
	if err := checkSite(s); err != nil {
		return nil, err
	}
	err = l.store.AddSite(l.causedBy(ctx, who), s, func(has Use) error { return kind.admit(webspace, has) })
	if err != nil {
		return nil, notFoundAs(errNoHome, domainTaken(err, n.Name))
	}
	return s, nil
}

func parseSiteName(name string, isSubdomain bool) (DomainName, error) {
	if isSubdomain {
		return parseSubdomainName(name)
	}
	return ParseDomainName(name)
}

// homeOf returns the subscription that a new site belongs to, and the site that
// it is a subdomain of, nil for none.
func (l *Ledger) homeOf(ctx context.Context, who Identity, n NewSite) (*Webspace, *Site, error) {
	var parent *Site
	var home int64
	if n.ParentSite != nil {
		ids, err := l.store.SiteIDs(ctx, who.Scope(), normalize(*n.ParentSite))
		if err != nil {
			return nil, nil, err
		}
		sites, err := l.store.Sites(ctx, ids)
		if err != nil {
			return nil, nil, err
		}
		if len(sites) == 0 {
			return nil, nil, errNoHome
		}
		parent, home = &sites[0], sites[0].WebspaceID
	}
	if n.Webspace != nil {
		ids, err := l.store.WebspaceIDs(ctx, who.Scope(), normalize(*n.Webspace))
		if err != nil {
			return nil, nil, err
		}
		if len(ids) == 0 || home != 0 && home != ids[0] {
			return nil, nil, errNoHome
		}
		home = ids[0]
	}
	found, err := l.store.Webspaces(ctx, []int64{home})
	if err != nil {
		return nil, nil, err
	}
	if len(found) == 0 {
		return nil, nil, errNoHome
	}
	return &found[0], parent, nil
}

// EffectiveStatus is the status with the bit for a holder out of service.
func (s *Site) EffectiveStatus() Status { return effective(s.Status, s.HolderStatus) }

// FindSites returns what each value of a filter selects of the sites that the
// caller may see. A blank filter and one by parent-id, parent-name or
// parent-guid leave out main sites, as the protocol's server does; by id, name
// or guid they are found.
func (l *Ledger) FindSites(ctx context.Context, who Identity, f Filter) ([]Match, error) {
	return l.find(ctx, who, f, ErrNoSite, func(s Selector) ([]int64, error) {
		return l.store.SiteIDs(ctx, who.Scope(), normalize(s))
	})
}

// Sites returns the sites with the given ids, in that order. Ids come from
// FindSites, which has looked at who may see them.
func (l *Ledger) Sites(ctx context.Context, ids []int64) ([]Site, error) {
	return l.store.Sites(ctx, ids)
}

// SitesNamed returns, for each of the names, the id of the site that has it, as
// its own or as an alias, or 0 where the caller sees none.
func (l *Ledger) SitesNamed(ctx context.Context, who Identity, names []string) ([]int64, error) {
	ids := make([]int64, len(names))
	for i, name := range names {
		byName := normalize(Selector{ByName, name})
		found, err := l.store.SiteIDs(ctx, who.Scope(), byName)
		if err != nil {
			return nil, err
		}
		if len(found) > 0 {
			ids[i] = found[0]
			continue
		}
		if ids[i], err = l.siteOfAlias(ctx, who, byName); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// siteOfAlias returns the id of the site that has an alias, 0 for none.
func (l *Ledger) siteOfAlias(ctx context.Context, who Identity, s Selector) (int64, error) {
	found, err := l.store.AliasIDs(ctx, who.Scope(), s)
	if err != nil || len(found) == 0 {
		return 0, err
	}
	aliases, err := l.store.Aliases(ctx, found)
	if err != nil || len(aliases) == 0 {
		return 0, err
	}
	return aliases[0].SiteID, nil
}

// Domain is a site as it stands in the list of an account's domains.
type Domain struct {
	ID           int64
	IsMain       bool  // of its subscription
	ParentSiteID int64 // the site that it is a subdomain of, 0 for none
	AliasOf      int64 // the site that it is another name of, 0 for none
	GUID         string
	Name         DomainName
	ExternalID   string // that of the subscription, for its main site
}

// Domains lists the sites of an account's own subscriptions. The id comes from
// FindCustomers or FindResellers, which have looked at who may see the account.
func (l *Ledger) Domains(ctx context.Context, accountID int64) ([]Domain, error) {
	return l.store.Domains(ctx, accountID)
}

// UpdateSite changes a site that FindSites returned. What is set on a main
// site is set on its subscription, so of that a customer may change what
// UpdateWebspace lets him, status and description, and what visitors get while it
// is off. A subdomain is his to change with the permission manage_subdomains.
// How fast a site is served is never his to say.
//
// Errors: ErrPermission, ErrInvalid, ErrStatus, ErrExists for a name that is
// taken, ErrNotFound for a site that is gone.
func (l *Ledger) UpdateSite(ctx context.Context, who Identity, id int64, u SiteUpdate) error {
	found, err := l.store.Sites(ctx, []int64{id})
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return ErrNoSite
	}
	site := &found[0]
	if err := l.checkSiteChange(ctx, who, site, siteChange{name: u.Name != nil, hosting: u.Settings.Hosting}); err != nil {
		return err
	}
	if !who.isProvider() && !u.isCustomersOwn(site) {
		return errPermission
	}
	var name *DomainName
	if u.Name != nil {
		parsed, err := parseSiteName(*u.Name, site.ParentSiteID != 0)
		if err != nil {
			return err
		}
		if site.ParentSiteID != 0 {
			if err := parsed.checkUnder(site.ParentName); err != nil {
				return err
			}
		}
		name = &parsed
	}
	if site.IsMain() {
		err = l.updateMainSite(ctx, who, id, name, u)
	} else {
		err = l.updateAddonSite(ctx, who, id, name, u)
	}
	if u.Name != nil {
		err = domainTaken(err, *u.Name)
	}
	return notFoundAs(ErrNoSite, err)
}

func (l *Ledger) updateAddonSite(ctx context.Context, who Identity, id int64, name *DomainName, u SiteUpdate) error {
	return l.store.UpdateSite(l.causedBy(ctx, who), id, func(s *Site) (err error) {
		set(&s.Name, name)
		if u.NewGUID {
			s.GUID = l.newGUID()
		}
		if u.Status != nil {
			if s.Status, err = s.Status.change(who.Role, *u.Status); err != nil {
				return err
			}
		}
		set(&s.Description, u.Description)
		set(&s.TurnOffAction, u.TurnOffAction)
		if err := u.Settings.apply(s); err != nil {
			return err
		}
		return checkSite(s)
	})
}

// updateMainSite changes the subscription that a main site stands for.
func (l *Ledger) updateMainSite(ctx context.Context, who Identity, id int64, name *DomainName, u SiteUpdate) error {
	return l.store.UpdateWebspace(l.causedBy(ctx, who), id, nil, func(w *Webspace) (err error) {
		set(&w.Name, name)
		if u.NewGUID {
			w.GUID = l.newGUID()
		}
		if u.Status != nil {
			if w.Status, err = w.Status.change(who.Role, *u.Status); err != nil {
				return err
			}
		}
		set(&w.Description, u.Description)
		set(&w.Own.TurnOffAction, u.TurnOffAction)
		if err := w.customise(SettingsUpdate{Hosting: u.Settings.Hosting, Prefs: u.Settings.Prefs, Performance: u.Settings.Performance}); err != nil {
			return err
		}
		if err := checkTurnOffAction(w.Own.TurnOffAction); err != nil {
			return err
		}
		return checkWebspace(w)
	})
}

// isCustomersOwn tells whether the update holds only what a customer may set
// on a site of his.
func (u SiteUpdate) isCustomersOwn(s *Site) bool {
	if s.IsMain() && (u.Name != nil || u.NewGUID || u.Settings.Hosting != nil || u.Settings.Prefs != nil) {
		return false
	}
	return u.Settings.Performance == nil
}

// SiteHostingDescriptor tells of the properties of physical hosting of a site
// that FindSites returned.
//
// Errors: ErrNotFound for a site that is gone.
func (l *Ledger) SiteHostingDescriptor(ctx context.Context, id int64) (Descriptor, error) {
	found, err := l.store.Sites(ctx, []int64{id})
	switch {
	case err != nil:
		return Descriptor{}, err
	case len(found) == 0:
		return Descriptor{}, ErrNoSite
	case found[0].IsMain():
		return WebspaceHosting, nil
	}
	return SiteHosting, nil
}

// DeleteSite removes a site with its subdomains, their aliases and traffic. The
// main site goes only with its subscription, and a subdomain only for a customer
// who has the permission manage_subdomains.
//
// Errors: ErrPermission, ErrFailed for a main site, ErrNotFound.
func (l *Ledger) DeleteSite(ctx context.Context, who Identity, id int64) error {
	found, err := l.store.Sites(ctx, []int64{id})
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return ErrNoSite
	}
	if err := l.checkSiteChange(ctx, who, &found[0], siteChange{name: true}); err != nil {
		return err
	}
	err = l.store.DeleteSite(l.causedBy(ctx, who), id)
	if errors.Is(err, ErrFailed) {
		return Errorf(ErrFailed, "The main site of a subscription is removed with the subscription only.")
	}
	return notFoundAs(ErrNoSite, err)
}

const maxTurnOffAction = 255

var errNoHome = Errorf(ErrOwnerNotFound, "Domain does not exist.")

func checkTurnOffAction(action string) error {
	if utf8.RuneCountInString(action) > maxTurnOffAction {
		return Errorf(ErrInvalid, "turn-off-action: expected at most %d characters.", maxTurnOffAction)
	}
	return nil
}

func checkSite(s *Site) error {
	if utf8.RuneCountInString(s.Description) > maxDescription {
		return errLongDescription
	}
	if err := checkTurnOffAction(s.TurnOffAction); err != nil {
		return err
	}
	if err := checkPerformance(s.Performance); err != nil {
		return err
	}
	return checkHosting(&s.Hosting)
}
