package xmlapi

import "github.com/hostledger/hostledger/ledger"

// limitsBlock reads a limits element (domainLimits).
func (r *Reader) limitsBlock(name string) (u ledger.LimitsUpdate) {
	if !r.Enter(name) {
		return u
	}
	if r.Next("overuse") {
		overuse := r.Enum("overuse", "block", "normal", "notify", "not_suspend", "not_suspend_notify")
		u.Overuse = &overuse
	}
	u.Values = properties(r, "limit", r.Long)
	if r.Next("all-to-zero") {
		r.Any("all-to-zero")
		u.AllToZero = true
	}
	r.Leave()
	return u
}

// defaultOveruse holds for subscriptions that were not told otherwise.
const defaultOveruse = "block"

func (c *Call) writeLimits(l ledger.Limits) {
	overuse := l.Overuse
	if overuse == "" {
		overuse = defaultOveruse
	}
	c.w.Start("limits")
	c.w.Text("overuse", overuse)
	for _, limit := range l.Complete() {
		c.w.Start("limit")
		c.w.Text("name", limit.Name)
		c.w.Int("value", limit.Value)
		c.w.End("limit")
	}
	c.w.End("limits")
}
