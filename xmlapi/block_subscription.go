package xmlapi

import "github.com/hostledger/hostledger/ledger"

// subscriptionRequest is the request of the operations that change which plans
// subscriptions follow.
type subscriptionRequest struct {
	filter ledger.Filter
	plan   *ledger.Selector // nil: none
}

// addonPlan reads which add-on plan is meant.
func (n *subscriptionRequest) addonPlan(r *Reader) {
	n.filter = r.Filter(webspaceSelectors)
	n.plan = r.subscribedPlan("plan-guid", "plan-external-id")
}

// subscribedPlan reads which plan is meant, nil for one of the other choices.
func (r *Reader) subscribedPlan(choices ...string) *ledger.Selector {
	switch i := r.OneOf(choices...); {
	case i < 0:
		return nil
	case choices[i] == "plan-guid":
		return &ledger.Selector{By: ledger.ByGUID, Value: r.String("plan-guid")}
	case choices[i] == "plan-external-id":
		return &ledger.Selector{By: ledger.ByExternalID, Value: r.String("plan-external-id")}
	default:
		r.Any(choices[i])
		return nil
	}
}

// eachSubscription changes which plans subscriptions follow. That may succeed
// and yet have problems to tell of.
func (c *Call) eachSubscription(f ledger.Filter, do func(id int64) (problems string, err error)) {
	var problems string
	matches, err := c.api.Ledger.FindWebspaces(c, c.who, f)
	c.each(matches, err, func(id int64) (err error) {
		problems, err = do(id)
		return err
	}, func() {
		if problems != "" {
			c.w.Text("problems", problems)
		}
	})
}
