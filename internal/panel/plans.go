package panel

import (
	"errors"
	"strconv"

	"github.com/hostledger/hostledger/ledger"
)

// plansFor returns the service plans that subscriptions of an account may
// follow, which are those of who provides for it: none for a login that is not
// there. No login stands for the caller.
func (v *visit) plansFor(login string) ([]ledger.Plan, error) {
	ctx := v.r.Context()
	customers, err := v.Ledger.FindCustomers(ctx, v.who, ledger.Filter{By: ledger.ByLogin, Values: []string{login}})
	if err != nil {
		return nil, err
	}
	filter := ledger.PlanFilter{Kind: ledger.ServicePlan}
	switch {
	case len(customers) > 0 && customers[0].ID != 0:
		accounts, err := v.Ledger.Accounts(ctx, []int64{customers[0].ID})
		if err != nil || len(accounts) == 0 {
			return nil, err
		}
		filter.Owner = &ledger.Selector{By: ledger.ByLogin, Value: accounts[0].OwnerLogin}
	case login != "":
		filter.Owner = &ledger.Selector{By: ledger.ByLogin, Value: login}
	}
	return v.plans(filter)
}

// plans returns what a filter selects, nothing when its owner is not there.
func (v *visit) plans(filter ledger.PlanFilter) ([]ledger.Plan, error) {
	matches, err := v.Ledger.FindPlans(v.r.Context(), v.who, filter)
	if errors.Is(err, ledger.ErrOwnerNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(matches))
	for i, m := range matches {
		ids[i] = m.ID
	}
	return v.Ledger.Plans(v.r.Context(), ids)
}

func planChoices(plans []ledger.Plan) (choices []choice) {
	for _, p := range plans {
		choices = append(choices, choice{strconv.FormatInt(p.ID, 10), p.Name})
	}
	return choices
}
