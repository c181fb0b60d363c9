package ledger

import "context"

// Use is how much a subscription has of what its limits count.
type Use struct {
	Sites      int // the main one included and subdomains not
	Subdomains int
	Aliases    int // of all its sites
}

// resource is a kind of object of which a subscription may have so many, and
// for which its customer needs a permission.
type resource struct {
	permission, limit string
	name              string // as the protocol's server calls it
	count             func(Use) int
}

var (
	addonSites  = resource{createDomains, "max_site", "sites", func(u Use) int { return u.Sites }}
	subdomains  = resource{"manage_subdomains", "max_subdom", "subdomains", func(u Use) int { return u.Subdomains }}
	siteAliases = resource{"manage_domain_aliases", "max_dom_aliases", "domain aliases", func(u Use) int { return u.Aliases }}
)

// isGranted tells whether the customer of a subscription may have such objects.
func (r resource) isGranted(w *Webspace) bool { return w.grants(r.permission) }

// admit tells why a subscription that has so much cannot have one more, or nil.
func (r resource) admit(w *Webspace, has Use) error {
	if most, _ := w.Settings().Limits.Complete().Get(r.limit); most != unlimited && int64(r.count(has)) >= most {
		return errNoneLeft(r.name, 1, 0)
	}
	return nil
}

// checkGranted tells why a caller who is a customer may not manage such objects
// of a subscription of his, or nil.
func (l *Ledger) checkGranted(ctx context.Context, who Identity, r resource, webspaceID int64) error {
	if who.isProvider() {
		return nil
	}
	found, err := l.store.Webspaces(ctx, []int64{webspaceID})
	if err == nil && (len(found) == 0 || !r.isGranted(&found[0])) {
		err = errPermission
	}
	return err
}
