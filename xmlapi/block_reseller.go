package xmlapi

import "github.com/hostledger/hostledger/ledger"

// resellerLimits reads a limits element (ResellerLimits).
func (r *Reader) resellerLimits(name string, u *ledger.ResellerSettingsUpdate) {
	if !r.Enter(name) {
		return
	}
	if r.Next("resource-policy") && r.Enter("resource-policy") {
		u.Oversell = r.OptBool("oversell")
		u.Limits.Overuse = optional(r, "overuse", r.overuse)
		r.Leave()
	}
	u.Limits.Values = properties(r, "limit", r.Long)
	r.Leave()
}

// resellerPermissions reads a permissions element (clientPerms): one permission
// at least.
func (r *Reader) resellerPermissions(name string) (values ledger.Properties[bool]) {
	if !r.Enter(name) {
		return nil
	}
	if r.require("permission") {
		values = properties(r, "permission", r.Bool)
	}
	r.Leave()
	return values
}

// limitsAndPermissions reads the blocks that reseller/add and reseller/set have
// in the same order.
func (r *Reader) limitsAndPermissions(u *ledger.ResellerSettingsUpdate) {
	if r.Next("limits") {
		r.resellerLimits("limits", u)
	}
	if r.Next("permissions") {
		u.Permissions = r.resellerPermissions("permissions")
	}
}
