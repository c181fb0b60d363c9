package panel

import "github.com/hostledger/hostledger/ledger"

// resellerList is a page of the resellers.
type resellerList struct {
	Resellers []provided
	Pages     pages
}

func resellersPage(v *visit) error {
	q := ledger.AccountListing{Listing: v.listing(), Role: ledger.RoleReseller}
	resellers, total, err := v.listed(q)
	if err != nil {
		return err
	}
	return v.show(view{template: "resellers", title: "Resellers", data: resellerList{resellers, v.pagesOf(q.Listing, total)}})
}

// resellerView is what the page of a reseller shows.
type resellerView struct {
	provided
	Statistics      ledger.ResellerStatistics
	Limits          []limitShown // those that are set
	Allowed, Denied []string     // what he may do and what not
}

// limitShown is a limit in words.
type limitShown struct{ Name, Words string }

func resellerPage(v *visit) error {
	id, err := v.pathID()
	if err != nil {
		return err
	}
	if err := found(v.Ledger.FindResellers(v.r.Context(), v.who, byID(id))); err != nil {
		return err
	}
	a, err := v.accountByID(id)
	if err != nil {
		return err
	}
	r := resellerView{provided: provided{Account: a}, Limits: v.limitsSet(a.ResellerSettings())}
	r.Allowed, r.Denied = permissionsOf(a.ResellerSettings())
	if r.Statistics, err = v.Ledger.ResellerStatistics(v.r.Context(), id); err != nil {
		return err
	}
	return v.show(view{template: "reseller", title: a.Contact.Name, data: r})
}

func (v *visit) limitsSet(s ledger.ResellerSettings) (shown []limitShown) {
	for _, limit := range s.CompleteLimits() {
		if limit.Value >= 0 {
			p := described(ledger.ResellerLimits, limit.Name)
			shown = append(shown, limitShown{p.Label, v.limitWords(p.Type.Name, limit.Value)})
		}
	}
	return shown
}

func permissionsOf(s ledger.ResellerSettings) (allowed, denied []string) {
	for _, permission := range s.CompletePermissions() {
		label := described(ledger.ResellerPermissions, permission.Name).Label
		if permission.Value {
			allowed = append(allowed, label)
		} else {
			denied = append(denied, label)
		}
	}
	return allowed, denied
}

// described returns what a descriptor says of a property, which may be one that
// only its owner knows.
func described(d ledger.Descriptor, name string) ledger.PropertyDescriptor {
	for _, p := range d.Properties {
		if p.Name == name {
			return p
		}
	}
	return ledger.PropertyDescriptor{Name: name, Label: name}
}
