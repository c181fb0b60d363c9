package xmlapi

import (
	"cmp"

	"github.com/hostledger/hostledger/ledger"
)

// limitsBlock reads a limits element (domainLimits).
func (r *Reader) limitsBlock(name string) (u ledger.LimitsUpdate) {
	if !r.Enter(name) {
		return u
	}
	u.Overuse = optional(r, "overuse", r.overuse)
	u.Values = properties(r, "limit", r.Long)
	if r.Next("all-to-zero") {
		r.Any("all-to-zero")
		u.AllToZero = true
	}
	r.Leave()
	return u
}

// overuse reads what happens past a limit.
func (r *Reader) overuse(name string) string {
	return r.Enum(name, "block", "normal", "notify", "not_suspend", "not_suspend_notify")
}

// defaultOveruse holds for those who were not told otherwise.
const defaultOveruse = "block"

func (c *Call) writeLimits(l ledger.Limits) {
	c.w.Start("limits")
	c.writeOveruse(l)
	c.writeLimitValues(l.Complete())
	c.w.End("limits")
}

func (c *Call) writeOveruse(l ledger.Limits) {
	c.w.Text("overuse", cmp.Or(l.Overuse, defaultOveruse))
}

func (c *Call) writeLimitValues(values ledger.Properties[int64]) {
	for _, limit := range values {
		c.w.Start("limit")
		c.w.Text("name", limit.Name)
		c.w.Int("value", limit.Value)
		c.w.End("limit")
	}
}
