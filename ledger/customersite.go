package ledger

import "context"

// What a customer may do with the sites of a subscription of his depends on its
// permissions. Without managePhosting he may say what kind of hosting a new site
// has and where its files lie, and nothing else about how it is served.
const (
	managePhosting = "manage_phosting"
	manageShell    = "manage_sh_access"
	manageQuota    = "manage_quota"
)

// propertyPermissions are permissions that single properties of hosting need
// besides managePhosting.
var propertyPermissions = map[string]string{"shell": manageShell, "ftp_quota": manageQuota}

// grants tells whether the customer of the subscription has a permission.
func (w *Webspace) grants(permission string) bool {
	granted, _ := w.Settings().CompletePermissions().Get(permission)
	return granted
}

// MayAddSite tells whether the caller, who may see the subscription, may add a
// site to it that is no subdomain, as far as permissions go.
func (l *Ledger) MayAddSite(who Identity, w *Webspace) bool {
	return who.isProvider() || addonSites.isGranted(w)
}

// checkNewHosting tells why the customer may not add a site with such hosting,
// or nil.
func (w *Webspace) checkNewHosting(h *Hosting) error {
	if h == nil {
		return nil
	}
	for _, p := range h.Properties {
		if p.Name != wwwRoot && !w.grantsProperty(p.Name) {
			return errPermission
		}
	}
	return nil
}

func (w *Webspace) grantsProperty(name string) bool {
	permission, ok := propertyPermissions[name]
	return w.grants(managePhosting) && (!ok || w.grants(permission))
}

// siteChange is what a change of a site is about, as far as permissions ask.
type siteChange struct {
	name    bool // its name, or its end
	hosting *Hosting
}

// checkSiteChange tells why a caller who is a customer may not change a site of
// a subscription of his that is not its main one, or nil.
func (l *Ledger) checkSiteChange(ctx context.Context, who Identity, s *Site, change siteChange) error {
	if who.isProvider() || s.IsMain() {
		return nil
	}
	found, err := l.store.Webspaces(ctx, []int64{s.WebspaceID})
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return ErrNoSite
	}
	w := &found[0]
	isSubdomain := s.ParentSiteID != 0
	switch {
	case isSubdomain && !subdomains.isGranted(w), !isSubdomain && change.name && !addonSites.isGranted(w):
		return errPermission
	case change.hosting == nil:
		return nil
	case !w.grants(managePhosting):
		return errPermission
	}
	return w.checkNewHosting(change.hosting)
}
