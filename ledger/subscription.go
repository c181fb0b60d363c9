package ledger

import (
	"context"
	"slices"
	"strings"
)

// SwitchSubscription makes a subscription follow another plan of its provider,
// or none, with plan nil: then it keeps the values it has. Add-on plans stay
// with a plan. Problems says what could not take effect.
//
// Errors: ErrPermission for a customer who calls, ErrNotFound for a subscription
// that is gone, ErrNamedNotFound for a plan that is not there, ErrFailed when
// the subscription has more than the plan gives.
func (l *Ledger) SwitchSubscription(ctx context.Context, who Identity, id int64, plan *Selector) (problems string, err error) {
	if plan == nil {
		return l.resubscribe(ctx, who, id, nil, func(w *Webspace, _ *Plan, _ Use) error {
			w.leave()
			return nil
		})
	}
	return l.resubscribe(ctx, who, id, &planChoice{ServicePlan, *plan}, func(w *Webspace, p *Plan, has Use) error {
		w.follow(p)
		return checkRoom(w, has)
	})
}

// SyncSubscription makes a locked subscription follow its plans again.
//
// Errors: ErrPermission for a customer who calls, ErrNotFound for a subscription
// that is gone, ErrFailed for one without a plan, or for a locked one that has
// more than its plans give.
func (l *Ledger) SyncSubscription(ctx context.Context, who Identity, id int64) (problems string, err error) {
	return l.resubscribe(ctx, who, id, nil, func(w *Webspace, _ *Plan, has Use) error {
		if w.Plan == nil {
			return errCustom
		}
		wasLocked := w.Locked
		w.follow(w.Plan)
		if !wasLocked {
			return nil // its limits are what they were
		}
		return checkRoom(w, has)
	})
}

// AddToSubscription adds an add-on plan of its provider to a subscription. For
// a locked one it takes effect when the subscription is synchronized.
//
// Errors: ErrPermission for a customer who calls, ErrNotFound for a subscription
// that is gone, ErrNamedNotFound for a plan that is not there, ErrExists for a
// plan that was added before, ErrFailed for a subscription without a plan.
func (l *Ledger) AddToSubscription(ctx context.Context, who Identity, id int64, addon Selector) (problems string, err error) {
	return l.resubscribe(ctx, who, id, &planChoice{ServicePlanAddon, addon}, func(w *Webspace, p *Plan, _ Use) error {
		switch {
		case w.Plan == nil:
			return errCustom
		case w.hasAddon(p):
			return Errorf(ErrExists, "The subscription has the add-on plan \"%s\" already.", p.Name)
		}
		w.Addons = append(w.Addons, *p)
		return nil
	})
}

// RemoveFromSubscription takes an add-on plan from a subscription. For a locked
// one it takes effect when the subscription is synchronized.
//
// Errors: ErrPermission for a customer who calls, ErrNotFound for a subscription
// that is gone, ErrNamedNotFound for a plan that is not there, ErrFailed when the
// subscription does not have the plan or has more than is left to it.
func (l *Ledger) RemoveFromSubscription(ctx context.Context, who Identity, id int64, addon Selector) (problems string, err error) {
	return l.resubscribe(ctx, who, id, &planChoice{ServicePlanAddon, addon}, func(w *Webspace, p *Plan, has Use) error {
		if !w.hasAddon(p) {
			return Errorf(ErrFailed, "The subscription does not have the add-on plan \"%s\".", p.Name)
		}
		w.Addons = slices.DeleteFunc(slices.Clone(w.Addons), func(have Plan) bool { return have.ID == p.ID })
		return checkRoom(w, has)
	})
}

func (w *Webspace) hasAddon(p *Plan) bool {
	return slices.ContainsFunc(w.Addons, func(have Plan) bool { return have.ID == p.ID })
}

var errCustom = Errorf(ErrFailed, "The subscription is not associated with a service plan.")

const lockedProblem = "The subscription is locked: its values change when it is synchronized."

// planChoice names a plan of a subscription's provider.
type planChoice struct {
	kind     PlanKind
	selector Selector
}

// resubscribe changes the plans of a subscription, with the plan chosen and
// what the subscription has at hand.
func (l *Ledger) resubscribe(ctx context.Context, who Identity, id int64, choice *planChoice, change func(*Webspace, *Plan, Use) error) (problems string, err error) {
	if !who.isProvider() {
		return "", errPermission
	}
	var chosen *Plan
	var vendor string
	if choice != nil {
		owner, err := l.ownerOfWebspace(ctx, id)
		if err != nil {
			return "", err
		}
		if chosen, err = l.planOf(ctx, choice.kind, providerOf(owner), choice.selector); err != nil {
			return "", err
		}
		vendor = vendorOf(owner)
	}
	has, err := l.store.CountUse(ctx, []int64{id})
	if err != nil {
		return "", err
	}
	err = l.store.UpdateWebspace(l.causedBy(ctx, who), id, nil, func(w *Webspace) error {
		if choice != nil && w.VendorGUID != vendor { // it has passed to another provider meanwhile
			return choice.kind.notThere()
		}
		if err := change(w, chosen, has[id]); err != nil {
			return err
		}
		problems = ""
		if w.Locked {
			problems = lockedProblem
		}
		return nil
	})
	l.unchecked.addOne(id)
	if choice != nil {
		err = planGone(choice.kind, err)
	}
	return problems, notFoundAs(ErrNoWebspace, err)
}

// ownerOfWebspace returns the account that a subscription belongs to.
func (l *Ledger) ownerOfWebspace(ctx context.Context, id int64) (*Account, error) {
	found, err := l.store.Webspaces(ctx, []int64{id})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, ErrNoWebspace
	}
	return l.account(ctx, found[0].OwnerID)
}

// checkRoom tells why the limits that a subscription would have are too small for
// what it has, or nil. A locked one keeps those it has.
func checkRoom(w *Webspace, has Use) error {
	if w.Locked {
		return nil
	}
	limits := w.Settings().Limits.Complete()
	var exceeded []string
	for _, r := range []resource{addonSites, subdomains, siteAliases} {
		if most, _ := limits.Get(r.limit); most != unlimited && int64(r.count(has)) > most {
			exceeded = append(exceeded, r.limit)
		}
	}
	if exceeded == nil {
		return nil
	}
	return Errorf(ErrFailed, "Unable to accept the template: the following limitations are exceeded. %s.", strings.Join(exceeded, ", "))
}
