package xmlapi

import "github.com/hostledger/hostledger/ledger"

// permissions reads a permissions element (domainPerms).
func (r *Reader) permissions(name string) (u ledger.PermissionsUpdate) {
	if !r.Enter(name) {
		return u
	}
	u.Values = properties(r, "permission", r.Bool)
	if r.Next("revoke-all") {
		r.Any("revoke-all")
		u.RevokeAll = true
	}
	r.Leave()
	return u
}

func (c *Call) writePermissions(all ledger.Properties[bool]) {
	c.w.Start("permissions")
	for _, p := range all {
		c.w.Start("permission")
		c.w.Text("name", p.Name)
		c.w.Bool("value", p.Value)
		c.w.End("permission")
	}
	c.w.End("permissions")
}

// phpSettings reads an optional php-settings element (phpSettings).
func (r *Reader) phpSettings() (settings ledger.Properties[string]) {
	if !r.Next("php-settings") || !r.Enter("php-settings") {
		return nil
	}
	settings = properties(r, "setting", r.String)
	r.Leave()
	return settings
}

func (c *Call) writePHPSettings(s *ledger.Settings) {
	c.writePHP(s.CompletePHP())
}

func (c *Call) writePHP(settings ledger.Properties[string]) {
	c.w.Start("php-settings")
	for _, setting := range settings {
		c.writeProperty("setting", setting.Name, setting.Value)
	}
	c.w.End("php-settings")
}

// performanceAndOn reads the blocks that webspace/add and webspace/set have in
// the same order: performance, permissions, php-settings.
func (r *Reader) performanceAndOn(s *ledger.SettingsUpdate) {
	s.Performance = optional(r, "performance", r.performance)
	s.Permissions = optional(r, "permissions", r.permissions)
	s.PHP = r.phpSettings()
}
