package panel

import (
	"cmp"
	"slices"
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// planKind is a kind of plans as people know it.
type planKind struct {
	ledger.PlanKind
	Key       string // in addresses
	Name      string // of one
	Plural    string
	Followers string // who follows plans of the kind
	Empty     string // what to know when there is none
}

var planKinds = []planKind{
	{ledger.ServicePlan, "service", "Service plan", "Service plans", "Subscriptions",
		"A service plan says what the subscriptions that follow it have."},
	{ledger.ServicePlanAddon, "addon", "Add-on", "Add-ons", "Subscriptions",
		"An add-on adds to what a subscription has from its plan."},
	{ledger.ResellerPlan, "reseller", "Reseller plan", "Reseller plans", "Resellers",
		"A reseller plan says what the resellers who follow it may use."},
}

// planKinds returns the kinds whose plans the one who reads may see.
func (v *visit) planKinds() []planKind {
	if v.who.Role == ledger.RoleAdmin {
		return planKinds
	}
	return planKinds[:2]
}

// planList is a page of the plans of a kind.
type planList struct {
	Kind  planKind
	Kinds []planKind
	Plans []planRow
	Pages pages
}

type planRow struct {
	*ledger.Plan
	Followers int
}

func plansPage(v *visit) error {
	list := planList{Kinds: v.planKinds()}
	list.Kind = list.Kinds[0]
	for _, kind := range list.Kinds {
		if kind.Key == v.query().Get("kind") {
			list.Kind = kind
		}
	}
	plans, err := v.plans(ledger.PlanFilter{Kind: list.Kind.PlanKind, AllOwners: true})
	if err != nil {
		return err
	}
	asked := v.listing()
	plans = somePlans(plans, asked)
	list.Pages = v.pagesOf(asked, len(plans))
	list.Plans, err = v.planRows(plans[min(asked.Offset, len(plans)):min(asked.Offset+asked.Limit, len(plans))])
	if err != nil {
		return err
	}
	return v.show(view{template: "plans", title: list.Kind.Plural, data: list})
}

// somePlans returns the plans that are searched for, in order. A host has not
// so many plans that this were the store's to do.
func somePlans(plans []ledger.Plan, asked ledger.Listing) []ledger.Plan {
	search := strings.ToLower(strings.TrimSpace(asked.Search))
	plans = slices.DeleteFunc(plans, func(p ledger.Plan) bool {
		return !strings.Contains(strings.ToLower(p.Name+"\n"+p.OwnerLogin+"\n"+p.ExternalID), search)
	})
	slices.SortStableFunc(plans, func(a, b ledger.Plan) int {
		order := strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
		if asked.Order == ledger.OrderOwner {
			order = cmp.Or(strings.Compare(a.OwnerLogin, b.OwnerLogin), order)
		}
		if asked.Descending {
			return -order
		}
		return order
	})
	return plans
}

func (v *visit) planRows(plans []ledger.Plan) ([]planRow, error) {
	ids, rows := make([]int64, len(plans)), make([]planRow, len(plans))
	for i, p := range plans {
		ids[i] = p.ID
	}
	followers, err := v.Ledger.PlanFollowers(v.r.Context(), ids)
	for i := range plans {
		rows[i] = planRow{&plans[i], followers[ids[i]]}
	}
	return rows, err
}
