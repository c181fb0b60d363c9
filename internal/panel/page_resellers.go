package panel

import (
	"slices"

	"github.com/hostledger/hostledger/ledger"
)

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
	Limits          []fact   // those that are set
	Allowed, Denied []string // what he may do and what not
}

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
	r.Allowed, r.Denied = permissionNames(ledger.ResellerPermissions, a.ResellerSettings().CompletePermissions())
	if r.Statistics, err = v.Ledger.ResellerStatistics(v.r.Context(), id); err != nil {
		return err
	}
	return v.show(view{template: "reseller", title: a.Contact.Name, data: r})
}

// limitsSet returns the limits that are not unlimited.
func (v *visit) limitsSet(s ledger.ResellerSettings) []fact {
	limits := slices.DeleteFunc(s.CompleteLimits(), func(p ledger.Property[int64]) bool { return p.Value < 0 })
	return v.limitFacts(ledger.ResellerLimits, limits)
}
